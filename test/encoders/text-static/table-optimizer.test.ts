import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OptimizerSpec } from '../../../src/domain/training.ts';
import { createTextStatic, type TrainableTextStatic } from '../../../src/encoders/text-static/trainable.ts';
import { learnVocabulary } from '../../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { type BackendChoice, loadTensors } from '../../../src/tensor/backend.ts';
import { PlainOptimizer } from '../../../src/tensor/optimizers/plain.ts';

const tensors = await loadTensors((process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice);
const D = 8;
const SPEC = { kind: 'text-static', dimensions: D, vocabularySize: 256, maxTokens: 32 } as const;
const TEXTS = ['green apples fall', 'apples and pears', 'pears fall late', 'green and late', 'nobody reads this'];
const vocabulary = learnVocabulary([...TEXTS, ...TEXTS], SPEC);
const DESCENT: OptimizerSpec = { name: 'sgd', momentum: 0, weightDecay: 0 };
const SPECS: readonly OptimizerSpec[] = [
  { name: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  { name: 'sgd', weightDecay: 0.1, momentum: 0.9 },
];

function create(spec: OptimizerSpec): TrainableTextStatic {
  return createTextStatic(SPEC, vocabulary, createRandom(5), tensors, spec);
}

/** One backward pass of step `step`: always other texts, never the last one, and another gradient. */
function accumulate(encoder: TrainableTextStatic, step: number): void {
  const random = createRandom(100 + step);
  const texts = [TEXTS[step % 4], TEXTS[(step + 1) % 4]] as string[];
  const forward = encoder.forward(texts.map((text) => encoder.prepare(text)));
  const gradient = tensors.tf.tensor2d(
    Float32Array.from({ length: 2 * D }, () => random.normal()),
    [2, D],
  );
  forward.backward(gradient);
  tensors.tf.dispose(gradient);
  forward.dispose();
}

/** The gradient of step `step` at the weights of `encoder`: what a step of plain descent of length 1 takes off a twin. */
function gradientOf(encoder: TrainableTextStatic, step: number): Float32Array {
  const twin = create(DESCENT);
  twin.vectors().set(encoder.vectors());
  accumulate(twin, step);
  twin.applyGradients(1);
  return encoder.vectors().map((weight, i) => weight - (twin.vectors()[i] as number));
}

for (const spec of SPECS) {
  test(`${spec.name} takes each row through the paper's steps, those that do not touch it left out`, () => {
    const encoder = create(spec);
    const rows = encoder.vectors().length / D;
    const plain = Array.from({ length: rows }, () => new PlainOptimizer(spec, D));
    const expected = Float64Array.from(encoder.vectors());
    for (let step = 0; step < 30; step++) {
      const gradient = gradientOf(encoder, step);
      const scale = step % 3 === 0 ? 0.5 : 1;
      for (const [row, optimizer] of plain.entries()) {
        const own = gradient.subarray(row * D, (row + 1) * D);
        if (own.every((g) => g === 0)) continue;
        optimizer.step(
          expected.subarray(row * D, (row + 1) * D),
          own.map((g) => scale * g),
          0.02,
          () => true,
        );
      }
      accumulate(encoder, step);
      const norm = encoder.gradientNorm();
      assert.ok(Math.abs(norm - Math.hypot(...gradient)) < 1e-4 * norm);
      assert.ok(Math.abs(encoder.applyGradients(0.02, scale) - norm) < 1e-5 * norm);
      assert.equal(encoder.gradientNorm(), 0);
    }
    const untouched = create(spec).vectors();
    let resting = 0;
    for (const [i, weight] of encoder.vectors().entries()) {
      if (weight === untouched[i]) resting++;
      assert.ok(Math.abs(weight - (expected[i] as number)) < 2e-3, `${i}: ${weight} is not ${expected[i]}`);
    }
    assert.ok(resting > D && resting < rows * D, `${resting} of ${rows * D} numbers rest`);
  });

  test(`${spec.name} goes on from its state bit for bit, which another optimizer refuses`, () => {
    const whole = create(spec);
    for (let step = 0; step < 20; step++) {
      accumulate(whole, step);
      whole.applyGradients(0.05);
    }
    let part = create(spec);
    for (let step = 0; step < 20; step++) {
      if (step === 9) {
        const saved = structuredClone(part.state());
        part = create(spec);
        part.restore(saved);
      }
      accumulate(part, step);
      part.applyGradients(0.05);
    }
    assert.deepEqual(part.vectors(), whole.vectors());
    const other = create(SPECS.find(({ name }) => name !== spec.name) as OptimizerSpec);
    assert.throws(() => other.restore(whole.state()), { code: 'CORRUPT_ARTIFACT' });
  });
}
