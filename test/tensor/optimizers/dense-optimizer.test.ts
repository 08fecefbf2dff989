import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OptimizerSpec } from '../../../src/domain/training.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { createDenseOptimizer } from '../../../src/tensor/optimizers/dense-optimizer.ts';
import { PlainOptimizer } from '../../../src/tensor/optimizers/plain.ts';

const BLOCKS = [
  { name: 'matrix', length: 24, decays: true },
  // Not a multiple of four, so that padding lies between the blocks.
  { name: 'bias', length: 5, decays: false },
  { name: 'last', length: 3, decays: true },
];
const SPECS: readonly OptimizerSpec[] = [
  { name: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  { name: 'sgd', weightDecay: 0.1, momentum: 0.9 },
];

for (const spec of SPECS) {
  test(`${spec.name} follows the paper's algorithm over 100 steps of changing rate and clipping`, () => {
    const random = createRandom(1);
    const optimizer = createDenseOptimizer(spec, BLOCKS);
    const twins = BLOCKS.map(({ name, length, decays }) => {
      const view = optimizer.parametersOf(name);
      view.set(view.map(() => random.normal()));
      return { name, decays, plain: new PlainOptimizer(spec, length), parameters: Float64Array.from(view) };
    });
    for (let step = 0; step < 100; step++) {
      const learningRate = 0.01 * (1 + (step % 7));
      const scale = step % 3 === 0 ? 0.25 : 1;
      let squares = 0;
      for (const { name, decays, plain, parameters } of twins) {
        const gradients = optimizer.gradientsOf(name);
        gradients.set(gradients.map(() => random.normal()));
        for (const g of gradients) squares += g * g;
        plain.step(
          parameters,
          gradients.map((g) => g * scale),
          learningRate,
          () => decays,
        );
      }
      assert.ok(Math.abs(optimizer.gradientNorm() - Math.sqrt(squares)) < 1e-9);
      optimizer.step(learningRate, scale);
      assert.equal(optimizer.gradientNorm(), 0);
    }
    for (const { name, parameters } of twins) {
      const found = optimizer.parametersOf(name);
      for (const [i, expected] of parameters.entries()) {
        assert.ok(Math.abs((found[i] as number) - expected) < 1e-5, `${name} ${i}: ${found[i]} is not ${expected}`);
      }
    }
  });

  test(`${spec.name} goes on from its state bit for bit`, () => {
    const run = (resumeAt: number | null) => {
      const random = createRandom(2);
      let optimizer = createDenseOptimizer(spec, BLOCKS);
      for (let step = 0; step < 20; step++) {
        if (step === resumeAt) {
          const saved = structuredClone(optimizer.state());
          optimizer = createDenseOptimizer(spec, BLOCKS);
          optimizer.restore(saved);
        }
        optimizer.gradients.set(optimizer.gradients.map(() => random.normal()));
        optimizer.step(0.01);
      }
      return optimizer.parameters;
    };
    assert.deepEqual(run(11), run(null));
  });
}

test('refuses the state of another optimizer or of other parameters', () => {
  const [adam, sgd] = SPECS.map((spec) => createDenseOptimizer(spec, BLOCKS));
  assert.throws(() => adam?.restore(sgd?.state() ?? {}), { code: 'CORRUPT_ARTIFACT' });
  const smaller = createDenseOptimizer(SPECS[0] as OptimizerSpec, BLOCKS.slice(1));
  assert.throws(() => smaller.restore(adam?.state() ?? {}), { code: 'CORRUPT_ARTIFACT' });
});
