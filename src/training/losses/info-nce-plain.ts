import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { hiddenMask, type InfoNceInput, type InfoNceResult, mean } from './info-nce-input.ts';

/**
 * `infoNce` in ops that every backend has. Transposes are written out, because the wasm backend multiplies a matrix that is
 * only flagged as transposed ten to twenty times slower.
 */
export function infoNcePlain(tensors: Tensors, input: InfoNceInput): InfoNceResult {
  const { tf } = tensors;
  const { queries, keys, scale, symmetric, hidden, learnScale } = input;
  const [rows, columns] = [queries.shape[0], keys.shape[0]];

  let loss = 0;
  let scaleGradient = 0;
  const [queryGradient, keyGradient] = tf.tidy(() => {
    const scaledQueries = tf.mul(queries, scale) as Tensor2D;
    let logits = tf.matMul(scaledQueries, tf.transpose(keys)) as Tensor2D;
    if (hidden.length > 0) logits = tf.add(logits, hiddenMask(tensors, input)) as Tensor2D;
    // Positives are never hidden, so their logits are plain inner products: no need to cut the diagonal out.
    const positives = tf.sum(tf.mul(scaledQueries, firstRows(keys)), 1);

    /** Softmax along `axis`, and the mean of ln(sum of exponentials) minus the positive's logit. */
    const classify = (matrix: Tensor2D, axis: 0 | 1): [Tensor2D, number] => {
      const highest = tf.max(matrix, axis, true);
      const exponentials = tf.exp(tf.sub(matrix, highest));
      const sums = tf.sum(exponentials, axis, true);
      const losses = tf.sub(tf.reshape(tf.add(tf.log(sums), highest), [rows]), positives);
      return [tf.div(exponentials, sums) as Tensor2D, mean(losses.dataSync<'float32'>())];
    };
    const target = tf.eye(rows) as Tensor2D;
    const widened = (square: Tensor2D) =>
      columns === rows
        ? square
        : tf.pad2d(square, [
            [0, 0],
            [0, columns - rows],
          ]);

    const [softmax, forward] = classify(logits, 1);
    loss = forward;
    let gradient = tf.sub(softmax, widened(target)) as Tensor2D;
    if (symmetric) {
      const [backSoftmax, backward] = classify(columns === rows ? logits : tf.slice2d(logits, [0, 0], [rows, rows]), 0);
      loss = (forward + backward) / 2;
      gradient = tf.add(gradient, widened(tf.sub(backSoftmax, target)));
    }
    const weight = 1 / (symmetric ? 2 * rows : rows);
    const dQueries = tf.mul(tf.matMul(gradient, keys), scale * weight) as Tensor2D;
    const dKeys = tf.mul(tf.matMul(tf.transpose(gradient), scaledQueries), weight) as Tensor2D;
    if (learnScale) scaleGradient = tf.sum(tf.mul(queries, dQueries)).dataSync<'float32'>()[0] as number;
    return [dQueries, dKeys];
  });
  return { loss, queryGradient, keyGradient, scaleGradient };

  function firstRows(matrix: Tensor2D): Tensor2D {
    return columns === rows ? matrix : tf.slice2d(matrix, [0, 0], [rows, -1]);
  }
}
