import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { MAP_SETTINGS, type MapSettings } from '../../src/domain/embedding-map.ts';
import type { IndexId, MapId } from '../../src/domain/ids.ts';
import { createMapIndexHandler } from '../../src/jobs/handlers/map-index.ts';
import { EmbeddingMapsService } from '../../src/services/embedding-maps.ts';
import { MapExecutionsService } from '../../src/services/map-executions.ts';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from '../services/search-fixtures.ts';
import { openQueue, REAL_CHILD_ENTRY, worker } from './harness.ts';
import { childrenOf, until } from './processes.ts';

const SETTINGS: MapSettings = {
  method: 'umap',
  sample: 150,
  seed: MAP_SETTINGS.seed.default,
  neighbors: 10,
  minDistance: MAP_SETTINGS.minDistance.default,
};

/** A searching house with an index of so many items, and a worker whose children are the real ones. */
async function setUp(t: TestContext, count: number) {
  const house = await openHouse(t);
  const { db, artifacts, dataDir } = house;
  const texts = sentences(count);
  const { id: datasetId } = await addDataset(db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId, encoderId });
  const queue = await openQueue(t, db);
  const maps = new EmbeddingMapsService({ db, enqueue: queue.enqueue });
  const handlers = { 'map-index': createMapIndexHandler({ executions: new MapExecutionsService({ db, artifacts }) }) };
  const startWork = () =>
    worker(t, { db, queue, workRoot: join(dataDir, 'work'), childEntry: REAL_CHILD_ENTRY, handlers });
  const get = async (id: MapId) => (await maps.getMany([id]))[0] ?? assert.fail('it is gone');
  const finished = async (id: MapId) => {
    await until(async () => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes((await get(id)).status), 60_000);
    return await get(id);
  };
  const all = async (id: MapId) => (await maps.points(id, { first: 5_000 })).rows;
  return { house, datasetId, indexId, maps, startWork, get, finished, all };
}

test('a map is drawn in a child process, the same for the same seed, and read page by page', async (t) => {
  const { house, datasetId, indexId, maps, startWork, finished, all } = await setUp(t, 200);
  startWork();
  const [first, again, flat] = await Promise.all([
    maps.start(indexId, SETTINGS),
    maps.start(indexId, SETTINGS),
    maps.start(indexId, { ...SETTINGS, method: 'pca', sample: 1_000 }),
  ]);
  const drawn = await finished(first);
  assert.deepEqual(
    [drawn.status, drawn.count, drawn.items, drawn.generation, drawn.explainedVariance],
    ['SUCCEEDED', 150, 200, 1, []],
  );
  assert.ok(
    (drawn.trustworthiness as number) > 0.7 && (drawn.trustworthiness as number) <= 1,
    String(drawn.trustworthiness),
  );
  await Promise.all([again, flat].map(finished));
  const points = await all(first);
  assert.equal(points.length, 150);
  assert.deepEqual(await all(again), points);
  assert.ok(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));

  const pca = await finished(flat);
  const [along, across] = pca.explainedVariance as [number, number];
  assert.ok(along >= across && across > 0 && along + across <= 1, `${along} ${across}`);
  assert.equal(pca.count, 200);
  // The variance of the coordinates has the ratio that the shares tell.
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const flatPoints = await all(flat);
  const ratio = spread(flatPoints.map(({ x }) => x)) / spread(flatPoints.map(({ y }) => y));
  assert.ok(Math.abs(ratio / (along / across) - 1) < 1e-3, `${ratio}, not ${along / across}`);

  const page = await maps.points(first, { first: 100 });
  const rest = await maps.points(first, { first: 100, after: page.rows.at(-1)?.itemId as never });
  assert.deepEqual([page.hasNextPage, rest.hasNextPage], [true, false]);
  assert.deepEqual([...page.rows, ...rest.rows], points);
  // Labels are those of now; what was deleted since keeps its place.
  const [changed, gone] = points as [(typeof points)[0], (typeof points)[0]];
  await house.db.pool.query('UPDATE "Item" SET label = $2 WHERE id = $1', [changed.itemId, 'a new label']);
  await house.db.pool.query('DELETE FROM "Item" WHERE id = $1', [gone.itemId]);
  const now = await all(first);
  assert.deepEqual([now[0]?.label, now[1]?.label, now[1]?.itemId], ['a new label', null, gone.itemId]);
  // Of the index, newest first; they go with it.
  assert.deepEqual(
    (await maps.list(indexId, { first: 10 })).rows.map(({ id }) => id),
    [first, again, flat].sort().reverse(),
  );
  await buildNow(house, { datasetId, encoderId: (await house.indexes.get(indexId)).encoderId, m: 4 });
  await house.indexes.retire(datasetId, 1);
  assert.deepEqual(await maps.getMany([first]), []);
});

test('of an index larger than the sample every label is drawn, in proportion, the same items for the same seed', async (t) => {
  const { house, datasetId, indexId, maps, startWork, finished, all } = await setUp(t, 200);
  const { pool } = house.db;
  const rare = 'UPDATE "Item" SET label = $2 WHERE id = (SELECT min(id) FROM "Item" WHERE "datasetId" = $1)';
  await pool.query(rare, [datasetId, 'rare']);
  await pool.query(`UPDATE "Item" SET label = NULL WHERE "datasetId" = $1 AND label = 'treatment'`, [datasetId]);
  startWork();
  const settings: MapSettings = { ...SETTINGS, method: 'pca', sample: 20 };
  const ids = await Promise.all([maps.start(indexId, settings), maps.start(indexId, settings)]);
  for (const id of ids) assert.deepEqual([(await finished(id)).status, (await finished(id)).count], ['SUCCEEDED', 20]);
  const [points, again] = await Promise.all(ids.map(all));
  const drawn: Record<string, number> = {};
  for (const { label } of points ?? []) drawn[String(label)] = (drawn[String(label)] ?? 0) + 1;
  // Of 79, 80, 40 without one, and a single one.
  assert.deepEqual(drawn, { causes: 7, symptoms: 8, null: 4, rare: 1 });
  assert.deepEqual(again, points);
});

test('settings out of bounds, indexes that are not there, not built or too small are refused', async (t) => {
  const { house, datasetId, indexId, maps } = await setUp(t, 12);
  for (const wrong of [{ sample: 9 }, { sample: 20_001 }, { seed: 0.5 }, { neighbors: 1 }, { minDistance: 1 }]) {
    const [name] = Object.keys(wrong);
    const refused = { code: 'BAD_INPUT', message: new RegExp(`^${name} must be`), field: ['input', name as string] };
    await assert.rejects(maps.start(indexId, { ...SETTINGS, ...wrong }), refused);
  }
  await assert.rejects(maps.start(indexId, { ...SETTINGS, neighbors: 12 }), {
    code: 'NOT_READY',
    message: /gives 12 points; this map wants at least 13/,
  });
  const missing = '0198b3f0-0000-7000-8000-0123456789ab';
  await assert.rejects(maps.start(missing as IndexId, SETTINGS), { code: 'NOT_FOUND' });
  await assert.rejects(maps.cancel(missing as MapId), { code: 'NOT_FOUND' });
  const { encoderId } = await house.indexes.get(indexId);
  const queued = await house.indexes.build({ datasetId, encoderId });
  await assert.rejects(maps.start(queued.id, SETTINGS), { code: 'NOT_READY', message: /is QUEUED/ });
});

test('a map that is cancelled ends with its child; one whose index is damaged fails with the reason', async (t) => {
  const { house, indexId, maps, startWork, get, finished, all } = await setUp(t, 1_000);
  startWork();
  const id = await maps.start(indexId, { ...SETTINGS, sample: 1_000, neighbors: 20 });
  await until(async () => (await get(id)).done > 0, 60_000);
  await maps.cancel(id);
  assert.equal((await get(id)).status, 'CANCELLED');
  await until(async () => childrenOf(process.pid).length === 0);
  await maps.cancel(id);
  assert.deepEqual(await all(id), []);
  const { sha256 } = await house.indexes.get(indexId);
  await rm(join(house.artifacts.path('index', sha256 as string), 'vectors.f32'));
  const next = await maps.start(indexId, SETTINGS);
  const failed = await finished(next);
  assert.deepEqual([failed.status, failed.errorCode], ['FAILED', 'CORRUPT_ARTIFACT']);
  await assert.rejects(maps.cancel(next), { code: 'CONFLICT', message: /is FAILED/ });
});
