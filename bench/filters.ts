import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/platform/random.ts';
import { RowSet } from '../src/search-index/filter/row-set.ts';
import { HnswBuilder } from '../src/search-index/hnsw.ts';
import { IndexWriter } from '../src/search-index/index-writer.ts';
import { VectorIndex } from '../src/search-index/vector-index.ts';
import type { Bench } from './run.ts';
import { type GraphTask, graphTask, K, round } from './vectors/graph-task.ts';

const SHARES = [1, 0.9, 0.5, 0.1, 0.01, 0.001, 0.0001];

/**
 * Recall@10 and queries a second through the index as the product searches it, when random 50 % to 0.01 % of the items pass a filter,
 * and when those pass that lie farthest from each query. `--quick`: 20,000 vectors. The claim: recall@10 of 0.99 at every selectivity.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string' },
      queries: { type: 'string', default: '200' },
      quick: { type: 'boolean', default: false },
    },
  });
  const task = graphTask(Number(values.count ?? (values.quick ? 20_000 : 100_000)), Number(values.queries));
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-filters-'));
  try {
    const index = await writtenIndex(task, join(dir, 'index'));
    const random = createRandom(2);
    for (const share of SHARES) {
      const passing = Array.from({ length: task.count }, (_, row) => row).filter(() => random.next() < share);
      const allowed = RowSet.of(task.count, passing);
      print({
        passes: `${round(100 * share)} %`,
        matched: passing.length,
        ...(await measure(index, task, () => allowed)),
      });
    }
    const farHalf = async (query: Float32Array) =>
      RowSet.of(task.count, (await index.searchExactly(query, task.count)).rows.subarray(task.count / 2));
    print({ passes: 'the farther half', ...(await measure(index, task, farHalf)) });
    await index.release();
  } finally {
    await rm(dir, { recursive: true });
  }
};

async function measure(
  index: VectorIndex,
  { queries, dimensions }: GraphTask,
  allowedFor: (query: Float32Array) => RowSet | Promise<RowSet>,
) {
  const strategies = new Set<string>();
  let [found, possible, milliseconds] = [0, 0, 0];
  const count = queries.length / dimensions;
  for (let at = 0; at < count; at++) {
    const query = queries.subarray(at * dimensions, (at + 1) * dimensions);
    const allowed = await allowedFor(query);
    const truth = new Set((await index.searchExactly(query, K, allowed)).rows);
    const started = performance.now();
    const { rows, strategy } = await index.search(query, K, null, allowed);
    milliseconds += performance.now() - started;
    strategies.add(strategy);
    possible += truth.size;
    found += rows.filter((row) => truth.has(row)).length;
  }
  return {
    recallAt10: possible === 0 ? null : round(found / possible),
    queriesPerSecond: Math.round((1_000 * count) / milliseconds),
    strategies: [...strategies],
  };
}

async function writtenIndex(
  { count, dimensions, m, efConstruction, vectors }: GraphTask,
  dir: string,
): Promise<VectorIndex> {
  const builder = new HnswBuilder({ dimensions, capacity: count, m, efConstruction, seed: 100 });
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  await builder.addMany(vectors, rows, 2);
  const writer = await IndexWriter.open(dir, { dimensions, count, m });
  await writer.append(vectors);
  const facts = { m, efConstruction, efSearch: 128, seed: 100, recallAt10: null };
  await writer.finish(builder, rows, { ...facts, encoderSha256: '0'.repeat(64), datasetHash: '0'.repeat(64) });
  return await VectorIndex.load(dir);
}
