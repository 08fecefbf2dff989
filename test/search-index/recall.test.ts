import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { measureRecall } from '../../src/search-index/measure-recall.ts';
import type { Neighbours } from '../../src/search-index/nearest.ts';
import { chooseSample, recallOf } from '../../src/search-index/recall.ts';
import { VectorIndex } from '../../src/search-index/vector-index.ts';
import { clusteredVectors, writeIndex } from './support/vectors.ts';

const answer = (rows: number[], scores: number[]): Neighbours => ({
  rows: Int32Array.from(rows),
  scores: Float32Array.from(scores),
});
const searched = Int32Array.of(7);
const truth = [answer([7, 1, 2], [1, 0.9, 0.8])];

test('counts the share of the truly nearest that was found, the row itself passed over', () => {
  const recall = (rows: number[], scores: number[]) =>
    recallOf({ rows: searched, truth, answers: [answer(rows, scores)], k: 2 });
  assert.equal(recall([7, 1, 2], [1, 0.9, 0.8]), 1);
  assert.equal(recall([7, 1, 5], [1, 0.9, 0.7]), 0.5);
  assert.equal(recall([7, 5, 6], [1, 0.7, 0.6]), 0);
  assert.equal(recall([1, 2], [0.9, 0.8]), 1);
  assert.equal(recall([7], [1]), 0);
});

test('a row as near as the k-th nearest is as good as it', () => {
  assert.equal(recallOf({ rows: searched, truth, answers: [answer([7, 1, 9], [1, 0.9, 0.8])], k: 2 }), 1);
});

test('a query that is no row has nothing to be passed over', () => {
  const queried = Int32Array.of(-1);
  assert.equal(recallOf({ rows: queried, truth, answers: [answer([7, 1, 2], [1, 0.9, 0.8])], k: 2 }), 1);
  assert.equal(recallOf({ rows: queried, truth, answers: [answer([1, 2], [0.9, 0.8])], k: 2 }), 0.5);
});

test('is null for an item without any other', () => {
  const alone = [answer([7], [1])];
  assert.equal(recallOf({ rows: searched, truth: alone, answers: alone, k: 2 }), null);
});

test('draws at most 200 different rows, the same for the same seed', () => {
  const drawn = chooseSample(5_000, 3);
  assert.equal(new Set(drawn).size, 200);
  assert.ok(drawn.every((row) => row >= 0 && row < 5_000));
  assert.deepEqual(drawn, chooseSample(5_000, 3));
  assert.notDeepEqual(drawn, chooseSample(5_000, 4));
  assert.deepEqual([...chooseSample(3, 1)], [0, 1, 2]);
});

test('measures an index against exact search: more candidates find more, all of them find all', async (t) => {
  const dimensions = 48;
  const folder = await mkdtemp(join(tmpdir(), 'quartet-test-recall-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeIndex(join(folder, 'index'), clusteredVectors(8_000, dimensions), dimensions, 4);
  const index = await VectorIndex.load(join(folder, 'index'));
  const few = await measureRecall(index, { sample: 60, k: 10, ef: 11, seed: 1 });
  const many = await measureRecall(index, { sample: 60, k: 10, ef: 400, seed: 1 });
  assert.deepEqual([few.searches, few.strategy, few.ef], [60, 'hnsw', 11]);
  assert.ok((few.recall as number) < (many.recall as number), `${few.recall} and ${many.recall}`);
  assert.ok((many.recall as number) > 0.95, `recall ${many.recall}`);
  const all = await measureRecall(index, { sample: 5, k: 10, ef: 5_000, seed: 1 });
  assert.deepEqual([all.recall, all.strategy], [1, 'exact']);
  await index.release();
});
