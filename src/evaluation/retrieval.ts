import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RetrievalMetrics } from '../domain/quality.ts';
import type { Tensors } from '../tensor/backend.ts';
import type { Judgements } from './judgements.ts';
import { measureLabels } from './knn.ts';
import { type MeasuredRanking, measureRanking, RANKS_NEEDED } from './metrics.ts';
import { TopK } from './top-k.ts';

/*
 * Shapes: Q queries, N items, D dimensions.
 */

/** One side of a retrieval task: rows that can be embedded piece by piece. */
export interface EmbeddingSource {
  readonly count: number;
  /** @returns shape [to - from, D], row-major */
  embed(from: number, to: number): Float32Array | Promise<Float32Array>;
}

export interface RetrievalTask {
  /** Q rows */
  readonly queries: EmbeddingSource;
  /** N rows */
  readonly items: EmbeddingSource;
  /** D */
  readonly dimensions: number;
  /** What is relevant to the Q queries: judgements whose item rows count within `items`, or equal labels. */
  readonly judgements: Judgements | Labels;
}

/** Label of each query, shape [Q], and of each item, shape [N]; -1 for none. */
export interface Labels {
  readonly queryLabels: Int32Array;
  readonly itemLabels: Int32Array;
}

/** Rows embedded between two looks at the abort signal: a few tens of milliseconds of work. */
const EMBED_ROWS = 256;
/** Scores held at once: 2^21, 8 MB. */
const SCORES_HELD = 1 << 21;

/**
 * Ranks all items for each query by exact inner product (cosine, as embeddings have unit norm) and measures the ranking.
 * Memory: Q x D, Q x 100 hits, and one block of scores.
 * @throws the signal's reason when it is aborted; it is looked at every few tens of milliseconds
 */
export async function measureRetrieval(
  task: RetrievalTask,
  { tf }: Tensors,
  signal?: AbortSignal,
): Promise<MeasuredRanking> {
  const { queries, items, dimensions, judgements } = task;
  const k = Math.max(1, Math.min(RANKS_NEEDED, items.count));
  const hits = new TopK(queries.count, k);
  const queryVectors = await embedRange(queries, dimensions, 0, queries.count, signal);
  const itemBlock = Math.max(EMBED_ROWS, 2048);
  const queryBlock = Math.max(1, Math.floor(SCORES_HELD / itemBlock));
  for (let first = 0; first < items.count; first += itemBlock) {
    const n = Math.min(itemBlock, items.count - first);
    const itemVectors = await embedRange(items, dimensions, first, first + n, signal);
    // Transposed here and not by a flag of matMul, which the wasm backend handles ten times slower.
    const itemTensor = tf.tidy(() => tf.transpose(tf.tensor2d(itemVectors, [n, dimensions])));
    try {
      for (let from = 0; from < queries.count; from += queryBlock) {
        const rows = Math.min(queryBlock, queries.count - from);
        const block = queryVectors.subarray(from * dimensions, (from + rows) * dimensions);
        const scores = tf.tidy(() => tf.matMul(tf.tensor2d(block, [rows, dimensions]), itemTensor));
        hits.add(scores.dataSync<'float32'>(), n, from, first);
        scores.dispose();
        await turn(signal);
      }
    } finally {
      itemTensor.dispose();
    }
  }
  const ranked = hits.ranked();
  return 'offsets' in judgements
    ? measureRanking({ ranked, k, judgements, corpus: items.count })
    : measureLabels({ ranked, k, ...judgements });
}

/** The means of `measureRetrieval` alone. */
export async function evaluateRetrieval(
  task: RetrievalTask,
  tensors: Tensors,
  signal?: AbortSignal,
): Promise<RetrievalMetrics> {
  return (await measureRetrieval(task, tensors, signal)).metrics;
}

async function embedRange(
  source: EmbeddingSource,
  dimensions: number,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const vectors = new Float32Array((to - from) * dimensions);
  for (let start = from; start < to; start += EMBED_ROWS) {
    vectors.set(await source.embed(start, Math.min(to, start + EMBED_ROWS)), (start - from) * dimensions);
    await turn(signal);
  }
  return vectors;
}

async function turn(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
}
