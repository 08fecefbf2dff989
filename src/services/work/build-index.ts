import { join } from 'node:path';
import { openSnapshot, type Snapshot, SPLIT_CODES } from '../../data/snapshot.ts';
import type { IndexTuning } from '../../domain/index-tuning.ts';
import type { Encoder } from '../../encoders/encoder.ts';
import { type Content, loadEncoder } from '../../encoders/index.ts';
import { createRandom } from '../../platform/random.ts';
import { ExactScan } from '../../search-index/exact.ts';
import type { VectorStorage } from '../../search-index/graph.ts';
import type { HnswBuilder } from '../../search-index/hnsw.ts';
import { IndexWriter } from '../../search-index/index-writer.ts';
import { chooseSample } from '../../search-index/recall.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import { type ContentReader, contentsFor } from './contents.ts';
import { MeasuredGraph, RECALL_K } from './graph-measuring.ts';
import { breathe, type LinkProgress, linkRows, progressOf, readerOf } from './link-graph.ts';
import type { QuerySide } from './training-data.ts';
import { type Built, tuned } from './tuned-graph.ts';
import type { Work, WorkContext } from './work.ts';

export interface BuildIndexSpec {
  readonly snapshotPath: string;
  readonly encoderDir: string;
  /** Address of the encoder's artifact, for the index's card. */
  readonly encoderSha256: string;
  readonly m: number;
  readonly efConstruction: number;
  readonly efSearch: number;
  readonly storage: VectorStorage;
  /** Not null: the three above are chosen anew, so that so much of the true ten nearest is found, in as little time as can be. */
  readonly targetRecall: number | null;
  /** Draws the layers of the graph and the sample for recall. */
  readonly seed: number;
  /** What images and vectors are encoded on. Default `auto`. */
  readonly backend?: BackendChoice;
}

export type BuildIndexEvent = LinkProgress;

export interface BuildIndexResult {
  /** The index artifact, not yet adopted. */
  readonly indexDir: string;
  readonly count: number;
  /** D */
  readonly dimensions: number;
  readonly datasetHash: string;
  /** Share of the true ten nearest that the graph finds at efSearch, for queries of the dataset; null for fewer than two items. */
  readonly recallAt10: number | null;
  /** Share of them that int8 loses for good; null for float32. */
  readonly recallLoss: number | null;
  /** As it was built: those of the spec, or those chosen. */
  readonly m: number;
  readonly efConstruction: number;
  readonly efSearch: number;
  readonly tuning: IndexTuning | null;
}

/** Items encoded between two looks at the signal: some tens of milliseconds. */
const ENCODE_BLOCK = 256;
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
      const { graph, tuning, recallLoss, ...built } = await buildGraph(spec, {
        snapshot,
        contents,
        encoder,
        writer,
        context,
      });
      const { seed, encoderSha256, storage } = spec;
      const facts = { ...built, seed, encoderSha256, datasetHash: snapshot.hash };
      await writer.finish(graph, snapshot.items.ids, storage === 'int8' ? { ...facts, storage, recallLoss } : facts);
      const { count, dimensions } = shape;
      return { indexDir, count, dimensions, datasetHash: snapshot.hash, ...built, recallLoss, tuning };
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

/** First all vectors go to disk, and past the sample's exact search while they are in the cache. Then they are linked. */
async function buildGraph(spec: BuildIndexSpec, parts: Parts): Promise<Built> {
  const { snapshot, contents, encoder, writer, context } = parts;
  const { dimensions } = encoder;
  const { count } = snapshot.items;
  const drawn = sampleOf(snapshot, spec.seed);
  const asked = await contents.read(drawn.side, drawn.contentRows);
  const queries = encoder.encode(asked, drawn.side === 'items' ? 'item' : 'query');
  // One more than needed: the nearest of an item is itself.
  const exact = new ExactScan(queries, dimensions, RECALL_K + 1);
  await encodeItems(parts, exact);
  const sample = { queries, dimensions, rows: drawn.rows, truth: exact.take() };
  const source = { writer, dimensions, storage: spec.storage, seed: spec.seed };
  const order = createRandom(spec.seed).shuffle(Int32Array.from({ length: count }, (_, row) => row));
  const measured = (graph: HnswBuilder) => new MeasuredGraph(graph, { ...spec, read: readerOf(writer), sample });
  if (spec.targetRecall === null) {
    const progress = progressOf(context, count, count);
    const graph = await linkRows(order, { ...source, ...spec }, progress);
    const { m, efConstruction, efSearch } = spec;
    const finished = measured(graph);
    const recallAt10 = finished.recall(efSearch);
    return { graph, m, efConstruction, efSearch, recallAt10, recallLoss: finished.recallLoss(), tuning: null };
  }
  return await tuned(spec.targetRecall, { order, source, sample, measured, context });
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
