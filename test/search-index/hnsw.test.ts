import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exactNearest } from '../../src/search-index/exact.ts';
import { buildGraph, clusteredVectors, rowOf } from './support/vectors.ts';

const DIMENSIONS = 32;
const all = clusteredVectors(4_100, DIMENSIONS);
const vectors = all.subarray(0, 4_000 * DIMENSIONS);
const queries = all.subarray(4_000 * DIMENSIONS);

function recallAt10(ef: number): number {
  const graph = buildGraph(vectors, DIMENSIONS);
  let found = 0;
  for (let index = 0; index < 100; index++) {
    const query = rowOf(queries, DIMENSIONS, index);
    const truth = new Set(exactNearest({ vectors, dimensions: DIMENSIONS }, query, 10).rows);
    found += graph.search(query, 10, ef).rows.filter((row) => truth.has(row)).length;
  }
  return found / 1_000;
}

test('finds at least 98 % of the true ten nearest at ef 64, and fewer at ef 10', () => {
  const recall = recallAt10(64);
  assert.ok(recall >= 0.98, `recall@10 is ${recall}`);
  assert.ok(recallAt10(10) < recall);
});

test('scores by cosine, best first, as the exact search does', () => {
  const graph = buildGraph(vectors, DIMENSIONS);
  const query = rowOf(queries, DIMENSIONS, 3);
  const found = graph.search(query, 10, 200);
  const exact = exactNearest({ vectors, dimensions: DIMENSIONS }, query, 10);
  assert.deepEqual([...found.rows], [...exact.rows]);
  for (const [rank, score] of found.scores.entries())
    assert.ok(Math.abs(score - (exact.scores[rank] as number)) < 1e-5);
});

test('survives every call that would end the process inside the library, with a coded error', () => {
  const script = fileURLToPath(new URL('support/hostile-calls.ts', import.meta.url));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  assert.equal(signal, null, stderr);
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), {
    'short query': 'DIMENSION_MISMATCH',
    'long query': 'DIMENSION_MISMATCH',
    'NaN query': 'BAD_INPUT',
    'infinite query': 'BAD_INPUT',
    'zero query': 'BAD_INPUT',
    'query of norm 2': 'BAD_INPUT',
    'k of 0': 'BAD_INPUT',
    'k of -1': 'BAD_INPUT',
    'k of 2.5': 'BAD_INPUT',
    'k of NaN': 'BAD_INPUT',
    'ef of 0': 'BAD_INPUT',
    'NaN point': 'BAD_INPUT',
    'point of other width': 'DIMENSION_MISMATCH',
    'one point too many': 'RangeError',
    'more memory than there is': 'RETRY_LATER',
    'missing file': 'CORRUPT_ARTIFACT',
    'full disk': 'DISK_FULL',
    'k beyond count': '5 rows',
    'empty index': '0 rows',
  });
});
