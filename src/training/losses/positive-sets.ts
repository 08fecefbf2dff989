import type { RawOp, Tensor, Tensor1D, Tensor2D, Tensors } from '../../tensor/backend.ts';
import { matrixProduct } from '../../tensor/matrix-product.ts';
import { HIDDEN_LOGIT, mean } from './info-nce-input.ts';

/*
 * Shapes: R rows (some or all queries of a batch), C columns (keys), D dimensions.
 */
export interface PositiveSetsInput {
  /** shape [R, D], unit rows */
  readonly queries: Tensor2D;
  /** shape [C, D], unit rows */
  readonly keys: Tensor2D;
  /** s = 1 / temperature */
  readonly scale: number;
  /** Pairs (i, j) of query and positive, as i * C + j; at least one a row. */
  readonly positives: Int32Array;
  /** Pairs that are neither, as i * C + j; none of them positive. */
  readonly hidden: Int32Array;
  /** Whether a row is to be near each of its positives (eq. 2, L_out), or near any (eq. 3, L_in). Default each. */
  readonly near?: NearPositives;
}

export type NearPositives = 'each' | 'any';

export interface PositiveSetsResult {
  /** Mean over the rows, in nats. */
  readonly loss: number;
  /** dL/dqueries, shape [R, D]. The caller disposes it. */
  readonly queryGradient: Tensor2D;
  /** dL/dkeys, shape [C, D]. The caller disposes it. */
  readonly keyGradient: Tensor2D;
}

/**
 * Softmax cross-entropy against sets of positives: the supervised contrastive loss (2004.11362), eq. 2 (L_out),
 *
 *   L = 1/R sum_i -1/|P_i| sum_{p in P_i} ln( exp s q_i.k_p / sum_{a in A_i} exp s q_i.k_a )
 *
 * with A_i all columns but the hidden ones; with one positive a row it is InfoNCE. With G = softmax minus targets, where a
 * target is 1/|P_i| at each positive: dL/dQ = s/R G K, dL/dK = s/R G^T Q.
 *
 * Near any, it is eq. 3 (L_in),
 *
 *   L = 1/R sum_i -ln( 1/|P_i| sum_{p in P_i} exp s q_i.k_p / sum_{a in A_i} exp s q_i.k_a )
 *
 * whose targets are the softmax over P_i alone: each positive is pulled by as much as it is near already, so what an encoder can't see to
 * be alike is not forced together.
 */
export function positiveSets(tensors: Tensors, input: PositiveSetsInput): PositiveSetsResult {
  const { tf, raw } = tensors;
  const { queries, keys, scale, positives, hidden, near = 'each' } = input;
  const [rows, columns] = [queries.shape[0], keys.shape[0]];
  let loss = 0;
  const [queryGradient, keyGradient] = tf.tidy(() => {
    const scaled = tf.mul(queries, scale) as Tensor2D;
    const products = matrixProduct(tensors, scaled, keys, { transposeB: true });
    const logits =
      hidden.length === 0
        ? products
        : (tf.add(
            products,
            marks(hidden, () => HIDDEN_LOGIT),
          ) as Tensor2D);
    const [losses, gradient] = near === 'any' && positives.length > rows ? nearAny(logits) : nearEach(logits);
    loss = mean(losses.dataSync<'float32'>());
    return [
      tf.mul(matrixProduct(tensors, gradient, keys), scale / rows),
      tf.mul(matrixProduct(tensors, gradient, scaled, { transposeA: true }), 1 / rows),
    ];
  }) as [Tensor2D, Tensor2D];
  return { loss, queryGradient, keyGradient };

  /** Loss of each row, and softmax minus targets. */
  function nearEach(logits: Tensor2D): [Tensor, Tensor2D] {
    return raw === undefined ? classify(logits, targets()) : fused(raw, logits);
  }

  /** The same, in ops that every backend has. */
  function nearAny(logits: Tensor2D): [Tensor, Tensor2D] {
    const others = new Float32Array(rows * columns).fill(HIDDEN_LOGIT);
    for (const at of positives) others[at] = 0;
    const all = softmax(logits);
    const own = softmax(tf.add(logits, tf.tensor2d(others, [rows, columns])) as Tensor2D);
    const counts = tf.tensor1d(Float32Array.from(positivesOfRows(), Math.log));
    return [tf.add(tf.sub(all.logSums, own.logSums), counts), tf.sub(all.shares, own.shares) as Tensor2D];
  }

  function softmax(logits: Tensor2D): { logSums: Tensor; shares: Tensor } {
    const highest = tf.max(logits, 1, true);
    const exponentials = tf.exp(tf.sub(logits, highest));
    const sums = tf.sum(exponentials, 1, true);
    return { logSums: tf.squeeze(tf.add(tf.log(sums), highest), [1]), shares: tf.div(exponentials, sums) };
  }

  /** 1/|P_i| at the positives of row i, shape [R, C] */
  function targets(): Tensor2D {
    const counts = positivesOfRows();
    return marks(positives, (row) => 1 / counts[row]!);
  }

  /** |P_i| */
  function positivesOfRows(): Float64Array {
    const counts = new Float64Array(rows);
    for (const at of positives) counts[Math.floor(at / columns)]! += 1;
    return counts;
  }

  /** The column of each row's positive, where there is one each. */
  function ownColumns(): Int32Array {
    const labels = new Int32Array(rows);
    for (const at of positives) labels[Math.floor(at / columns)] = at % columns;
    return labels;
  }

  function marks(positions: Int32Array, value: (row: number) => number): Tensor2D {
    const matrix = new Float32Array(rows * columns);
    for (const at of positions) matrix[at] = value(Math.floor(at / columns));
    return tf.tensor2d(matrix, [rows, columns]);
  }

  function fused(raw: RawOp, logits: Tensor2D): [Tensor1D, Tensor2D] {
    const floats = { T: { type: 'float32' } } as const;
    const results =
      positives.length === rows
        ? raw(
            'SparseSoftmaxCrossEntropyWithLogits',
            { ...floats, Tlabels: { type: 'int32' } },
            [logits, tf.tensor1d(ownColumns(), 'int32')],
            2,
          )
        : raw('SoftmaxCrossEntropyWithLogits', floats, [logits, targets()], 2);
    return results as [Tensor1D, Tensor2D];
  }

  /** Loss of each row, and softmax minus targets, in ops that every backend has. */
  function classify(logits: Tensor2D, targets: Tensor2D): [Tensor, Tensor2D] {
    const lowered = tf.sub(logits, tf.max(logits, 1, true));
    const exponentials = tf.exp(lowered);
    const sums = tf.sum(exponentials, 1, true);
    const losses = tf.sub(tf.log(tf.squeeze(sums, [1])), tf.sum(tf.mul(targets, lowered), 1));
    return [losses, tf.sub(tf.div(exponentials, sums), targets) as Tensor2D];
  }
}
