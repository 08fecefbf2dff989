import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { rowsAt } from './rows-at.ts';

interface Loss {
  readonly loss: number;
  readonly queryGradient: Tensor2D;
}

/**
 * Adds weight/B sum_i |q_i - v_i|^2 to a loss, v_i being the stored row of query i's positive: Wu et al. 2018 (1805.01978),
 * eq. 9 and 10, which keep an embedding near where it was when its item was last seen. Its gradient is 2 weight/B (q_i - v_i).
 * Disposes the gradient that it is given.
 * @param queries shape [B, D]
 * @param keys shape [N, D]
 * @param positives row of each query, shape [B]
 */
export function addProximalTerm(
  { tf }: Tensors,
  { queries, keys, positives }: { queries: Tensor2D; keys: Float32Array; positives: Int32Array },
  { loss, queryGradient }: Loss,
  weight: number,
): Loss {
  const [rows, width] = queries.shape;
  return tf.tidy(() => {
    const apart = tf.sub(queries, tf.tensor2d(rowsAt(keys, positives, width), [rows, width]));
    const squares = tf.sum(tf.square(apart)).dataSync<'float32'>()[0]!;
    const sum = tf.add(queryGradient, tf.mul(apart, (2 * weight) / rows)) as Tensor2D;
    queryGradient.dispose();
    return { loss: loss + (weight * squares) / rows, queryGradient: sum };
  });
}
