import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ExactScan } from '../src/search-index/exact.ts';
import { HnswBuilder } from '../src/search-index/hnsw.ts';
import { IndexWriter } from '../src/search-index/index-writer.ts';
import { Overlay } from '../src/search-index/overlay.ts';
import { VectorIndex } from '../src/search-index/vector-index.ts';
import { liveCandidates } from '../src/services/live-hits.ts';
import type { LiveIndex } from '../src/services/live-index.ts';
import type { Bench } from './run.ts';
import { mixture } from './vectors/mixture.ts';

/*
 * Recall after churn: a share of the items is deleted and as many new ones come, without a rebuild, against an index built from what
 * is there in the end. The claim: at least the fresh index's recall@10 minus 0.005.
 */

const K = 10;
const CLAIM = 0.005;
const SHARES = [0, 0.1, 0.2, 0.5];

export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '50000' },
      dimensions: { type: 'string', default: '128' },
      queries: { type: 'string', default: '500' },
      m: { type: 'string', default: '16' },
      'ef-construction': { type: 'string', default: '200' },
      ef: { type: 'string', default: '64' },
      quick: { type: 'boolean', default: false },
    },
  });
  const count = values.quick ? 10_000 : Number(values.count);
  const queryCount = values.quick ? 200 : Number(values.queries);
  const [dimensions, ef] = [Number(values.dimensions), Number(values.ef)];
  const parameters = { m: Number(values.m), efConstruction: Number(values['ef-construction']) };
  const most = Math.round(count * (SHARES.at(-1) as number));
  const all = mixture(count + most + queryCount, dimensions);
  const row = (index: number) => all.subarray(index * dimensions, (index + 1) * dimensions);
  const queries = all.subarray((count + most) * dimensions);
  const dir = await mkdtemp(join(tmpdir(), 'quartet-churn-'));
  try {
    const base = await built(join(dir, 'base'), all, 0, { count, dimensions, ...parameters });
    for (const share of SHARES) {
      const changed = Math.round(count * share);
      // Items 0 to changed - 1 go, items count to count + changed - 1 come.
      const first = changed;
      const fresh = await built(join(dir, `fresh-${share}`), all, first, { count, dimensions, ...parameters });
      const scan = new ExactScan(queries, dimensions, K);
      scan.add(all.subarray(first * dimensions, (first + count) * dimensions), first);
      const truth = scan.take();
      const overlay = new Overlay(base);
      overlay.apply([
        ...Array.from({ length: changed }, (_, at) => ({ id: at + 1, kind: 'gone' as const })),
        ...Array.from({ length: changed }, (_, at) => ({
          id: count + at + 1,
          kind: 'content' as const,
          vector: row(count + at),
          label: null,
          metadata: {},
        })),
      ]);
      const live = await measured(base, overlay, { queries, dimensions, ef, truth });
      const anew = await measured(fresh, new Overlay(fresh), { queries, dimensions, ef, truth });
      print({
        count,
        dimensions,
        ...parameters,
        ef,
        churn: share,
        recallAt10: round(live.recall),
        freshRecallAt10: round(anew.recall),
        keepsClaim: live.recall >= anew.recall - CLAIM,
        msPerSearch: round(live.ms),
        freshMsPerSearch: round(anew.ms),
      });
      await fresh.release();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

interface Shape {
  readonly count: number;
  readonly dimensions: number;
  readonly m: number;
  readonly efConstruction: number;
}

/** An index of the rows from `first`; row r is item r + 1. */
async function built(dir: string, all: Float32Array, first: number, shape: Shape): Promise<VectorIndex> {
  const { count, dimensions, m, efConstruction } = shape;
  const writer = await IndexWriter.open(dir, { dimensions, count, m });
  const graph = new HnswBuilder({ dimensions, capacity: count, m, efConstruction, seed: 100 });
  await writer.append(all.subarray(first * dimensions, (first + count) * dimensions));
  for (let row = 0; row < count; row++) {
    graph.add(all.subarray((first + row) * dimensions, (first + row + 1) * dimensions), row);
  }
  const ids = Int32Array.from({ length: count }, (_, at) => first + at + 1);
  const facts = { encoderSha256: '', datasetHash: '', recallAt10: null };
  await writer.finish(graph, ids, { m, efConstruction, efSearch: 64, seed: 100, ...facts });
  return await VectorIndex.load(dir);
}

async function measured(
  index: VectorIndex,
  overlay: Overlay,
  task: { queries: Float32Array; dimensions: number; ef: number; truth: readonly { rows: Int32Array }[] },
): Promise<{ recall: number; ms: number }> {
  const { queries, dimensions, ef, truth } = task;
  const live = { overlay, count: index.count - overlay.dropped.size + overlay.tail } as LiveIndex;
  let found = 0;
  const begun = performance.now();
  for (const [at, { rows }] of truth.entries()) {
    const vector = queries.subarray(at * dimensions, (at + 1) * dimensions);
    const query = { vector, ef, exact: false, without: new Set<number>(), passing: null };
    const { candidates } = await liveCandidates(query, K, { index, live });
    const right = new Set(Array.from(rows, (row) => row + 1));
    found += candidates.filter(({ id }) => right.has(id)).length;
  }
  return { recall: found / (K * truth.length), ms: (performance.now() - begun) / truth.length };
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
