import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DatasetId, EncoderId, IndexId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { measureIndexRecall } from '../../src/services/index-recall.ts';
import { addDataset, addEncoder, buildNow, DIMENSIONS, openHouse, sentences } from './search-fixtures.ts';

test('a build is a row and a job, and its progress, recall and files are on the row in the end', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(2_000);
  const { id: datasetId } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id, events } = await buildNow(house, { datasetId, encoderId, m: 12, efSearch: 48 });
  assert.deepEqual(house.jobs, [`build-index ${id}`]);
  const { attempt, recallAt10, sha256, bytes, datasetHash, startedAt, finishedAt, ...row } =
    await house.indexes.get(id);
  assert.deepEqual(
    [row.status, row.m, row.efConstruction, row.efSearch, row.count, row.built, attempt],
    ['SUCCEEDED', 12, 400, 48, 2_000, 2_000, 1],
  );
  assert.ok((recallAt10 ?? 0) > 0.9, `recall ${recallAt10}`);
  assert.match(sha256 ?? '', /^[0-9a-f]{64}$/);
  assert.match(datasetHash ?? '', /^[0-9a-f]{64}$/);
  assert.ok((bytes ?? 0) > 2_000 * DIMENSIONS * 4);
  assert.ok(startedAt !== null && finishedAt !== null && startedAt <= finishedAt);
  assert.deepEqual(events.at(-1), { kind: 'progress', done: 2_000, total: 2_000 });
  await house.artifacts.verify('index', sha256 as string);
});

test('the same data, encoder and parameters give the same artifact', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(300);
  const { id: datasetId } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const [first, second] = [
    await buildNow(house, { datasetId, encoderId }),
    await buildNow(house, { datasetId, encoderId }),
  ];
  assert.notEqual(first.id, second.id);
  assert.equal((await house.indexes.get(first.id)).sha256, (await house.indexes.get(second.id)).sha256);
});

test('refuses parameters out of bounds, unknown rows and empty datasets, naming the bound', async (t) => {
  const house = await openHouse(t);
  const { id: datasetId } = await addDataset(house.db, ['one', 'two']);
  const { id: empty } = await addDataset(house.db, []);
  const encoderId = await addEncoder(house, ['one', 'two']);
  const refused = async (input: object, code: string, message: RegExp) =>
    assert.rejects(house.indexes.build({ datasetId, encoderId, ...input }), { code, message });
  await refused({ m: 1 }, 'BAD_INPUT', /m must be a whole number from 2 to 100 \(default 16\), got 1/);
  await refused({ efConstruction: 1_001 }, 'BAD_INPUT', /efConstruction .* 4 to 1000 .*got 1001/);
  await refused({ efSearch: 0.5 }, 'BAD_INPUT', /efSearch .* got 0.5/);
  await refused({ datasetId: newUuid() as DatasetId }, 'NOT_FOUND', /no dataset/);
  await refused({ encoderId: newUuid() as EncoderId }, 'NOT_FOUND', /no encoder/);
  await refused({ datasetId: empty }, 'NOT_READY', /no items/);
  await refused({ encoderId: null }, 'NOT_READY', /no encoder was trained/);
  assert.deepEqual(house.jobs, []);
});

test('an attempt that was overtaken can write nothing more', async (t) => {
  const house = await openHouse(t);
  const { id: datasetId } = await addDataset(house.db, ['one', 'two']);
  const encoderId = await addEncoder(house, ['one', 'two']);
  const { id } = await house.indexes.build({ datasetId, encoderId });
  const first = await house.builds.claim(id);
  const second = await house.builds.claim(id);
  await assert.rejects(first?.progress(1, 2) ?? Promise.resolve(), { code: 'FENCED' });
  await second?.progress(2, 2);
  assert.equal((await house.indexes.get(id)).built, 2);
  await house.db.pool.query('DELETE FROM "IndexVersion" WHERE id = $1', [id]);
  await assert.rejects(second?.progress(2, 2) ?? Promise.resolve(), { code: 'FENCED' });
  assert.equal(await house.builds.claim(id), null);
});

test('lists newest first, page by page', async (t) => {
  const house = await openHouse(t);
  const { id: datasetId } = await addDataset(house.db, ['one', 'two']);
  const encoderId = await addEncoder(house, ['one', 'two']);
  const built: IndexId[] = [];
  for (let count = 0; count < 3; count++) {
    built.unshift((await house.indexes.build({ datasetId, encoderId })).id);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const first = await house.indexes.list({ namespace: DEFAULT_NAMESPACE, datasetId }, { first: 2 });
  assert.deepEqual([first.indexes.map(({ id }) => id), first.hasNextPage], [built.slice(0, 2), true]);
  const rest = await house.indexes.list({ namespace: DEFAULT_NAMESPACE, datasetId }, { first: 2, after: built[1] });
  assert.deepEqual([rest.indexes.map(({ id }) => id), rest.hasNextPage], [built.slice(2), false]);
  assert.deepEqual(
    (await house.indexes.list({ namespace: DEFAULT_NAMESPACE, status: 'SUCCEEDED' }, { first: 9 })).indexes,
    [],
  );
  assert.equal(
    (await house.encoders.list({ namespace: DEFAULT_NAMESPACE, name: 'handbook' }, { first: 9 })).encoders.length,
    1,
  );
});

test('embeds up to a thousand texts as unit rows and refuses more', async (t) => {
  const house = await openHouse(t);
  const encoderId = await addEncoder(house, sentences(50));
  const texts = sentences(1_000);
  const { vectors, dimensions } = await house.encoders.embed(encoderId, texts);
  assert.equal(vectors.length, 1_000 * DIMENSIONS);
  assert.equal(dimensions, DIMENSIONS);
  for (let row = 0; row < 1_000; row++) {
    const norm = Math.hypot(...vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS));
    assert.ok(Math.abs(norm - 1) < 1e-4);
  }
  const again = await house.encoders.embed(encoderId, [texts[999] as string]);
  assert.deepEqual(again.vectors, vectors.slice(999 * DIMENSIONS));
  await assert.rejects(house.encoders.embed(encoderId, []), { code: 'BAD_INPUT', message: /1 to 1000, got 0/ });
  await assert.rejects(house.encoders.embed(encoderId, [...texts, 'x']), { code: 'BAD_INPUT', message: /got 1001/ });
  await assert.rejects(house.encoders.embed(encoderId, ['x', 'y'.repeat(100_001)]), {
    code: 'BAD_INPUT',
    message: /text 1 has/,
  });
});

test('measures its recall when asked, within the bounds of a search', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(60);
  const dataset = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id } = await buildNow(house, { datasetId: dataset.id, encoderId });
  const measured = await measureIndexRecall(house.indexes, id, { sample: 20, k: 5 });
  assert.deepEqual([measured.recall, measured.searches, measured.k, measured.strategy], [1, 20, 5, 'exact']);
  await assert.rejects(measureIndexRecall(house.indexes, id, { sample: 0, k: 5 }), {
    code: 'BAD_INPUT',
    message: /sample/,
  });
  await assert.rejects(measureIndexRecall(house.indexes, id, { sample: 5, k: 1_001 }), { code: 'BAD_INPUT' });
});
