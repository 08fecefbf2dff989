import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TopK } from '../../src/evaluation/top-k.ts';

test('finds what a full sort finds, ties by lower row, whatever the blocks and their order', () => {
  const scenario = fc.record({
    // Few distinct values, so that ties are common.
    scores: fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 24, maxLength: 24 }), {
      minLength: 1,
      maxLength: 4,
    }),
    k: fc.integer({ min: 1, max: 30 }),
    block: fc.integer({ min: 1, max: 24 }),
    backwards: fc.boolean(),
  });
  fc.assert(
    fc.property(scenario, ({ scores, k, block, backwards }) => {
      const top = new TopK(scores.length, k);
      const starts = Array.from({ length: Math.ceil(24 / block) }, (_, i) => i * block);
      for (const start of backwards ? starts.reverse() : starts) {
        const n = Math.min(block, 24 - start);
        top.add(Float32Array.from(scores.flatMap((row) => row.slice(start, start + n))), n, 0, start);
      }
      const expected = scores.flatMap((row) => {
        const order = row.map((score, item) => ({ score, item })).sort((a, b) => b.score - a.score || a.item - b.item);
        return Array.from({ length: k }, (_, i) => order[i]?.item ?? -1);
      });
      assert.deepEqual([...top.ranked()], expected);
    }),
    { numRuns: 300 },
  );
});

test('passes over NaN scores', () => {
  const top = new TopK(1, 3);
  top.add(Float32Array.from([Number.NaN, 0.5, Number.NaN, 0.7]), 4, 0, 0);
  assert.deepEqual([...top.ranked()], [3, 1, -1]);
});
