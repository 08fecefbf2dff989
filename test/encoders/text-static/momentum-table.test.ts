import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PreparedText } from '../../../src/encoders/text-static/features.ts';
import { createTextStatic, type TrainableTextStatic } from '../../../src/encoders/text-static/trainable.ts';
import { learnVocabulary } from '../../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { loadTensors } from '../../../src/tensor/backend.ts';

const spec = { kind: 'text-static', dimensions: 16, vocabularySize: 256, maxTokens: 64 } as const;
const TEXTS = ['red apple pie', 'green apple tart', 'red brick house', 'green brick wall', 'apple house', 'pie wall'];
const tensors = await loadTensors('wasm');
const { tf } = tensors;

function createTower(): TrainableTextStatic {
  return createTextStatic(spec, learnVocabulary(TEXTS, spec), createRandom(1), tensors);
}

/** One optimizer step on some of the texts, so that only some rows change. */
function learn(tower: TrainableTextStatic, batch: readonly PreparedText[], phase: number): void {
  const forward = tower.forward(batch);
  const values = Float32Array.from({ length: batch.length * spec.dimensions }, (_, i) => Math.sin(i * 0.7 + phase));
  const gradient = tf.tensor2d(values, [batch.length, spec.dimensions]);
  forward.backward(gradient);
  gradient.dispose();
  forward.dispose();
  tower.applyGradients(0.01);
}

/** The definition: every row at every update, in float64. */
function follow(copy: Float64Array, weights: Float32Array, m: number): void {
  for (let i = 0; i < copy.length; i++) copy[i] = m * copy[i]! + (1 - m) * weights[i]!;
}

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  for (let i = 0; i < expected.length; i++) {
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

/** Embeds with a copy of the table, by a tower that has nothing else in it. */
function encodeWith(copy: Float64Array, batch: readonly PreparedText[]): Float32Array {
  const tower = createTower();
  tower.vectors().set(copy);
  return tower.encodePrepared(batch);
}

test('follows as the moving average does, though rows are only touched when they are read or change', () => {
  const tower = createTower();
  const prepared = TEXTS.map((text) => tower.prepare(text));
  const copy = tower.momentumCopy();
  const expected = Float64Array.from(tower.vectors());
  const random = createRandom(7);
  for (let step = 0; step < 100; step++) {
    const m = step % 30 === 0 ? 0 : 0.8 + 0.2 * random.next();
    copy.update(m);
    follow(expected, tower.vectors(), m);
    const read = prepared.filter(() => random.next() < 0.2);
    assertNear(copy.encodePrepared(read), encodeWith(expected, read), 1e-5);
    learn(
      tower,
      prepared.filter(() => random.next() < 0.3),
      step,
    );
  }
  assertNear(copy.encodePrepared(prepared), encodeWith(expected, prepared), 1e-5);
});

test('with weights that stay, n updates equal v = m^n v0 + (1 - m^n) w', () => {
  const tower = createTower();
  const prepared = TEXTS.map((text) => tower.prepare(text));
  const copy = tower.momentumCopy();
  const start = Float64Array.from(tower.vectors());
  learn(tower, prepared, 0);
  for (let step = 0; step < 250; step++) copy.update(0.99);
  const left = 0.99 ** 250;
  const expected = start.map((v, i) => left * v + (1 - left) * tower.vectors()[i]!);
  assertNear(copy.encodePrepared(prepared), encodeWith(expected, prepared), 1e-6);
});

test('goes on from its state bit for bit, whatever rows were behind', () => {
  const run = (from: number, to: number, tower: TrainableTextStatic, copy: ReturnType<typeof tower.momentumCopy>) => {
    const prepared = TEXTS.map((text) => tower.prepare(text));
    for (let step = from; step < to; step++) {
      copy.update(0.9);
      copy.encodePrepared([prepared[step % TEXTS.length]!]);
      learn(tower, [prepared[(step * 5) % TEXTS.length]!], step);
    }
    return copy;
  };
  const [whole, first, second] = [createTower(), createTower(), createTower()];
  const expected = run(0, 20, whole, whole.momentumCopy()).state();
  const half = run(0, 9, first, first.momentumCopy());
  const resumed = second.momentumCopy();
  second.restore(first.state());
  resumed.restore(half.state());
  assert.deepEqual(run(9, 20, second, resumed).state(), expected);
});

test('no longer follows once it is disposed, and refuses the state of another table', () => {
  const tower = createTower();
  const copy = tower.momentumCopy();
  assert.throws(() => copy.restore({ copy: new Float32Array(3) }), {
    code: 'CORRUPT_ARTIFACT',
    message: /3 numbers in copy/,
  });
  const before = structuredClone(copy.state());
  copy.dispose();
  copy.update(0.5);
  learn(tower, [tower.prepare('red apple pie')], 0);
  assert.deepEqual(copy.state().copy, before.copy);
});
