import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../src/platform/random.ts';
import { ExactScan } from '../../src/search-index/exact.ts';
import { RowSet } from '../../src/search-index/filter/row-set.ts';
import { planSearch } from '../../src/search-index/planner.ts';
import { VectorIndex } from '../../src/search-index/vector-index.ts';
import { clusteredVectors, rowOf, writeIndex } from './support/vectors.ts';

const D = 32;
const N = 20_000;
const all = clusteredVectors(N + 40, D);
const vectors = all.subarray(0, N * D);
let folder: string;
let index: VectorIndex;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quartet-test-filtered-'));
  await writeIndex(join(folder, 'index'), vectors, D, 16);
  index = await VectorIndex.load(join(folder, 'index'));
});
after(async () => {
  await index.release();
  await rm(folder, { recursive: true, force: true });
});

/** The k best allowed rows by comparing all of them, one after another. */
function naive(query: Float32Array, k: number, allowed: RowSet): number[] {
  const scores = new ExactScan(query, D, N);
  scores.add(vectors, 0);
  return [...(scores.take()[0]?.rows ?? [])].filter((row) => allowed.has(row)).slice(0, k);
}

test('finds 99 % of the ten nearest that pass at any selectivity, and always ten while there are', async () => {
  const random = createRandom(3);
  const strategies = new Map<string, Set<string>>();
  for (const share of [1, 0.9, 0.5, 0.1, 0.01, 0.001, 0.0001]) {
    let found = 0;
    let possible = 0;
    for (let at = 0; at < 40; at++) {
      const allowed = RowSet.of(
        N,
        Array.from({ length: N }, (_, row) => row).filter(() => random.next() < share),
      );
      const query = rowOf(all, D, N + at);
      const { rows, strategy } = await index.search(query, 10, 64, allowed);
      assert.equal(rows.length, Math.min(10, allowed.size));
      assert.ok(rows.every((row) => allowed.has(row)));
      const truth = new Set(naive(query, 10, allowed));
      found += rows.filter((row) => truth.has(row)).length;
      possible += truth.size;
      strategies.set(String(share), (strategies.get(String(share)) ?? new Set()).add(strategy));
    }
    assert.ok(found >= 0.99 * possible, `recall@10 at ${100 * share} % is ${found / possible}`);
  }
  assert.deepEqual([...(strategies.get('0.9') ?? [])], ['hnsw-widened']);
  assert.deepEqual([...(strategies.get('0.5') ?? [])], ['hnsw-filtered']);
  assert.deepEqual([...(strategies.get('0.01') ?? [])], ['exact']);
});

test('finds what passes even where none of it lies near the query', async () => {
  const query = rowOf(all, D, N);
  // The half that is farthest: the graph has to be left for it.
  const ranked = naive(query, N, RowSet.all(N));
  const allowed = RowSet.of(N, ranked.slice(N / 2));
  const { rows } = await index.search(query, 10, 64, allowed);
  const truth = new Set(ranked.slice(N / 2, N / 2 + 10));
  assert.equal(rows.length, 10);
  assert.ok(rows.filter((row) => truth.has(row)).length >= 9);
});

test('an allowed set is never overstepped, whatever its size and k are', async () => {
  const cases = fc.tuple(fc.nat(N), fc.integer({ min: 1, max: 300 }), fc.nat(39), fc.integer({ min: 1, max: 400 }));
  const random = createRandom(9);
  await fc.assert(
    fc.asyncProperty(cases, async ([size, k, at, ef]) => {
      const allowed = RowSet.of(
        N,
        Array.from({ length: size }, () => random.int(N)),
      );
      const { rows, scores } = await index.search(rowOf(all, D, N + at), k, ef, allowed);
      assert.equal(new Set(rows).size, Math.min(k, allowed.size));
      assert.ok(rows.every((row) => allowed.has(row)));
      assert.ok(scores.every((score, rank) => rank === 0 || score <= (scores[rank - 1] as number)));
    }),
    { numRuns: 60 },
  );
  assert.equal((await index.search(rowOf(all, D, N), 10, null, new RowSet(N))).rows.length, 0);
});

test('the plan follows the share of rows that pass', () => {
  const plan = (matched: number | null) => planSearch({ count: 1_000_000, dimensions: 128, matched, k: 10, ef: 128 });
  assert.equal(plan(null).strategy, 'hnsw');
  assert.deepEqual(plan(800_000), { strategy: 'hnsw-widened', ef: 160 });
  assert.deepEqual(plan(500_000), { strategy: 'hnsw-filtered', ef: 128 });
  assert.equal(plan(10_000).strategy, 'exact');
  assert.equal(plan(0).strategy, 'exact');
});
