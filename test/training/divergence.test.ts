import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDivergence, watchDivergence } from '../../src/training/divergence.ts';

function watch(losses: readonly number[], gradientNorm = 1) {
  let state = startDivergence();
  losses.forEach((loss, i) => {
    state = watchDivergence(state, { step: i + 1, loss, gradientNorm, learningRate: 0.1, batchSize: 64 });
  });
}

test('lets a run be that jumps about, or rises from a low start to what guessing gives', () => {
  watch(Array.from({ length: 300 }, (_, i) => 4 - i / 100 + (i % 37 === 0 ? 20 : 0)));
  watch(Array.from({ length: 300 }, (_, i) => Math.min(4, 0.01 + i / 50)));
});

test('stops one whose loss stays far above its start, with the step', () => {
  const losses = Array.from({ length: 200 }, (_, i) => 4 + i / 2);
  assert.throws(() => watch(losses), {
    code: 'TRAINING_DIVERGED',
    message: /step \d+: the loss is about .* learning rate \(0\.100/,
  });
});

test('stops at a gradient that is no number though the loss is one', () => {
  assert.throws(() => watch([4, 4], Number.POSITIVE_INFINITY), { message: /step 1: the gradient's norm is Infinity/ });
});
