import type { Tensor2D, Tensors } from './backend.ts';

/**
 * op(a) op(b), where op transposes or does not. One op on native TensorFlow; elsewhere transposes are written out, because
 * the wasm backend multiplies a matrix that is only flagged as transposed ten to twenty times slower.
 */
export function matrixProduct(
  { tf, raw }: Tensors,
  a: Tensor2D,
  b: Tensor2D,
  { transposeA = false, transposeB = false } = {},
): Tensor2D {
  if (raw !== undefined) {
    const attributes = { T: { type: 'float32' }, transpose_a: transposeA, transpose_b: transposeB } as const;
    return raw('MatMul', attributes, [a, b])[0] as Tensor2D;
  }
  return tf.tidy(() => tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b));
}
