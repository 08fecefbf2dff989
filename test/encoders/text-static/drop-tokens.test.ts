import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropTokens } from '../../../src/encoders/text-static/drop-tokens.ts';
import { createRandom } from '../../../src/platform/random.ts';

test('leaves out some rows of a bag and keeps the weights of the others', () => {
  const n = 1_000;
  const prepared = Int32Array.from({ length: 2 * n }, (_, i) => (i < n ? i : 5_000 + (i - n)));
  const view = dropTokens(prepared, createRandom(1));
  const kept = view.length / 2;
  // Binomial(1000, 0.7): standard deviation 14.5.
  assert.ok(kept > 630 && kept < 770, `${kept} kept`);
  for (let i = 0; i < kept; i++) assert.equal(view[kept + i], 5_000 + (view[i] as number));
  assert.equal(new Set(view.subarray(0, kept)).size, kept);
  assert.notDeepEqual(dropTokens(prepared, createRandom(2)), view);
  assert.deepEqual(dropTokens(prepared, createRandom(1)), view);
});

test('never leaves out everything, and has nothing to leave out of nothing', () => {
  for (let seed = 0; seed < 50; seed++) assert.equal(dropTokens(Int32Array.of(3, 9), createRandom(seed)).length, 2);
  assert.equal(dropTokens(new Int32Array(0), createRandom(1)).length, 0);
});
