import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exactNearest } from '../../src/search-index/exact.ts';
import { RowSet } from '../../src/search-index/filter/row-set.ts';
import { footprint } from '../../src/search-index/footprint.ts';
import { VECTORS_FILE } from '../../src/search-index/index-card.ts';
import { VectorIndex } from '../../src/search-index/vector-index.ts';
import { clusteredVectors, rowOf, writeIndex } from './support/vectors.ts';

const D = 64;
const N = 6_000;
const vectors = clusteredVectors(N, D);
const rows = { vectors, dimensions: D };
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quartet-test-int8-'));
  await writeIndex(join(folder, 'index'), vectors, D, 16, 'int8');
});
after(() => rm(folder, { recursive: true, force: true }));

test('finds with int8 what float32 finds, and scores it as float32 does', async () => {
  const index = await VectorIndex.load(join(folder, 'index'));
  let right = 0;
  const queries = Array.from({ length: 100 }, (_, at) => 59 * at);
  for (const row of queries) {
    const query = rowOf(vectors, D, row);
    const truth = exactNearest(rows, query, 10);
    const found = await index.search(query, 10, 200);
    assert.equal(found.strategy, 'hnsw');
    assert.equal(found.rows[0], row);
    right += [...found.rows].filter((one) => truth.rows.includes(one)).length;
    for (const [at, one] of found.rows.entries()) {
      const other = rowOf(vectors, D, one);
      const cosine = query.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
      assert.ok(Math.abs((found.scores[at] as number) - cosine) < 1e-5, 'an int8 score differs by more');
    }
  }
  assert.ok(right >= 990, `${right} of 1000`);
  assert.deepEqual(index.vector(7), rowOf(vectors, D, 7).slice());
  const [int8, float32] = (['int8', 'float32'] as const).map(
    (storage) => footprint({ count: 1e6, dimensions: 768, m: 16, storage }).memory,
  );
  assert.ok((int8 as number) < 0.4 * (float32 as number), `${int8} and ${float32} bytes`);
  await index.release();
});

test('is exact where that is asked for, among all, many and few', async () => {
  const index = await VectorIndex.load(join(folder, 'index'));
  const set = (share: number) =>
    RowSet.of(
      N,
      Array.from({ length: N / share }, (_, at) => share * at),
    );
  for (const allowed of [null, set(2), set(100)]) {
    const query = rowOf(vectors, D, 33);
    const all = exactNearest(rows, query, N);
    const truth = [...all.rows].filter((row) => allowed === null || allowed.has(row)).slice(0, 30);
    assert.deepEqual([...(await index.searchExactly(query, 30, allowed)).rows], truth);
    const filtered = await index.search(query, 5, 300, allowed);
    assert.deepEqual([...filtered.rows], truth.slice(0, 5));
  }
  assert.equal((await index.search(rowOf(vectors, D, 1), 10_000, null)).rows.length, N);
  await index.release();
});

test('answers many queries as it answers each', async () => {
  const index = await VectorIndex.load(join(folder, 'index'));
  const together = await index.searchMany(vectors.subarray(0, 40 * D), 7, 100);
  for (const [at, answer] of together.entries()) {
    assert.deepEqual([...answer.rows], [...(await index.search(rowOf(vectors, D, at), 7, 100)).rows]);
  }
  await index.release();
});

test('refuses vectors on disk that are not those it was built of, when loaded and after', async () => {
  const dir = join(folder, 'damaged');
  await writeIndex(dir, vectors, D, 16, 'int8');
  const index = await VectorIndex.load(dir);
  await truncate(join(dir, VECTORS_FILE), 400);
  const query = rowOf(vectors, D, 4_000);
  await assert.rejects(index.search(query, 10, 100), { code: 'CORRUPT_ARTIFACT', message: /ends at byte/ });
  await assert.rejects(index.searchExactly(query, 10), { code: 'CORRUPT_ARTIFACT' });
  await writeFile(join(dir, VECTORS_FILE), new Uint8Array(4 * N * D));
  await assert.rejects(index.search(query, 10, 100), { code: 'CORRUPT_ARTIFACT', message: /holds no vector/ });
  await assert.rejects(VectorIndex.load(dir), { code: 'CORRUPT_ARTIFACT', message: /checksum/ });
  await index.release();
});
