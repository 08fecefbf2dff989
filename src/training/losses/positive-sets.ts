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
}

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
 */
export function positiveSets(tensors: Tensors, input: PositiveSetsInput): PositiveSetsResult {
  const { tf, raw } = tensors;
  const { queries, keys, scale, positives, hidden } = input;
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
    const [losses, gradient] = raw === undefined ? classify(logits, targets()) : fused(raw, logits);
    loss = mean(losses.dataSync<'float32'>());
    return [
      tf.mul(matrixProduct(tensors, gradient, keys), scale / rows),
      tf.mul(matrixProduct(tensors, gradient, scaled, { transposeA: true }), 1 / rows),
    ];
  }) as [Tensor2D, Tensor2D];
  return { loss, queryGradient, keyGradient };

  /** 1/|P_i| at the positives of row i, shape [R, C] */
  function targets(): Tensor2D {
    const counts = new Float64Array(rows);
    for (const at of positives) counts[Math.floor(at / columns)]! += 1;
    return marks(positives, (row) => 1 / counts[row]!);
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
