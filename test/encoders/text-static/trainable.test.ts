import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PreparedText } from '../../../src/encoders/text-static/features.ts';
import { createTextStatic, type TrainableTextStatic } from '../../../src/encoders/text-static/trainable.ts';
import { learnVocabulary } from '../../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { loadTensors } from '../../../src/tensor/backend.ts';
import * as plain from '../../../src/tensor/kernels/plain.ts';

const spec = { kind: 'text-static', dimensions: 16, vocabularySize: 256, maxTokens: 64 } as const;
const TEXTS = [
  'red apple pie',
  'green apple tart',
  'red brick house',
  'green brick wall',
  'apple house',
  'pie tart wall',
];
const tensors = await loadTensors('wasm');
const { tf } = tensors;

function createTower(seed = 1): TrainableTextStatic {
  return createTextStatic(spec, learnVocabulary(TEXTS, spec), createRandom(seed), tensors);
}

/** A gradient that differs from element to element, shape [B, D]. */
function direction(rows: number, phase = 0): Float32Array {
  return Float32Array.from({ length: rows * spec.dimensions }, (_, i) => Math.sin(i * 0.7 + phase));
}

function pass(tower: TrainableTextStatic, batch: readonly PreparedText[], phase = 0): void {
  const forward = tower.forward(batch);
  const gradient = tf.tensor2d(direction(batch.length, phase), [batch.length, spec.dimensions]);
  forward.backward(gradient);
  gradient.dispose();
  forward.dispose();
}

/** The same batch as bags of the plain twins. */
function bagsOf(batch: readonly PreparedText[]): plain.Bags {
  const offsets = [0];
  for (const prepared of batch) offsets.push(offsets.at(-1)! + prepared.length / 2);
  return {
    ids: Int32Array.from(batch.flatMap((p) => [...p.subarray(0, p.length / 2)])),
    weights: Float32Array.from(batch.flatMap((p) => [...new Float32Array(p.buffer, p.length * 2, p.length / 2)])),
    offsets: Int32Array.from(offsets),
  };
}

function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

test('embeddings are unit rows, the same from forward, encodePrepared and the plain twin; an empty text has the fallback', () => {
  const tower = createTower();
  const batch = [...TEXTS, '', 'never seen'].map((text) => tower.prepare(text));
  const forward = tower.forward(batch);
  const embeddings = forward.embeddings.dataSync<'float32'>();
  forward.dispose();
  assert.deepEqual(tower.encodePrepared(batch), embeddings);
  const fallback = new Float32Array(16).fill(0.25);
  const { y } = plain.normaliseForward(plain.bagForward(tower.vectors(), bagsOf(batch), 16), fallback, 16);
  closeTo(embeddings, y, 1e-6);
  assert.deepEqual(embeddings.subarray(6 * 16, 7 * 16), fallback);
  assert.equal(tf.memory().numTensors, 0);
});

test('two backward passes and a step equal dense Adam on the touched rows, with the gradient of the float64 twin', () => {
  const tower = createTower();
  const batches = [TEXTS.slice(0, 3), ['green wall zebra', '', 'apple apple']].map((texts) =>
    texts.map((text) => tower.prepare(text)),
  );
  const before = Float64Array.from(tower.vectors());
  // A dense gradient: rows that no text has get zeros.
  const gradient = new Float64Array(before.length);
  const touched = new Set<number>();
  batches.forEach((batch, phase) => {
    const bags = bagsOf(batch);
    const transposed = plain.transposeBags(bags);
    const { y, inverse } = plain.normaliseForward(plain.bagForward(before, bags, 16), new Float64Array(16), 16);
    const upstream = plain.normaliseBackward(y, inverse, direction(batch.length, phase), 16);
    const rows = plain.bagBackward(upstream, transposed, 16);
    transposed.rows.forEach((row, u) => {
      touched.add(row);
      for (let d = 0; d < 16; d++) gradient[row * 16 + d]! += rows[u * 16 + d]!;
    });
  });
  batches.forEach((batch, phase) => {
    pass(tower, batch, phase);
  });
  const norm = tower.applyGradients(0.01);
  assert.ok(Math.abs(norm - Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0))) < 1e-4 * norm);
  const state = tower.state() as Record<string, Float32Array>;
  closeTo(
    state.first!,
    gradient.map((g) => 0.1 * g),
    1e-5,
  );
  closeTo(
    state.second!,
    gradient.map((g) => 0.001 * g * g),
    1e-5,
  );
  // The first step of Adam is the learning rate times the sign wherever the gradient is no rounding error.
  for (let i = 0; i < gradient.length; i++) {
    const moved = tower.vectors()[i]! - before[i]!;
    const row = Math.floor(i / 16);
    if (!touched.has(row)) assert.equal(moved, 0);
    else if (Math.abs(gradient[i]!) > 1e-4) assert.ok(Math.abs(moved + 0.01 * Math.sign(gradient[i]!)) < 1e-5);
  }
  assert.equal(tower.applyGradients(0.01), 0);
});

test('steps that do not touch a row leave no trace in it', () => {
  const [alone, mixed] = [createTower(), createTower()];
  const mine = [alone.prepare('apple')];
  const other = [alone.prepare('brick')];
  for (let step = 0; step < 5; step++) {
    pass(alone, mine);
    alone.applyGradients(0.01);
    pass(mixed, mine);
    mixed.applyGradients(0.01);
    pass(mixed, other);
    mixed.applyGradients(0.01);
  }
  const row = mine[0]![0]!;
  const rowOf = (tower: TrainableTextStatic) => [...tower.vectors().subarray(row * 16, row * 16 + 16)];
  assert.deepEqual(rowOf(alone), rowOf(mixed));
});

test('the same seed gives the same numbers, and a restored state goes on bit for bit', () => {
  const [one, two] = [createTower(7), createTower(7)];
  const batch = TEXTS.map((text) => one.prepare(text));
  const run = (tower: TrainableTextStatic, from: number, to: number) => {
    for (let step = from; step < to; step++) {
      pass(tower, batch.slice(step % 4), step);
      tower.applyGradients(0.02);
    }
  };
  run(one, 0, 6);
  const saved = Object.fromEntries(Object.entries(one.state()).map(([name, array]) => [name, array.slice()]));
  run(one, 6, 12);
  run(two, 0, 12);
  assert.deepEqual(two.vectors(), one.vectors());
  const resumed = createTower(8);
  resumed.restore(saved);
  run(resumed, 6, 12);
  assert.deepEqual(resumed.state(), one.state());
  assert.notDeepEqual(createTower(8).vectors(), createTower(7).vectors());
});

test('a state of another shape is refused', () => {
  const tower = createTower();
  assert.throws(() => tower.restore({ ...tower.state(), first: new Float32Array(3) }), {
    code: 'CORRUPT_ARTIFACT',
    message: /3 numbers in first/,
  });
});

test('a table beyond 4 GiB is refused before anything is allocated', () => {
  const vocabulary = { ...learnVocabulary(TEXTS, spec), buckets: 1_000_000 };
  assert.throws(() => createTextStatic({ ...spec, dimensions: 1_024 }, vocabulary, createRandom(1), tensors), {
    code: 'BAD_INPUT',
    message: /GiB/,
  });
});
