import type { RawOp, Tensor, Tensor1D, Tensor2D, Tensors } from '../../tensor/backend.ts';
import { hiddenMask, type InfoNceInput, type InfoNceResult, mean } from './info-nce-input.ts';

const FLOAT = { T: { type: 'float32' } } as const;

/**
 * `infoNce` with TensorFlow's own kernels: one SparseSoftmaxCrossEntropyWithLogits gives the losses of a direction and
 * softmax minus one-hot, so a step is three matrix products, one softmax pass a direction, and small change.
 */
export function infoNceFused(tensors: Tensors, raw: RawOp, input: InfoNceInput): InfoNceResult {
  const { tf } = tensors;
  const { queries, keys, scale, symmetric, hidden, learnScale } = input;
  const [rows, columns] = [queries.shape[0], keys.shape[0]];
  const run = (op: string, attributes: Parameters<RawOp>[1], ...inputs: Tensor[]) =>
    raw(op, attributes, inputs)[0] as Tensor2D;
  const product = (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean) =>
    run('MatMul', { ...FLOAT, transpose_a: transposeA, transpose_b: transposeB }, a, b);
  const classify = (logits: Tensor, labels: Tensor) =>
    raw('SparseSoftmaxCrossEntropyWithLogits', { ...FLOAT, Tlabels: { type: 'int32' } }, [logits, labels], 2) as [
      Tensor1D,
      Tensor2D,
    ];
  const transposed = (matrix: Tensor) => run('Transpose', { ...FLOAT, Tperm: { type: 'int32' } }, matrix, swap);
  const swap = tf.tensor1d([1, 0], 'int32');

  let loss = 0;
  let scaleGradient = 0;
  const [queryGradient, keyGradient] = tf.tidy(() => {
    const scaledQueries = run('Mul', FLOAT, queries, tf.scalar(scale));
    let logits = product(scaledQueries, keys, false, true);
    if (hidden.length > 0) logits = run('AddV2', FLOAT, logits, hiddenMask(tensors, input));
    const labels = tf.tensor1d(
      Int32Array.from({ length: rows }, (_, i) => i),
      'int32',
    );
    let [losses, gradient] = classify(logits, labels);
    loss = mean(losses.dataSync<'float32'>());
    if (symmetric) {
      const square = columns === rows ? logits : tf.slice2d(logits, [0, 0], [rows, rows]);
      const [backLosses, backGradient] = classify(transposed(square), labels);
      loss = (loss + mean(backLosses.dataSync<'float32'>())) / 2;
      const back = transposed(backGradient);
      gradient = run(
        'AddV2',
        FLOAT,
        gradient,
        columns === rows
          ? back
          : tf.pad2d(back, [
              [0, 0],
              [0, columns - rows],
            ]),
      );
    }
    const weight = 1 / (symmetric ? 2 * rows : rows);
    const dQueries = run('Mul', FLOAT, product(gradient, keys, false, false), tf.scalar(scale * weight));
    const dKeys = run('Mul', FLOAT, product(gradient, scaledQueries, true, false), tf.scalar(weight));
    if (learnScale) scaleGradient = tf.sum(tf.mul(queries, dQueries)).dataSync<'float32'>()[0] as number;
    return [dQueries, dKeys] as [Tensor2D, Tensor2D];
  });
  swap.dispose();
  return { loss, queryGradient, keyGradient, scaleGradient };
}
