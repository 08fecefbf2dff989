import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropNumbers } from '../../../src/encoders/vector-mlp/drop-numbers.ts';
import { createRandom } from '../../../src/platform/random.ts';

test('leaves out one number of ten, and lets the others make up for it', () => {
  const vector = Float32Array.from({ length: 2_000 }, (_, i) => i + 1);
  const view = dropNumbers(vector, createRandom(1));
  const dropped = view.filter((number) => number === 0).length;
  // Binomial(2000, 0.1): standard deviation 13.4.
  assert.ok(dropped > 130 && dropped < 270, `${dropped} left out`);
  for (const [i, number] of view.entries()) {
    if (number !== 0) assert.equal(number, Math.fround((i + 1) / 0.9));
  }
  assert.notDeepEqual(dropNumbers(vector, createRandom(2)), view);
  assert.deepEqual(dropNumbers(vector, createRandom(1)), view);
});

test('never leaves out everything', () => {
  const single = Float32Array.of(0, 0, 3, 0);
  for (let seed = 0; seed < 60; seed++) assert.ok(dropNumbers(single, createRandom(seed)).some((number) => number > 0));
});
