import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { matrixProduct } from '../../tensor/matrix-product.ts';
import { type CandidateLossInput, type CandidateLossResult, RowScratch } from './candidate-loss-input.ts';

/** Inner products held at a time: 64 MiB. */
const BLOCK = 2 ** 24;

/**
 * `candidateLoss` by matrix products of all queries with all keys, of which each query's candidates are picked out: 2 or 3
 * B U D multiplications, done many times faster each than one by one.
 */
export function multipliedCandidateLoss(
  tensors: Tensors,
  input: CandidateLossInput,
  block: number = BLOCK,
): CandidateLossResult {
  const { tf } = tensors;
  const { queries, offsets, candidates, scale, learnKeys } = input;
  const [rows, width] = queries.shape;
  const scratch = new RowScratch(input);
  const { queryGradient, keyGradient } = tf.tidy(() => {
    const keys =
      input.keys instanceof Float32Array ? tf.tensor2d(input.keys, [input.keys.length / width, width]) : input.keys;
    const columns = keys.shape[0];
    const rowsAtOnce = Math.max(1, Math.floor(block / columns));
    const queryGradients: Tensor2D[] = [];
    let keySum: Tensor2D | undefined;
    for (let start = 0; start < rows; start += rowsAtOnce) {
      const size = Math.min(rowsAtOnce, rows - start);
      const some = size === rows ? queries : tf.slice2d(queries, [start, 0], [size, width]);
      const products = matrixProduct(tensors, some, keys, { transposeB: true });
      const weights = tf.tensor2d(lossGradients(products.dataSync<'float32'>(), start, columns), [size, columns]);
      products.dispose();
      queryGradients.push(matrixProduct(tensors, weights, keys));
      if (learnKeys) {
        const part = matrixProduct(tensors, weights, some, { transposeA: true });
        keySum = keySum === undefined ? part : tf.add(keySum, part);
      }
      weights.dispose();
    }
    const first = queryGradients[0] as Tensor2D;
    const queryGradient = queryGradients.length === 1 ? first : tf.concat2d(queryGradients, 0);
    return { queryGradient, keyGradient: keySum };
  });
  return { ...scratch.means, queryGradient, keyGradient: keyGradient ?? null };

  /** Replaces each inner product by s dL/dlogit: zero where it is of no candidate. */
  function lossGradients(products: Float32Array, start: number, columns: number): Float32Array {
    const weights = new Float32Array(products.length);
    for (let i = 0; i < products.length / columns; i++) {
      const from = offsets[start + i]!;
      const count = offsets[start + i + 1]! - from;
      const at = i * columns;
      for (let c = 0; c < count; c++) scratch.logits[c] = scale * products[at + candidates[from + c]!]!;
      scratch.finishRow(count);
      for (let c = 0; c < count; c++) {
        weights[at + candidates[from + c]!] = (scratch.gradient[c]! * scale) / rows;
      }
    }
    return weights;
  }
}
