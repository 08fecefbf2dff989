import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convParameters } from '../../../src/encoders/image-conv/shape.ts';
import { createImageConv, type TrainableImageConv } from '../../../src/encoders/image-conv/trainable.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { testTensors } from '../../support/tensors.ts';
import { embedPlainly } from './reference.ts';

const tensors = await testTensors();
const { tf } = tensors;
const SGD = { name: 'sgd', weightDecay: 0, momentum: 0 } as const;
const ADAMW = { name: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
/** Odd, even and one, so that padding differs between top and bottom, and between stages. */
const SIZES = [
  { height: 7, width: 6, channels: 3, mean: [90, 120, 150], deviation: [40, 70, 60] },
  { height: 5, width: 8, channels: 1 },
] as const;

function imagesOf({ height, width, channels }: (typeof SIZES)[number], count: number): Uint8Array[] {
  const random = createRandom(5);
  return Array.from({ length: count }, () =>
    Uint8Array.from({ length: height * width * channels }, () => random.int(256)),
  );
}

function create(
  size: (typeof SIZES)[number],
  optimizer: typeof SGD | typeof ADAMW = SGD,
  seed = 1,
): TrainableImageConv {
  return createImageConv({ dimensions: 8, filters: 8 }, size, createRandom(seed), tensors, optimizer);
}

/** Moves every parameter, so that no gradient is zero for a zero matrix. */
function shake(tower: TrainableImageConv): TrainableImageConv {
  const noise = createRandom(9);
  const state = copyOf(tower);
  // With a mean of their own, so that it is seen whether it is taken away.
  state.parameters = (state.parameters as Float32Array).map((value) => value + 0.02 + noise.normal() * 0.05);
  tower.restore(state);
  return tower;
}

function copyOf(tower: TrainableImageConv) {
  return Object.fromEntries(Object.entries(tower.state()).map(([name, array]) => [name, array.slice()]));
}

const direction = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 0.7 + 1));

function pass(tower: TrainableImageConv, images: readonly Uint8Array[]): void {
  const forward = tower.forward(images);
  const gradient = tf.tensor2d(direction(images.length * 8), [images.length, 8]);
  forward.backward(gradient);
  gradient.dispose();
  forward.dispose();
}

for (const size of SIZES) {
  test(`embeddings and gradients equal a float64 reference, ${size.height} x ${size.width} x ${size.channels}`, () => {
    const images = imagesOf(size, 3);
    const tower = shake(create(size));
    const names = convParameters(tower.shape).map(({ name }) => name);
    const numbers = Object.fromEntries(names.map((name) => [name, Float64Array.from(tower.numbers(name))]));
    const found = tower.encodePrepared(images);
    const expected = images.flatMap((image) => embedPlainly(tower.shape, numbers, image));
    found.forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) < 1e-5, `${value} is not ${expected[i]}`);
    });
    const weights = direction(images.length * 8);
    const loss = () =>
      images.reduce((sum, image, row) => {
        const y = embedPlainly(tower.shape, numbers, image);
        return sum + y.reduce((part, v, d) => part + v * weights[row * 8 + d]!, 0);
      }, 0);
    pass(tower, images);
    // A step of plain gradient descent at rate 1 gives away the gradient.
    tower.applyGradients(1);
    const random = createRandom(11);
    for (const name of names) {
      const [values, after] = [numbers[name]!, tower.numbers(name)];
      for (let drawn = 0; drawn < Math.min(12, values.length); drawn++) {
        const i = random.int(values.length);
        const [kept, h] = [values[i]!, 1e-6];
        values[i] = kept + h;
        const up = loss();
        values[i] = kept - h;
        const slope = (up - loss()) / (2 * h);
        values[i] = kept;
        assert.ok(Math.abs(kept - after[i]! - slope) < 1e-5, `${name}[${i}]: ${kept - after[i]!} is not ${slope}`);
      }
    }
    tower.dispose();
  });
}

test('an image embeds alike in any company, and no tensor is left over', () => {
  const images = imagesOf(SIZES[0], 5);
  const tower = shake(create(SIZES[0]));
  const start = tf.memory().numTensors;
  const together = tower.encodePrepared(images);
  images.forEach((image, row) => {
    tower.encodePrepared([image]).forEach((value, d) => {
      assert.ok(Math.abs(value - together[row * 8 + d]!) < 1e-6);
    });
  });
  for (let step = 0; step < 3; step++) {
    pass(tower, images);
    tower.applyGradients(0.01);
  }
  assert.equal(tf.memory().numTensors, start);
  tower.dispose();
  assert.equal(tf.memory().numTensors, start);
});

test('a restored state goes on bit for bit, moments and momentum copy included', () => {
  const images = imagesOf(SIZES[0], 4);
  const step = (tower: TrainableImageConv, copy: ReturnType<TrainableImageConv['momentumCopy']>, at: number) => {
    pass(tower, images.slice(at % 2));
    tower.applyGradients(0.01);
    copy.update(0.9);
  };
  const straight = create(SIZES[0], ADAMW);
  const copy = straight.momentumCopy();
  for (let at = 0; at < 3; at++) step(straight, copy, at);
  const saved = { tower: copyOf(straight), copy: { copy: (copy.state().copy as Float32Array).slice() } };
  for (let at = 3; at < 6; at++) step(straight, copy, at);
  const resumed = create(SIZES[0], ADAMW, 77);
  const resumedCopy = resumed.momentumCopy();
  resumed.restore(saved.tower);
  resumedCopy.restore(saved.copy);
  for (let at = 3; at < 6; at++) step(resumed, resumedCopy, at);
  assert.deepEqual(resumed.state(), straight.state());
  assert.deepEqual(resumedCopy.encodePrepared(images), copy.encodePrepared(images));
  for (const used of [copy, resumedCopy, straight, resumed]) used.dispose();
});
