import type { Tensors } from '../../tensor/backend.ts';
import { type CandidateLossInput, type CandidateLossResult, RowScratch } from './candidate-loss-input.ts';

/**
 * `candidateLoss` one candidate at a time, in plain arrays: 2 or 3 B C D multiplications for C candidates a query, and no
 * memory beyond the gradients. As tensors the candidates' vectors would have to be copied out first, shape [B, C, D].
 */
export function gatheredCandidateLoss({ tf }: Tensors, input: CandidateLossInput): CandidateLossResult {
  const { offsets, candidates, scale, learnKeys } = input;
  const [rows, width] = input.queries.shape;
  const queries = input.queries.dataSync<'float32'>();
  const keys = input.keys instanceof Float32Array ? input.keys : input.keys.dataSync<'float32'>();
  const queryGradient = new Float32Array(rows * width);
  const keyGradient = learnKeys ? new Float32Array(keys.length) : null;
  const scratch = new RowScratch(input);
  const query = new Float64Array(width);
  const gradient = new Float64Array(width);

  for (let i = 0; i < rows; i++) {
    const from = offsets[i]!;
    const count = offsets[i + 1]! - from;
    for (let d = 0; d < width; d++) query[d] = queries[i * width + d]!;
    for (let c = 0; c < count; c++) {
      scratch.logits[c] = scale * innerProduct(query, keys, candidates[from + c]! * width);
    }
    scratch.finishRow(count);
    gradient.fill(0);
    for (let c = 0; c < count; c++) {
      const weight = (scratch.gradient[c]! * scale) / rows;
      const at = candidates[from + c]! * width;
      for (let d = 0; d < width; d++) gradient[d]! += weight * keys[at + d]!;
      if (keyGradient === null) continue;
      for (let d = 0; d < width; d++) keyGradient[at + d]! += weight * query[d]!;
    }
    queryGradient.set(gradient, i * width);
  }
  return {
    ...scratch.means,
    queryGradient: tf.tensor2d(queryGradient, [rows, width]),
    keyGradient: keyGradient === null ? null : tf.tensor2d(keyGradient, [keyGradient.length / width, width]),
  };
}

/** Four sums at once: one would wait for itself at every step. */
function innerProduct(a: Float64Array, b: Float32Array, at: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length & ~3;
  for (let d = 0; d < whole; d += 4) {
    s0 += a[d]! * b[at + d]!;
    s1 += a[d + 1]! * b[at + d + 1]!;
    s2 += a[d + 2]! * b[at + d + 2]!;
    s3 += a[d + 3]! * b[at + d + 3]!;
  }
  for (let d = whole; d < a.length; d++) s0 += a[d]! * b[at + d]!;
  return s0 + s1 + (s2 + s3);
}
