import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExactScan, exactNearest, exactNearestInTurns } from '../../src/search-index/exact.ts';
import { Nearest } from '../../src/search-index/nearest.ts';
import { clusteredVectors, rowOf } from './support/vectors.ts';

test('keeps the k best of any stream, of equal scores the lower rows, never NaN', () => {
  const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN), fc.double({ min: -1, max: 1 }));
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 0, max: 12 }), (scores, k) => {
      const nearest = new Nearest(k);
      for (const [row, value] of scores.entries()) nearest.offer(row, value);
      const expected = scores
        .map((value, row) => ({ row, value: Math.fround(value) }))
        .filter(({ value }) => !Number.isNaN(value))
        .sort((a, b) => b.value - a.value || a.row - b.row)
        .slice(0, k);
      const { rows, scores: kept } = nearest.take();
      assert.deepEqual(
        [...rows],
        expected.map(({ row }) => row),
      );
      assert.deepEqual(
        [...kept].map((value) => value + 0),
        expected.map(({ value }) => value + 0),
      );
    }),
  );
});

test('finds what sorting all float64 cosines finds, for widths that are no multiple of four too', () => {
  for (const dimensions of [1, 7, 32]) {
    const vectors = clusteredVectors(300, dimensions, dimensions);
    const query = rowOf(clusteredVectors(1, dimensions, 99), dimensions, 0);
    const cosines = Array.from({ length: 300 }, (_, row) =>
      rowOf(vectors, dimensions, row).reduce((sum, value, i) => sum + value * (query[i] as number), 0),
    );
    const expected = [...cosines].sort((a, b) => b - a).slice(0, 10);
    const found = exactNearest({ vectors, dimensions }, query, 10);
    for (const [rank, score] of found.scores.entries()) {
      assert.ok(Math.abs(score - (expected[rank] as number)) < 1e-6);
      assert.ok(Math.abs(score - (cosines[found.rows[rank] as number] as number)) < 1e-6);
    }
    assert.equal(new Set(found.rows).size, 10);
  }
});

test('gives the same answer in turns, in blocks and for many queries at once', async () => {
  const dimensions = 48;
  const rows = { vectors: clusteredVectors(3_000, dimensions), dimensions };
  const queries = clusteredVectors(7, dimensions, 5);
  const scan = new ExactScan(queries, dimensions, 20);
  for (let from = 0; from < 3_000; from += 700) {
    scan.add(rows.vectors.subarray(from * dimensions, (from + 700) * dimensions), from);
  }
  for (const [index, found] of scan.take().entries()) {
    const query = rowOf(queries, dimensions, index);
    assert.deepEqual([...found.rows], [...exactNearest(rows, query, 20).rows]);
    assert.deepEqual([...(await exactNearestInTurns(rows, query, 20)).rows], [...found.rows]);
  }
});

test('returns every row once when k is beyond their number', () => {
  const vectors = clusteredVectors(5, 8);
  const { rows } = exactNearest({ vectors, dimensions: 8 }, rowOf(vectors, 8, 2), 1_000);
  assert.equal(rows[0], 2);
  assert.deepEqual([...rows].sort(), [0, 1, 2, 3, 4]);
});
