import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { infoNce } from './info-nce.ts';
import type { InfoNceResult } from './info-nce-input.ts';
import { type NearPositives, positiveSets } from './positive-sets.ts';

export interface LogitLimits {
  /** Logits of a batch that is taken as a whole, at most. */
  readonly whole: number;
  /** Logits of a block of rows of any larger one, at most, but at least one row. */
  readonly block: number;
}

/** 32 MiB and 4 MiB; softmax, targets and masks come to a few times that. */
const LIMITS: LogitLimits = { whole: 2 ** 23, block: 2 ** 20 };

/** Positions (i - from) * C + j of rows i from `from` up and columns j. */
export interface BlockRelations {
  /** Neither negatives nor positives; never a row's own column i. */
  readonly hidden: Int32Array;
  /** Positives beside a row's own. */
  readonly positives: Int32Array;
}

export interface BatchContrastInput {
  /** shape [B, D], unit rows */
  readonly queries: Tensor2D;
  /** shape [C, D] with C >= B, unit rows; key i is the positive of query i */
  readonly keys: Tensor2D;
  /** s = 1 / temperature */
  readonly scale: number;
  /** Also classify each of the first B keys among the B queries; the loss is then the mean of both directions. */
  readonly symmetric: boolean;
  readonly learnScale: boolean;
  /** Of several positives. Default each. */
  readonly near?: NearPositives | undefined;
  /** What queries [from, to) must know of all C keys, or, on the side of the keys, keys [from, to) of all B queries. */
  relations(side: 'query' | 'key', from: number, to: number): BlockRelations;
}

/**
 * The loss of a batch of any size, with its gradients: InfoNCE (see `infoNce`), or where rows have several positives the
 * supervised contrastive loss (see `positiveSets`). A batch whose logits would be many goes row block by row block, so
 * that no matrix of B x C is ever held: each row's softmax needs only that row. Gradients are sums over blocks, so the figures are
 * those of one big matrix but for rounding.
 */
export function batchContrast(
  tensors: Tensors,
  input: BatchContrastInput,
  limits: LogitLimits = LIMITS,
): InfoNceResult {
  const { tf } = tensors;
  const { queries, keys, scale, symmetric, learnScale, near = 'each' } = input;
  const [rows, columns] = [queries.shape[0], keys.shape[0]];
  if (rows * columns <= limits.whole) {
    const { hidden, positives } = input.relations('query', 0, rows);
    if (positives.length === 0) return infoNce(tensors, { queries, keys, scale, symmetric, hidden, learnScale });
  }
  if (!symmetric) return withScale(direction('query', queries, keys));
  const forward = direction('query', queries, keys);
  const first = tf.slice2d(keys, [0, 0], [rows, -1]);
  const backward = direction('key', first, queries);
  const queryGradient = half(forward.queryGradient, backward.keyGradient);
  // Keys beyond the batch's own have no part in the way back.
  const padding: [[number, number], [number, number]] = [
    [0, columns - rows],
    [0, 0],
  ];
  const padded = tf.pad2d(backward.queryGradient, padding);
  const keyGradient = half(forward.keyGradient, padded);
  tf.dispose([first, backward.queryGradient]);
  return withScale({ loss: (forward.loss + backward.loss) / 2, queryGradient, keyGradient });

  function half(a: Tensor2D, b: Tensor2D): Tensor2D {
    const mean = tf.tidy(() => tf.mul(tf.add(a, b), 0.5) as Tensor2D);
    tf.dispose([a, b]);
    return mean;
  }

  function withScale(result: Omit<InfoNceResult, 'scaleGradient'>): InfoNceResult {
    const scaleGradient = learnScale
      ? tf.tidy(() => tf.sum(tf.mul(queries, result.queryGradient)).dataSync<'float32'>()[0] as number)
      : 0;
    return { ...result, scaleGradient };
  }

  /** Each row of a among all rows of b. */
  function direction(side: 'query' | 'key', a: Tensor2D, b: Tensor2D): Omit<InfoNceResult, 'scaleGradient'> {
    const width = b.shape[0];
    const rowsAtOnce = Math.min(rows, Math.max(1, Math.floor(limits.block / width)));
    let loss = 0;
    const parts: Tensor2D[] = [];
    let keySum = tf.zeros(b.shape) as Tensor2D;
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const to = Math.min(rows, from + rowsAtOnce);
      const { hidden, positives } = input.relations(side, from, to);
      const own = Int32Array.from({ length: to - from }, (_, i) => i * width + from + i);
      const block = tf.slice2d(a, [from, 0], [to - from, -1]);
      const result = positiveSets(tensors, {
        queries: block,
        keys: b,
        scale,
        positives: positives.length === 0 ? own : Int32Array.from([...own, ...positives]),
        hidden,
        near,
      });
      const share = (to - from) / rows;
      loss += share * result.loss;
      const [part, sum] = tf.tidy(() => [
        tf.mul(result.queryGradient, share),
        tf.add(keySum, tf.mul(result.keyGradient, share)),
      ]) as [Tensor2D, Tensor2D];
      parts.push(part);
      tf.dispose([block, result.queryGradient, result.keyGradient, keySum]);
      keySum = sum;
    }
    const queryGradient = parts.length === 1 ? (parts[0] as Tensor2D) : tf.concat2d(parts, 0);
    if (parts.length > 1) tf.dispose(parts);
    return { loss, queryGradient, keyGradient: keySum };
  }
}
