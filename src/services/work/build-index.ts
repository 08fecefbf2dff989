import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSnapshot, type Snapshot, SPLIT_CODES } from '../../data/snapshot.ts';
import type { Encoder } from '../../encoders/encoder.ts';
import { type Content, loadEncoder } from '../../encoders/index.ts';
import { createRandom } from '../../platform/random.ts';
import { ExactScan } from '../../search-index/exact.ts';
import { HnswBuilder } from '../../search-index/hnsw.ts';
import { IndexWriter } from '../../search-index/index-writer.ts';
import { chooseSample, recallOf } from '../../search-index/recall.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import { type ContentReader, contentsFor } from './contents.ts';
import type { QuerySide } from './training-data.ts';
import type { Work, WorkContext } from './work.ts';

export interface BuildIndexSpec {
  readonly snapshotPath: string;
  readonly encoderDir: string;
  /** Address of the encoder's artifact, for the index's card. */
  readonly encoderSha256: string;
  readonly m: number;
  readonly efConstruction: number;
  readonly efSearch: number;
  /** Draws the layers of the graph and the sample for recall. */
  readonly seed: number;
  /** What images and vectors are encoded on. Default `auto`. */
  readonly backend?: BackendChoice;
}

export interface BuildIndexEvent {
  readonly kind: 'progress';
  /** Items in the graph so far, and in the snapshot. */
  readonly done: number;
  readonly total: number;
}

export interface BuildIndexResult {
  /** The index artifact, not yet adopted. */
  readonly indexDir: string;
  readonly count: number;
  /** D */
  readonly dimensions: number;
  readonly datasetHash: string;
  /** Share of the true ten nearest that the graph finds at efSearch, for queries of the dataset; null for fewer than two items. */
  readonly recallAt10: number | null;
}

/** Items encoded, or linked by each thread, between two looks at the signal: some tens of milliseconds. */
const ENCODE_BLOCK = 256;
const LINK_BLOCK = 256;
/** An index of fewer items is built on one thread, and so is the same file each time; above, on all cores, it is as good but not the same. */
const ONE_THREAD_BELOW = 5_000;
const PROGRESS_MS = 200;
const RECALL_K = 10;
/** A sample of fewer says too little. */
const FEW_QUERIES = 50;

/** Encodes all items of a snapshot, builds the graph, measures it against exact search, and writes the artifact. */
export const work: Work<BuildIndexSpec, BuildIndexEvent, BuildIndexResult> = async (spec, context) => {
  const snapshot = await openSnapshot(spec.snapshotPath);
  try {
    // Texts need no tensors: their encoder is a table.
    const tensors = snapshot.kind === 'TEXT' ? undefined : await loadTensors(spec.backend ?? 'auto', context.logger);
    const encoder = await loadEncoder(spec.encoderDir, tensors);
    const contents = contentsFor(encoder, snapshot);
    const shape = { dimensions: encoder.dimensions, count: snapshot.items.count, m: spec.m };
    const indexDir = join(context.workDir, 'index');
    const writer = await IndexWriter.open(indexDir, shape);
    try {
      const { graph, recallAt10 } = await buildGraph(spec, { snapshot, contents, encoder, writer, context });
      const { m, efConstruction, efSearch, seed, encoderSha256 } = spec;
      const facts = { m, efConstruction, efSearch, seed, encoderSha256, datasetHash: snapshot.hash, recallAt10 };
      await writer.finish(graph, snapshot.items.ids, facts);
      return { indexDir, count: shape.count, dimensions: shape.dimensions, datasetHash: snapshot.hash, recallAt10 };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  } finally {
    snapshot.close();
  }
};

interface Sample {
  readonly side: QuerySide;
  readonly contentRows: Int32Array;
  readonly rows: Int32Array;
}

interface Parts {
  readonly snapshot: Snapshot;
  readonly contents: ContentReader;
  readonly encoder: Encoder<Content>;
  readonly writer: IndexWriter;
  readonly context: WorkContext<BuildIndexEvent>;
}

/**
 * First all vectors go to disk, and past the sample's exact search while they are in the cache. Then they are linked in random
 * order: on MedQuAD that finds one in a hundred more of the true ten nearest at the same ef than the order of the rows.
 */
async function buildGraph(spec: BuildIndexSpec, parts: Parts) {
  const { snapshot, contents, encoder, writer, context } = parts;
  const { count } = snapshot.items;
  const { dimensions } = encoder;
  const { m, efConstruction, efSearch, seed } = spec;
  const graph = new HnswBuilder({ dimensions, capacity: count, m, efConstruction, seed });
  const sample = sampleOf(snapshot, seed);
  const asked = await contents.read(sample.side, sample.contentRows);
  const queries = encoder.encode(asked, sample.side === 'items' ? 'item' : 'query');
  // One more than needed: the nearest of an item is itself.
  const exact = new ExactScan(queries, dimensions, RECALL_K + 1);
  await encodeItems(parts, exact);

  const order = createRandom(seed).shuffle(Int32Array.from({ length: count }, (_, row) => row));
  const threads = count < ONE_THREAD_BELOW ? 1 : availableParallelism();
  let reported = 0;
  for (let first = 0; first < count; first += LINK_BLOCK * threads) {
    await breathe(context);
    const rows = order.subarray(first, first + LINK_BLOCK * threads);
    const vectors = new Float32Array(rows.length * dimensions);
    for (const [at, row] of rows.entries()) writer.read(row, vectors.subarray(at * dimensions, (at + 1) * dimensions));
    await graph.addMany(vectors, rows, threads);
    if (performance.now() - reported < PROGRESS_MS) continue;
    reported = performance.now();
    await context.emit({ kind: 'progress', done: graph.count, total: count });
  }
  await context.emit({ kind: 'progress', done: count, total: count });
  const answers = asked.map((_, index) => {
    const query = queries.subarray(index * dimensions, (index + 1) * dimensions);
    return graph.search(query, RECALL_K + 1, Math.max(efSearch, RECALL_K + 1));
  });
  return { graph, recallAt10: recallOf({ rows: sample.rows, truth: exact.take(), answers, k: RECALL_K }) };
}

async function encodeItems(
  { snapshot: { items }, contents, encoder, writer, context }: Parts,
  exact: ExactScan,
): Promise<void> {
  for (let first = 0; first < items.count; first += ENCODE_BLOCK) {
    await breathe(context);
    const length = Math.min(ENCODE_BLOCK, items.count - first);
    const vectors = encoder.encode(
      await contents.read(
        'items',
        Array.from({ length }, (_, index) => first + index),
      ),
      'item',
    );
    exact.add(vectors, first);
    await writer.append(vectors);
  }
}

async function breathe({ signal }: Parts['context']): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}

/**
 * What recall is measured with: queries of the dataset, those not trained on if there are enough, because that is what will be
 * searched with and it is harder than finding the neighbours of an item. Without queries: items.
 * @returns the rows of one side, and the item row that each one is, -1 for a query
 */
function sampleOf({ items, queries }: Snapshot, seed: number): Sample {
  const all = Array.from({ length: queries.count }, (_, row) => row);
  const untrained = all.filter((row) => queries.splits[row] !== SPLIT_CODES.TRAIN);
  const pool = untrained.length >= FEW_QUERIES ? untrained : all;
  if (pool.length >= FEW_QUERIES) {
    const contentRows = chooseSample(pool.length, seed).map((index) => pool[index] as number);
    return { side: 'queries', contentRows, rows: new Int32Array(contentRows.length).fill(-1) };
  }
  const rows = chooseSample(items.count, seed);
  return { side: 'items', contentRows: rows, rows };
}
