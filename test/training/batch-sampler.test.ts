import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../src/platform/random.ts';
import { createBatchSampler } from '../../src/training/batch-sampler.ts';

interface Pairs {
  queryRows: Int32Array;
  itemRows: Int32Array;
}

/** Queries with one item each, items drawn so that each occurs `perItem` times. */
function pairsOf(count: number, perItem: number): Pairs {
  const itemRows = Int32Array.from({ length: count }, (_, i) => Math.floor(i / perItem));
  return { queryRows: Int32Array.from({ length: count }, (_, i) => i), itemRows };
}

function epoch(pairs: Pairs, batchSize: number, seed: number, number = 0): number[][] {
  const sampler = createBatchSampler(pairs, batchSize, seed);
  const { batchesPerEpoch } = sampler;
  return Array.from({ length: batchesPerEpoch }, (_, b) => [...sampler.batch(number * batchesPerEpoch + b)]);
}

function duplicates(pairs: Pairs, batches: number[][]): number {
  let found = 0;
  for (const batch of batches) {
    found += batch.length - new Set(batch.map((pair) => pairs.itemRows[pair])).size;
    found += batch.length - new Set(batch.map((pair) => pairs.queryRows[pair])).size;
  }
  return found;
}

test('shows every pair once an epoch, in batches that differ by at most one pair', () => {
  const scenario = fc.record({
    rows: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 200 }),
    batchSize: fc.integer({ min: 1, max: 250 }),
    seed: fc.nat(2 ** 31 - 1),
  });
  fc.assert(
    fc.property(scenario, ({ rows, batchSize, seed }) => {
      const pairs = { queryRows: Int32Array.from(rows, ([q]) => q), itemRows: Int32Array.from(rows, ([, i]) => i) };
      const batches = epoch(pairs, batchSize, seed, seed % 3);
      assert.deepEqual(
        batches.flat().sort((a, b) => a - b),
        [...rows.keys()],
      );
      const sizes = batches.map((batch) => batch.length);
      assert.ok(Math.max(...sizes) <= batchSize);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }),
  );
});

test('keeps an item from standing twice in a batch, even when it has as many pairs as there are batches', () => {
  assert.equal(duplicates(pairsOf(1_000, 2), epoch(pairsOf(1_000, 2), 64, 1)), 0);
  // 10 batches, every item in each of them exactly once: only trading places gets there.
  const tight = pairsOf(1_000, 10);
  const random = createRandom(5);
  random.shuffle(tight.itemRows);
  for (let seed = 0; seed < 5; seed++) assert.ok(duplicates(tight, epoch(tight, 100, seed)) <= 20);
  const looser = pairsOf(1_000, 7);
  for (let seed = 0; seed < 5; seed++) assert.equal(duplicates(looser, epoch(looser, 100, seed)), 0);
});

test('a shuffle alone would have put items twice into a batch', () => {
  const pairs = pairsOf(1_000, 7);
  const order = createRandom(1).shuffle(Int32Array.from({ length: 1_000 }, (_, i) => i));
  const batches = Array.from({ length: 10 }, (_, b) => [...order.subarray(b * 100, (b + 1) * 100)]);
  assert.ok(duplicates(pairs, batches) > 100);
});

test('spreads what cannot be kept apart and still shows every pair', () => {
  // One item has half of all pairs.
  const pairs = {
    queryRows: Int32Array.from({ length: 400 }, (_, i) => i),
    itemRows: Int32Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0 : i)),
  };
  const batches = epoch(pairs, 50, 1);
  assert.equal(new Set(batches.flat()).size, 400);
  assert.deepEqual(
    batches.map((batch) => batch.length),
    Array(8).fill(50),
  );
});

test('is the same for one seed, another for another seed or epoch, whichever step is asked for first', () => {
  const pairs = pairsOf(300, 2);
  assert.deepEqual(epoch(pairs, 32, 7), epoch(pairs, 32, 7));
  assert.notDeepEqual(epoch(pairs, 32, 7), epoch(pairs, 32, 8));
  assert.notDeepEqual(epoch(pairs, 32, 7, 0), epoch(pairs, 32, 7, 1));
  const inOrder = createBatchSampler(pairs, 32, 7);
  for (let step = 0; step < 25; step++) inOrder.batch(step);
  assert.deepEqual(createBatchSampler(pairs, 32, 7).batch(25), inOrder.batch(25));
});

test('makes one batch of data smaller than the batch size', () => {
  const batches = epoch(pairsOf(5, 1), 512, 1);
  assert.equal(batches.length, 1);
  assert.deepEqual(batches[0]?.sort(), [0, 1, 2, 3, 4]);
});
