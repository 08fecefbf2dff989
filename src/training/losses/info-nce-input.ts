import type { Tensor2D, Tensors } from '../../tensor/backend.ts';

/*
 * Shapes: B queries, C >= B keys, D dimensions. The positive of query i is key i; keys B and up are negatives of every query.
 */
export interface InfoNceInput {
  /** shape [B, D], unit rows */
  readonly queries: Tensor2D;
  /** shape [C, D], unit rows */
  readonly keys: Tensor2D;
  /** s = 1 / temperature */
  readonly scale: number;
  /** Also classify each of the first B keys among the B queries; the loss is then the mean of both directions. */
  readonly symmetric: boolean;
  /** Pairs (i, j) with j != i that are no negatives (false negatives), as i * C + j. They get no weight in either direction. */
  readonly hidden: Int32Array;
  /** Whether `scaleGradient` is wanted. */
  readonly learnScale: boolean;
}

export interface InfoNceResult {
  /** Mean over the batch, in nats. */
  readonly loss: number;
  /** dL/dqueries, shape [B, D]. The caller disposes it. */
  readonly queryGradient: Tensor2D;
  /** dL/dkeys, shape [C, D]. The caller disposes it. */
  readonly keyGradient: Tensor2D;
  /** dL/d(ln s); 0 when it was not asked for. */
  readonly scaleGradient: number;
}

/** Added to the logit of a hidden pair: its exponential is exactly 0 in float32, and unlike -Infinity it makes no NaN. */
export const HIDDEN_LOGIT = -1e9;

/** Additive mask, shape [B, C]: 0, and HIDDEN_LOGIT at the hidden pairs. */
export function hiddenMask({ tf }: Tensors, { hidden, queries, keys }: InfoNceInput): Tensor2D {
  const [rows, columns] = [queries.shape[0], keys.shape[0]];
  const mask = new Float32Array(rows * columns);
  for (const at of hidden) mask[at] = HIDDEN_LOGIT;
  return tf.tensor2d(mask, [rows, columns]);
}

export function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
