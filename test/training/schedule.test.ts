import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learningRateAt } from '../../src/training/schedule.ts';

const curve = (schedule: 'cosine' | 'linear' | 'constant', warmupFraction: number) =>
  Array.from({ length: 10 }, (_, step) => learningRateAt({ learningRate: 2, warmupFraction, schedule }, step, 10));

test('warms up in equal steps and reaches the peak on the last of them', () => {
  assert.deepEqual(curve('constant', 0.4), [0.5, 1, 1.5, 2, 2, 2, 2, 2, 2, 2]);
  assert.deepEqual(curve('constant', 0), Array(10).fill(2));
});

test('falls in a straight line to where the step after the last would be zero', () => {
  const rates = curve('linear', 0.1);
  assert.equal(rates[0], 2);
  for (let step = 1; step < 10; step++) assert.ok(Math.abs((rates[step] as number) - (2 * (10 - step)) / 10) < 1e-12);
});

test('falls along half a cosine', () => {
  const rates = curve('cosine', 0.1);
  assert.equal(rates[0], 2);
  assert.ok(Math.abs((rates[5] as number) - 1) < 1e-12);
  assert.ok(rates.every((rate, step) => step === 0 || rate < (rates[step - 1] as number)));
  assert.ok((rates[9] as number) > 0);
});
