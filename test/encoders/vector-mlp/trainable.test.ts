import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCard } from '../../../src/encoders/card.ts';
import { loadVectorMlp, saveVectorMlp } from '../../../src/encoders/vector-mlp/files.ts';
import { createMlp } from '../../../src/encoders/vector-mlp/network.ts';
import { mlpParameters, mlpShape } from '../../../src/encoders/vector-mlp/shape.ts';
import { createVectorMlp, type TrainableVectorMlp } from '../../../src/encoders/vector-mlp/trainable.ts';
import { createRandom } from '../../../src/platform/random.ts';
import type { Tensor } from '../../../src/tensor/backend.ts';
import { denseOps, plainDenseOps } from '../../../src/tensor/dense-ops.ts';
import { testTensors } from '../../support/tensors.ts';
import { embedPlainly } from './reference.ts';

const tensors = await testTensors();
const { tf } = tensors;
const SGD = { name: 'sgd', weightDecay: 0, momentum: 0 } as const;
const ADAMW = { name: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const INPUTS = 24;
const random = createRandom(5);
const batch = Array.from({ length: 7 }, () => Float32Array.from({ length: INPUTS }, () => random.normal() + 0.3));

function create(dimensions: number | null, optimizer: typeof SGD | typeof ADAMW = SGD, seed = 1): TrainableVectorMlp {
  return createVectorMlp({ dimensions, hidden: 16 }, INPUTS, createRandom(seed), tensors, optimizer);
}

/** Moves every parameter, so that no gradient is zero for a zero matrix. */
function shake(tower: TrainableVectorMlp): TrainableVectorMlp {
  const noise = createRandom(9);
  for (const { name } of mlpParameters(tower.shape)) {
    const numbers = tower.numbers(name);
    for (let i = 0; i < numbers.length; i++) numbers[i]! += noise.normal() * 0.2;
  }
  tower.restore(copyOf(tower));
  return tower;
}

function copyOf(tower: TrainableVectorMlp) {
  return Object.fromEntries(Object.entries(tower.state()).map(([name, array]) => [name, array.slice()]));
}

function numbersOf(tower: TrainableVectorMlp): Record<string, Float64Array> {
  return Object.fromEntries(
    mlpParameters(tower.shape).map(({ name }) => [name, Float64Array.from(tower.numbers(name))]),
  );
}

const direction = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 0.7 + 1));

function pass(tower: TrainableVectorMlp, inputs = batch): void {
  const forward = tower.forward(inputs);
  const gradient = tf.tensor2d(direction(inputs.length * tower.dimensions), [inputs.length, tower.dimensions]);
  forward.backward(gradient);
  gradient.dispose();
  forward.dispose();
}

function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what = ''): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(
      Math.abs(actual[i]! - expected[i]!) <= tolerance,
      `${what} element ${i}: ${actual[i]} is not ${expected[i]}`,
    );
  }
}

test('untrained it is the identity up to length, whatever the width', () => {
  for (const dimensions of [null, INPUTS]) {
    const embeddings = create(dimensions).encodePrepared(batch);
    batch.forEach((vector, row) => {
      const norm = Math.hypot(...vector);
      closeTo(
        embeddings.subarray(row * INPUTS, (row + 1) * INPUTS),
        vector.map((v) => v / norm),
        1e-6,
      );
    });
  }
});

test('untrained and wider than its input, it keeps all cosines; narrower, it is an orthogonal projection', () => {
  const wide = create(64).encodePrepared(batch);
  const cosine = (rows: ArrayLike<number>, width: number, a: number, b: number) => {
    let [dot, left, right] = [0, 0, 0];
    for (let d = 0; d < width; d++) {
      const [x, y] = [rows[a * width + d]!, rows[b * width + d]!];
      [dot, left, right] = [dot + x * y, left + x * x, right + y * y];
    }
    return dot / Math.sqrt(left * right);
  };
  const raw = batch.flatMap((vector) => [...vector]);
  for (let b = 1; b < batch.length; b++) {
    assert.ok(Math.abs(cosine(wide, 64, 0, b) - cosine(raw, INPUTS, 0, b)) < 1e-6);
  }
  const projection = create(8).numbers('projection');
  for (let a = 0; a < 8; a++) {
    for (let b = 0; b < 8; b++) {
      let dot = 0;
      for (let i = 0; i < INPUTS; i++) dot += projection[i * 8 + a]! * projection[i * 8 + b]!;
      assert.ok(Math.abs(dot - (a === b ? 1 : 0)) < 1e-6);
    }
  }
});

for (const dimensions of [null, 8]) {
  test(`embeddings and gradients equal a float64 reference, ${dimensions ?? 'as wide as the input'}`, () => {
    const tower = shake(create(dimensions));
    const before = numbersOf(tower);
    const width = tower.dimensions;
    closeTo(
      tower.encodePrepared(batch),
      batch.flatMap((vector) => embedPlainly(tower.shape, before, vector)),
      1e-6,
    );
    const weights = direction(batch.length * width);
    const loss = (numbers: typeof before) =>
      batch.reduce((sum, vector, row) => {
        const y = embedPlainly(tower.shape, numbers, vector);
        return sum + y.reduce((part, v, d) => part + v * weights[row * width + d]!, 0);
      }, 0);
    pass(tower);
    // A step of plain gradient descent at rate 1 gives away the gradient.
    const norm = tower.applyGradients(1);
    let squares = 0;
    for (const [name, values] of Object.entries(before)) {
      const after = tower.numbers(name);
      for (let i = 0; i < values.length; i++) {
        const kept = values[i]!;
        const h = 1e-6;
        values[i] = kept + h;
        const up = loss(before);
        values[i] = kept - h;
        const slope = (up - loss(before)) / (2 * h);
        values[i] = kept;
        assert.ok(Math.abs(kept - after[i]! - slope) < 1e-5, `${name}[${i}]: ${kept - after[i]!} is not ${slope}`);
        squares += slope * slope;
      }
    }
    assert.ok(Math.abs(norm - Math.sqrt(squares)) < 1e-4);
  });
}

test('the large ops of TensorFlow and their plain twin agree on values and gradients', () => {
  const shape = mlpShape({ dimensions: 8, hidden: 16 }, INPUTS);
  const tower = shake(create(8));
  const run = (ops: ReturnType<typeof denseOps>) =>
    tf.tidy(() => {
      const network = createMlp(shape, tensors, ops);
      const sizes = new Map(network.parameters.map(({ name, shape: size }) => [name, [...size]]));
      const forward = network.forward(
        batch,
        <T extends Tensor>(name: string) => tf.tensor(tower.numbers(name).slice(), sizes.get(name)!) as T,
      );
      const results = new Map([['output', forward.output.dataSync<'float32'>().slice()]]);
      forward.backward(tf.tensor2d(direction(batch.length * 8), [batch.length, 8]), (name, gradient) => {
        assert.deepEqual(gradient.shape, sizes.get(name));
        results.set(name, gradient.dataSync<'float32'>().slice());
      });
      return results as never as Tensor;
    }) as never as Map<string, Float32Array>;
  const [fast, plain] = [run(denseOps(tensors)), run(plainDenseOps(tensors))];
  assert.equal(fast.size, 6);
  for (const [name, values] of fast) closeTo(values, plain.get(name)!, 1e-5, name);
});

test('gradients add up over passes, a step clears them, and no tensor is left over', () => {
  const [once, twice] = [shake(create(8)), shake(create(8))];
  const start = tf.memory().numTensors;
  pass(once, [...batch.slice(0, 3)]);
  const first = once.gradientNorm();
  pass(twice, batch.slice(0, 3));
  pass(twice, batch.slice(0, 3));
  assert.ok(Math.abs(twice.gradientNorm() - 2 * first) < 1e-5 * first);
  once.applyGradients(0.1);
  twice.applyGradients(0.1, 0.5);
  assert.deepEqual(
    [...once.numbers('inner')].map((v) => v.toFixed(5)),
    [...twice.numbers('inner')].map((v) => v.toFixed(5)),
  );
  assert.equal(once.gradientNorm(), 0);
  assert.equal(tf.memory().numTensors, start);
});

test('a restored state goes on bit for bit, moments and momentum copy included', () => {
  const step = (tower: TrainableVectorMlp, follower: ReturnType<TrainableVectorMlp['momentumCopy']>, at: number) => {
    pass(tower, batch.slice(at % 3));
    tower.applyGradients(0.01);
    follower.update(0.9);
  };
  const straight = create(8, ADAMW);
  const copy = straight.momentumCopy();
  for (let at = 0; at < 4; at++) step(straight, copy, at);
  const saved = { tower: copyOf(straight), copy: { copy: (copy.state().copy as Float32Array).slice() } };
  for (let at = 4; at < 9; at++) step(straight, copy, at);
  const resumed = create(8, ADAMW, 77);
  const resumedCopy = resumed.momentumCopy();
  resumed.restore(saved.tower);
  resumedCopy.restore(saved.copy);
  for (let at = 4; at < 9; at++) step(resumed, resumedCopy, at);
  assert.deepEqual(resumed.state(), straight.state());
  assert.deepEqual(resumedCopy.encodePrepared(batch), copy.encodePrepared(batch));
  assert.throws(() => create(null).restore(saved.tower), { code: 'CORRUPT_ARTIFACT' });
  for (const used of [copy, resumedCopy, straight, resumed]) used.dispose();
});

test('the momentum copy follows as v <- m v + (1 - m) w, and no gradient reaches it', () => {
  const tower = shake(create(8));
  const copy = tower.momentumCopy();
  const start = Float64Array.from(tower.numbers('inner'));
  const before = copy.encodePrepared(batch);
  pass(tower);
  tower.applyGradients(0.1);
  assert.deepEqual(copy.encodePrepared(batch), before);
  copy.update(0.75);
  const inner = (copy.state().copy as Float32Array).subarray(0, start.length);
  closeTo(
    inner,
    start.map((v, i) => 0.75 * v + 0.25 * tower.numbers('inner')[i]!),
    1e-7,
  );
  assert.notDeepEqual(copy.encodePrepared(batch), before);
  copy.dispose();
  tower.dispose();
});

test('saved and loaded it embeds alike without a tensor library, one at a time or together', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-vector-mlp-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  for (const dimensions of [null, 8, 64]) {
    const tower = shake(create(dimensions));
    const path = join(dir, String(dimensions));
    await saveVectorMlp(path, tower.shape, (name) => tower.numbers(name));
    const encoder = await loadVectorMlp(path, await readCard(path));
    assert.equal(encoder.dimensions, tower.dimensions);
    const together = encoder.encode(batch);
    closeTo(together, tower.encodePrepared(batch), 1e-6);
    batch.forEach((vector, row) => {
      assert.deepEqual(
        encoder.encode([vector]),
        together.subarray(row * encoder.dimensions, (row + 1) * encoder.dimensions),
      );
    });
    assert.throws(() => encoder.encode([new Float32Array(5)]), { code: 'BAD_INPUT', message: /5 dimensions.*24/ });
    assert.throws(() => encoder.encode([new Float32Array(INPUTS).fill(Number.NaN)]), { code: 'BAD_INPUT' });
    tower.dispose();
  }
});
