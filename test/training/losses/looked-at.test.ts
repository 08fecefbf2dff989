import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookedAt } from '../../../src/training/losses/looked-at.ts';

const WIDTH = 2;
const table = (rows: number) => Float32Array.from({ length: rows * WIDTH }, (_, i) => i);
const rowOf = (keys: Float32Array, row: number) => Array.from(keys.subarray(row * WIDTH, (row + 1) * WIDTH));

test('few rows of a large table are kept, once each, and every candidate finds its own', () => {
  const keys = table(100);
  const candidates = Int32Array.of(7, 0, 99, 7, 50, 0, 99);
  const seen = lookedAt(keys, candidates, WIDTH);
  assert.equal(seen.keys.length, 4 * WIDTH);
  for (const [i, row] of candidates.entries()) {
    assert.deepEqual(rowOf(seen.keys, seen.candidates[i] as number), rowOf(keys, row), `candidate ${i}`);
  }
});

test('a table of which most is looked at stays as it is, however often a row is named', () => {
  const keys = table(6);
  const candidates = Int32Array.of(0, 1, 2, 3, 3, 3, 3);
  const seen = lookedAt(keys, candidates, WIDTH);
  assert.equal(seen.keys, keys);
  assert.equal(seen.candidates, candidates);
});
