import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { IndexId } from '../../src/domain/ids.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { IndexRetentionService } from '../../src/services/index-retention.ts';
import { holdIndexFiles, removeUnusedFiles } from '../../src/store/index-files.ts';
import { searchedIndexes } from '../../src/store/operations.ts';
import { until } from '../jobs/processes.ts';
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

test('files go also while another version is being built, and never those that a row is about to name', async (t) => {
  const house = await openHouse(t);
  const { db, artifacts } = house;
  const texts = sentences(40);
  const { id: datasetId } = await addDataset(db, texts);
  const encoderId = await addEncoder(house, texts);
  const old = await house.indexes.get((await buildNow(house, { datasetId, encoderId, m: 8 })).id);
  await buildNow(house, { datasetId, encoderId, m: 9 });
  const queued = await house.indexes.build({ datasetId, encoderId, m: 8 });
  const files = artifacts.path('index', old.sha256 as string);
  // A build has made its files an artifact, which is the old one, and its row does not say so yet.
  const named = Promise.withResolvers<void>();
  const taking = Promise.withResolvers<void>();
  const build = db.transaction(async (tx) => {
    await holdIndexFiles(tx);
    taking.resolve();
    await named.promise;
    await tx.query(`UPDATE "IndexVersion" SET status = 'SUCCEEDED', sha256 = $2 WHERE id = $1`, [
      queued.id,
      old.sha256,
    ]);
  });
  await taking.promise;
  await db.pool.query('DELETE FROM "IndexVersion" WHERE id = $1', [old.id]);
  const removed = removeUnusedFiles({ db, artifacts }, [old.sha256 as string]);
  // Time enough for a removal that does not wait.
  await Promise.race([removed, new Promise((resolve) => setTimeout(resolve, 300))]);
  named.resolve();
  await build;
  assert.deepEqual(await removed, []);
  assert.ok(existsSync(files));
  await db.pool.query(`UPDATE "IndexVersion" SET status = 'RUNNING', sha256 = NULL WHERE id = $1`, [queued.id]);
  assert.deepEqual(await removeUnusedFiles({ db, artifacts }, [old.sha256 as string]), [old.sha256]);
  assert.equal(existsSync(files), false);
  for (const keep of [0, 1.5, 1_001]) {
    await assert.rejects(house.indexes.retire(datasetId, keep), { code: 'BAD_INPUT', message: /keep must be/ });
  }
});

test('by itself goes what is said: neither new, nor of an alias, nor what somebody turns the pages of', async (t) => {
  const house = await openHouse(t);
  const { db, indexes, search } = house;
  const texts = sentences(60);
  const { id: datasetId } = await addDataset(db, texts);
  const encoderId = await addEncoder(house, texts);
  const built: IndexId[] = [];
  for (const m of [8, 9, 10, 11]) built.push((await buildNow(house, { datasetId, encoderId, m })).id);
  const [first, second, third, last] = built as [IndexId, IndexId, IndexId, IndexId];
  await db.pool.query('INSERT INTO "IndexAlias" (id, "datasetId", name, "currentId") VALUES ($1, $2, $3, $4)', [
    newUuid(),
    datasetId,
    'live',
    first,
  ]);
  // What servers load ahead of the first search: what aliases point at, then the newest.
  assert.deepEqual(await searchedIndexes(db.pool, 5), [first, last]);
  assert.deepEqual(await searchedIndexes(db.pool, 1), [first]);
  const retention = new IndexRetentionService(house);
  const applied = async () => (await retention.apply(datasetId)).indexIds;
  assert.equal(await retention.policy(datasetId), null);
  assert.deepEqual(await applied(), []);
  await retention.set(datasetId, { keepVersions: 1, keepDays: 2 });
  assert.deepEqual(await applied(), []);
  const age = (column: string, id: IndexId, interval: string) =>
    db.pool.query(`UPDATE "IndexVersion" SET "${column}" = now() - $2::interval WHERE id = $1`, [id, interval]);
  for (const id of built) await age('finishedAt', id, '3 days');

  // Somebody reads the second page of the second version, as its cursor says.
  const page = await search.search({ indexId: second, text: texts[3] as string, k: 5 });
  await until(
    async () => (await db.pool.query('SELECT FROM "IndexVersion" WHERE "searchedAt" IS NOT NULL')).rowCount === 1,
  );
  assert.deepEqual(await applied(), [third]);
  const next = await search.search({ text: texts[3] as string, k: 5, after: page.cursor as string, indexId: second });
  assert.equal(next.hits.length, 5);
  assert.equal(
    next.hits.some(({ item }) => page.hits.some((hit) => hit.item.id === item.id)),
    false,
  );
  await age('searchedAt', second, '61 minutes');
  assert.deepEqual((await retention.apply(null)).indexIds, [second]);
  await assert.rejects(search.search({ indexId: second, text: 'pain' }), { code: 'NOT_FOUND' });
  assert.deepEqual(await applied(), []);
  for (const id of [first, last]) assert.equal((await indexes.get(id)).status, 'SUCCEEDED');

  assert.deepEqual(await retention.policy(datasetId), { datasetId, keepVersions: 1, keepDays: 2 });
  await retention.set(datasetId, null);
  assert.equal(await retention.policy(datasetId), null);
  for (const wrong of [
    { keepVersions: 0, keepDays: 0 },
    { keepVersions: 1, keepDays: -1 },
  ]) {
    await assert.rejects(retention.set(datasetId, wrong), { code: 'BAD_INPUT', message: /must be a whole number/ });
  }
  const missing = '0198b3f0-0000-7000-8000-0123456789ab' as typeof datasetId;
  await assert.rejects(retention.set(missing, null), { code: 'NOT_FOUND' });
});
