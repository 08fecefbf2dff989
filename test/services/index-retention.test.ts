import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { newUuid } from '../../src/platform/uuid.ts';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from './search-fixtures.ts';

test('lets go of old versions and their files, never of what an alias needs or of the newest', async (t) => {
  const house = await openHouse(t);
  const { db, indexes, artifacts } = house;
  const texts = sentences(40);
  const { id: datasetId } = await addDataset(db, texts);
  const encoderId = await addEncoder(house, texts);
  const built: string[] = [];
  // The second has the files of the last: same data, same parameters.
  for (const m of [8, 12, 9, 10, 11, 12]) built.push((await buildNow(house, { datasetId, encoderId, m })).id);
  const shas = await Promise.all(built.map(async (id) => (await indexes.get(id as never)).sha256 as string));
  assert.equal(shas[1], shas[5]);
  const there = () => shas.map((sha256) => existsSync(artifacts.path('index', sha256)));
  // Points at the fourth, would go back to the first.
  await db.pool.query(
    'INSERT INTO "IndexAlias" (id, "datasetId", name, "currentId", "previousId") VALUES ($1, $2, $3, $4, $5)',
    [newUuid(), datasetId, 'live', built[3], built[0]],
  );
  const { id: other } = await addDataset(db, texts);
  const stranger = await buildNow(house, { datasetId: other, encoderId, m: 9 });
  await indexes.load(built[4] as never);

  const { indexIds, bytes } = await indexes.retire(datasetId, 1);
  assert.deepEqual([...indexIds].sort(), [built[1], built[2], built[4]].sort());
  assert.ok(bytes > 0);
  // The files of the second are those of the last too.
  assert.deepEqual(there(), [true, true, false, true, false, true]);
  for (const id of [built[0], built[3], built[5], stranger.id]) {
    assert.equal((await house.search.search({ indexId: id as never, text: texts[3] as string, k: 1 })).hits.length, 1);
  }
  for (const id of indexIds) {
    await assert.rejects(house.search.search({ indexId: id, text: 'pain' }), { code: 'NOT_FOUND' });
  }
  assert.deepEqual((await indexes.retire(datasetId, 1)).indexIds, []);
});

test('keeps the files while a version is being built that may have the same', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(40);
  const { id: datasetId } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const old = await house.indexes.get((await buildNow(house, { datasetId, encoderId, m: 8 })).id);
  await buildNow(house, { datasetId, encoderId, m: 9 });
  const queued = await house.indexes.build({ datasetId, encoderId, m: 8 });
  assert.deepEqual((await house.indexes.retire(datasetId, 1)).indexIds, [old.id]);
  assert.ok(existsSync(house.artifacts.path('index', old.sha256 as string)));
  assert.equal((await house.indexes.get(queued.id)).status, 'QUEUED');
  for (const keep of [0, 1.5, 1_001]) {
    await assert.rejects(house.indexes.retire(datasetId, keep), { code: 'BAD_INPUT', message: /keep must be/ });
  }
});
