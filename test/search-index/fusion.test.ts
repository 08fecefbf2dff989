import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../src/platform/random.ts';
import { cosine, diverse } from '../../src/search-index/diversity.ts';
import { fuse } from '../../src/search-index/fusion.ts';

test('reciprocal rank fusion gives the sums of the formula', () => {
  const vector = { ids: [7, 3, 5], scores: [0.9, 0.8, 0.7] };
  const lexical = { ids: [5, 9], scores: [12, 3] };
  const fused = fuse(vector, lexical, { kind: 'rrf', k: 60 });
  assert.deepEqual(
    fused.map(({ id }) => id),
    [5, 7, 3, 9],
  );
  assert.deepEqual(
    fused.map(({ score }) => score),
    [1 / 63 + 1 / 61, 1 / 61, 1 / 62, 1 / 62],
  );
  assert.deepEqual(
    fused.map(({ vectorRank, lexicalRank }) => [vectorRank, lexicalRank]),
    [
      [3, 1],
      [1, null],
      [2, null],
      [null, 2],
    ],
  );
});

test('weighted fusion scales each list to 0..1, and at its ends is one list alone', () => {
  const vector = { ids: [1, 2, 3], scores: [0.9, 0.5, 0.1] };
  const lexical = { ids: [3, 4], scores: [10, 2] };
  const order = (weight: number) =>
    fuse(vector, lexical, { kind: 'weighted', weight }).map(({ id, score }) => [id, score]);
  assert.deepEqual(order(1).slice(0, 2), [
    [1, 1],
    [2, 0.5],
  ]);
  assert.deepEqual(order(0)[0], [3, 1]);
  assert.deepEqual(order(0.4)[0], [3, 0.6]);
  assert.deepEqual(fuse({ ids: [1], scores: [0.3] }, { ids: [], scores: [] }, { kind: 'weighted', weight: 0.5 }), [
    { id: 1, score: 0.5, vectorRank: 1, lexicalRank: null },
  ]);
});

test('diversity picks what the formula picks, one by one', () => {
  const random = createRandom(3);
  const unit = () => {
    const vector = Float32Array.from({ length: 8 }, () => random.normal());
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  };
  for (const lambda of [0, 0.3, 0.7, 1]) {
    const query = unit();
    const pool = Array.from({ length: 30 }, unit)
      .map((vector) => ({ vector, score: cosine(query, vector) }))
      .sort((a, b) => b.score - a.score);
    const naive: number[] = [];
    while (naive.length < 10) {
      const values = pool.map(({ vector, score }, at) => {
        if (naive.includes(at)) return Number.NEGATIVE_INFINITY;
        const likest = Math.max(...naive.map((other) => cosine(vector, pool[other]?.vector as Float32Array)));
        return lambda * score - (1 - lambda) * (naive.length === 0 ? 0 : likest);
      });
      naive.push(values.indexOf(Math.max(...values)));
    }
    assert.deepEqual(diverse(pool, 10, lambda), naive, `lambda ${lambda}`);
    if (lambda === 1) assert.deepEqual(naive, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});
