import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tensor4D } from '../../src/tensor/backend.ts';
import { convOps, filterGradientByProducts } from '../../src/tensor/conv-ops.ts';
import { testTensors } from '../support/tensors.ts';

const tensors = await testTensors();
const { tf } = tensors;
type Size = [number, number, number, number];

function wavy(shape: Size, phase: number): Tensor4D {
  const length = shape.reduce((product, n) => product * n, 1);
  return tf.tensor4d(
    Float32Array.from({ length }, (_, i) => Math.sin(i * 1.3 + phase)),
    shape,
  );
}

const dot = (a: Tensor4D, b: Tensor4D) => tf.sum(tf.mul(a, b)).dataSync<'float32'>()[0]!;

for (const [size, stride] of [
  [3, 1],
  [3, 2],
  [1, 2],
] as const) {
  test(`gradients of a ${size} x ${size} convolution, stride ${stride}, are its adjoints, by op and by products`, () => {
    const start = tf.memory().numTensors;
    tf.tidy(() => {
      const ops = convOps(tensors);
      const x = wavy([2, 7, 6, 3], 0);
      const filter = wavy([size, size, 3, 8], 1);
      const y = ops.convolve(x, filter, stride);
      const gradient = wavy(y.shape as Size, 2);
      // A convolution is linear in both: <y, g> = <x, dx> = <w, dw>.
      const along = dot(y, gradient);
      assert.ok(Math.abs(along - dot(x, ops.inputGradient(x.shape, filter, gradient, stride))) < 1e-4);
      const onFilter = ops.filterGradient(x, filter.shape, gradient, stride);
      assert.ok(Math.abs(along - dot(filter, onFilter)) < 1e-4);
      const twin = filterGradientByProducts(tensors, x, filter.shape, gradient, stride).dataSync<'float32'>();
      onFilter.dataSync<'float32'>().forEach((value, i) => {
        assert.ok(Math.abs(value - twin[i]!) < 1e-5, `${value} is not ${twin[i]}`);
      });
    });
    assert.equal(tf.memory().numTensors, start);
  });
}

test('the gradient of a 1 x 1 filter of stride 2 stays within its memory, where a kernel of TensorFlow does not', () => {
  tf.tidy(() => {
    const ops = convOps(tensors);
    const x = wavy([128, 32, 32, 8], 0);
    const filter = wavy([1, 1, 8, 16], 1);
    const y = ops.convolve(x, filter, 2);
    const gradient = wavy(y.shape as Size, 2);
    for (let time = 0; time < 4; time++) {
      const [along, other] = [dot(y, gradient), dot(filter, ops.filterGradient(x, filter.shape, gradient, 2))];
      assert.ok(Math.abs(along - other) < 1e-3 * Math.abs(along), `${along} is not ${other}`);
    }
  });
});
