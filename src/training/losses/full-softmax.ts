import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { rowsAt } from './rows-at.ts';
import { type KeyBlock, type StreamedResult, streamedInfoNce } from './streamed-info-nce.ts';

/*
 * Shapes: B queries, N keys, D dimensions.
 */
export interface FullSoftmaxInput {
  /** shape [B, D], unit rows */
  readonly queries: Tensor2D;
  /** shape [N, D], unit rows; no gradient reaches them. */
  readonly keys: Float32Array;
  /** Key of each query, shape [B]. */
  readonly positives: Int32Array;
  /** Keys that are no negatives of query i; its own positive may be among them and stays. */
  hiddenOf(i: number): Int32Array;
  /** s = 1 / temperature */
  readonly scale: number;
}

/** Logits held at a time: 32 MiB. */
const BLOCK = 2 ** 23;

/**
 * The softmax over all stored keys, L = -1/B sum_i ln( exp s q_i.k_p(i) / sum_j exp s q_i.k_j ): Wu et al. 2018 (1805.01978),
 * eq. 2. Takes the memory of the keys once more. Creates no tensor but the gradient.
 */
export function fullSoftmax(tensors: Tensors, input: FullSoftmaxInput, block: number = BLOCK): StreamedResult {
  const { tf } = tensors;
  const { queries, keys, positives, scale } = input;
  const [rows, width] = queries.shape;
  const count = keys.length / width;
  const columns = Math.max(1, Math.floor(block / rows));
  // The positive has a place of its own in the denominator, so that it is not to be counted again in its block.
  const hidden = Array.from(positives, (positive, i) => [positive, ...input.hiddenOf(i)]);
  const own = tf.tensor2d(rowsAt(keys, positives, width), [rows, width]);
  const blocks: KeyBlock[] = [];
  for (let start = 0; start < count; start += columns) {
    const size = Math.min(columns, count - start);
    const some = tf.tensor2d(keys.subarray(start * width, (start + size) * width), [size, width]);
    blocks.push({ keys: some, hidden: positionsIn(hidden, start, size) });
  }
  const result = streamedInfoNce(tensors, { queries, positives: own, blocks, scale });
  tf.dispose([own, ...blocks.map((each) => each.keys)]);
  return result;
}

/** Positions i * size + j of those keys of each query that lie in a block. */
function positionsIn(keysOf: readonly (readonly number[])[], start: number, size: number): Int32Array {
  const positions: number[] = [];
  for (const [i, keys] of keysOf.entries()) {
    for (const key of keys) if (key >= start && key < start + size) positions.push(i * size + key - start);
  }
  return Int32Array.from(positions);
}
