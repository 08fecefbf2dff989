import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { QuartetError } from '../../src/domain/errors.ts';
import type { IndexId, ItemId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import type { SearchRequest } from '../../src/services/search.ts';
import { addDataset, addEncoder, addItems, buildNow, DIMENSIONS, openHouse, sentences } from './search-fixtures.ts';

async function setUp(t: TestContext, count = 560) {
  const house = await openHouse(t);
  const texts = sentences(count);
  const dataset = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId: dataset.id, encoderId });
  return { ...house, house, texts, dataset, encoderId, indexId };
}

test('finds by text, by item and by vector, with items, scores and ranks', async (t) => {
  const { search, encoders, dataset, encoderId, indexId, texts } = await setUp(t);
  const text = texts[123] as string;
  const byText = await search.search({ indexId, text, k: 5 });
  assert.equal(byText.indexId, indexId);
  assert.equal(byText.encoderId, encoderId);
  assert.equal(byText.candidates, 560);
  assert.equal(byText.exhausted, false);
  assert.ok(byText.tookMs > 0);
  assert.deepEqual(
    byText.hits.map(({ rank }) => rank),
    [1, 2, 3, 4, 5],
  );
  const [first] = byText.hits;
  assert.deepEqual(first?.item, {
    id: dataset.itemIds[123],
    datasetId: dataset.id,
    revision: 1,
    externalId: 'doc-124',
    content: text,
    label: text.split(' ')[0],
    metadata: { n: 124 },
  });
  assert.ok(Math.abs((first?.score ?? 0) - 1) < 1e-5);
  for (const [at, { score }] of byText.hits.entries())
    assert.ok(at === 0 || score <= (byText.hits[at - 1]?.score ?? 0));

  const { vectors } = await encoders.embed(encoderId, [text]);
  const scaled = [...vectors].map((value) => value * 1e-30);
  const byVector = await search.search({ datasetId: dataset.id, vector: scaled, k: 5 });
  assert.deepEqual(
    byVector.hits.map(({ item }) => item.id),
    byText.hits.map(({ item }) => item.id),
  );

  const byItem = await search.search({
    namespace: DEFAULT_NAMESPACE,
    datasetName: dataset.name,
    itemId: dataset.itemIds[123] as ItemId,
    k: 4,
  });
  assert.deepEqual(
    byItem.hits.map(({ item }) => item.id),
    byText.hits.slice(1).map(({ item }) => item.id),
  );
  assert.equal(byItem.candidates, 559);
});

test('returns everything there is when k is beyond it, and says so', async (t) => {
  const { search, dataset, indexId } = await setUp(t, 40);
  const all = await search.search({ indexId, text: 'kidney', k: 1_000 });
  assert.equal(new Set(all.hits.map(({ item }) => item.id)).size, 40);
  assert.equal(all.exhausted, true);
  assert.equal(all.strategy, 'exact');
  const others = await search.search({ indexId, itemId: dataset.itemIds[3] as ItemId, k: 1_000 });
  assert.equal(others.hits.length, 39);
  assert.ok(others.hits.every(({ item }) => item.id !== dataset.itemIds[3]));
  assert.equal((await search.search({ indexId, text: 'kidney', k: 39 })).exhausted, false);
});

test('searches the newest version of a dataset that is ready, and any version by its id', async (t) => {
  const { house, search, dataset, encoderId, indexId, texts } = await setUp(t, 40);
  await addItems(house.db, dataset.id, ['a wholly new sentence']);
  const { id: newer } = await buildNow(house, { datasetId: dataset.id, encoderId });
  await house.indexes.build({ datasetId: dataset.id, encoderId });
  const text = texts[0] as string;
  assert.equal((await search.search({ datasetId: dataset.id, text })).indexId, newer);
  assert.equal((await search.search({ datasetId: dataset.id, text, k: 100 })).hits.length, 41);
  // An index is of one encoder and of one set of parameters; its items are those of the dataset.
  assert.equal((await search.search({ indexId, text, k: 100 })).hits.length, 41);
});

test('a text is encoded by the very encoder that built the index', async (t) => {
  const { house, search, dataset, texts, indexId } = await setUp(t, 40);
  const otherId = await addEncoder(house, texts, { version: 2, seed: 9 });
  const { id: otherIndex } = await buildNow(house, { datasetId: dataset.id, encoderId: otherId });
  for (const id of [indexId, otherIndex]) {
    const { hits } = await search.search({ indexId: id, text: texts[7] as string, k: 1 });
    assert.ok(Math.abs((hits[0]?.score ?? 0) - 1) < 1e-5, `score ${hits[0]?.score}`);
  }
  assert.equal((await search.search({ indexId: otherIndex, text: 'x' })).encoderId, otherId);
});

test('items deleted since the build are left out, and the rest still gives k hits', async (t) => {
  const { db, search, dataset, indexId } = await setUp(t, 560);
  // All but every tenth.
  const deleted = dataset.itemIds.filter((_, index) => index % 10 !== 0);
  await db.pool.query('DELETE FROM "Item" WHERE id = ANY($1)', [deleted]);
  for (let round = 0; round < 2; round++) {
    const { hits, exhausted } = await search.search({ indexId, text: 'symptoms of kidney pain', k: 30 });
    assert.equal(hits.length, 30);
    assert.equal(exhausted, false);
    assert.deepEqual(
      hits.map(({ rank }) => rank),
      Array.from({ length: 30 }, (_, at) => at + 1),
    );
  }
  const all = await search.search({ indexId, text: 'kidney', k: 1_000 });
  assert.equal(all.hits.length, 56);
  assert.equal(all.candidates, 56);
  assert.equal(all.exhausted, true);
  await assert.rejects(search.search({ indexId, itemId: deleted[0] as ItemId }), { code: 'NOT_FOUND' });
});

test('an index whose items are all deleted answers with nothing, a deleted dataset with NOT_FOUND', async (t) => {
  const { db, search, dataset, indexId } = await setUp(t, 40);
  await db.pool.query('DELETE FROM "Item" WHERE "datasetId" = $1', [dataset.id]);
  const empty = await search.search({ indexId, text: 'kidney' });
  assert.deepEqual([empty.hits, empty.exhausted, empty.candidates], [[], true, 0]);
  await db.pool.query('DELETE FROM "Dataset" WHERE id = $1', [dataset.id]);
  await assert.rejects(search.search({ datasetId: dataset.id, text: 'kidney' }), { code: 'NOT_FOUND' });
});

test('a dataset deleted under a loaded index is NOT_FOUND', async (t) => {
  const { db, search, dataset, indexId } = await setUp(t, 40);
  await search.search({ indexId, text: 'kidney' });
  await db.pool.query('DELETE FROM "Dataset" WHERE id = $1', [dataset.id]);
  await assert.rejects(search.search({ indexId, text: 'kidney' }), { code: 'NOT_FOUND' });
  await assert.rejects(search.search({ indexId, text: 'kidney' }), { code: 'NOT_FOUND' });
});

test('an item that is younger than the index is embedded, one of another dataset refused', async (t) => {
  const { db, house, search, dataset, indexId, texts } = await setUp(t, 40);
  const [young] = await addItems(db, dataset.id, [`${texts[5]} ${texts[5]}`]);
  const { hits } = await search.search({ indexId, itemId: young as ItemId, k: 1 });
  assert.equal(hits[0]?.item.id, dataset.itemIds[5]);
  const other = await addDataset(house.db, ['somewhere else']);
  for (const itemId of [other.itemIds[0] as number, 2 ** 31, 2 ** 60, -1, 1.5, Number.NaN]) {
    await assert.rejects(search.search({ indexId, itemId: itemId as ItemId }), { code: 'NOT_FOUND' }, String(itemId));
  }
});

test('refuses what can not be searched, by a code and with the value', async (t) => {
  const { house, search, dataset, encoderId, indexId } = await setUp(t, 40);
  const unit = Array.from({ length: DIMENSIONS }, (_, at) => (at === 0 ? 1 : 0));
  const refused: [request: SearchRequest, code: string, message: RegExp][] = [
    [{ indexId, text: 'x', k: 0 }, 'BAD_INPUT', /k must be .* 1 to 1000 .*got 0/],
    [{ indexId, text: 'x', k: 1_001 }, 'BAD_INPUT', /got 1001/],
    [{ indexId, text: 'x', k: 1.5 }, 'BAD_INPUT', /got 1.5/],
    [{ indexId, text: 'x', k: Number.NaN }, 'BAD_INPUT', /got NaN/],
    [{ indexId, text: 'x', ef: 0 }, 'BAD_INPUT', /ef must be .*got 0/],
    [{ indexId, text: 'x', ef: 5_001 }, 'BAD_INPUT', /got 5001/],
    [{ indexId, text: '' }, 'BAD_INPUT', /1 to 100000 characters, it has 0/],
    [{ indexId, text: ' \n' }, 'BAD_INPUT', /text is blank/],
    [{ indexId, text: 'x'.repeat(100_001) }, 'BAD_INPUT', /it has 100001/],
    [{ indexId, vector: unit.slice(1) }, 'DIMENSION_MISMATCH', /has 31 dimensions, the index has 32/],
    [{ indexId, vector: [] }, 'DIMENSION_MISMATCH', /has 0 dimensions/],
    [{ indexId, vector: unit.map(() => 0) }, 'BAD_INPUT', /zero/],
    [{ indexId, vector: [Number.NaN, ...unit.slice(1)] }, 'BAD_INPUT', /NaN/],
    [{ indexId, vector: [Number.POSITIVE_INFINITY, ...unit.slice(1)] }, 'BAD_INPUT', /Infinity/],
    [{ indexId: newUuid() as IndexId, text: 'x' }, 'NOT_FOUND', /no index/],
    [{ indexId: "'; DROP TABLE" as IndexId, text: 'x' }, 'NOT_FOUND', /no index/],
    [{ namespace: DEFAULT_NAMESPACE, datasetName: 'none such', text: 'x' }, 'NOT_FOUND', /no dataset none such/],
  ];
  for (const [request, code, message] of refused) await assert.rejects(search.search(request), { code, message });

  const bare = await addDataset(house.db, ['one']);
  await assert.rejects(search.search({ datasetId: bare.id, text: 'x' }), {
    code: 'NOT_READY',
    message: /build one first/,
  });
  const { id: queued } = await house.indexes.build({ datasetId: bare.id, encoderId });
  await assert.rejects(search.search({ datasetId: bare.id, text: 'x' }), { code: 'NOT_READY', message: /being built/ });
  await assert.rejects(search.search({ indexId: queued, text: 'x' }), { code: 'NOT_READY', message: /QUEUED/ });
  assert.equal((await search.search({ datasetId: dataset.id, vector: unit })).hits.length, 10);
});

test('a damaged index file is a coded error, and the same index searches again once it is whole', async (t) => {
  const { house, search, dataset, encoderId, indexId } = await setUp(t, 40);
  const { sha256 } = await house.indexes.get(indexId);
  const dir = house.artifacts.path('index', sha256 as string);
  await truncate(join(dir, 'index.hnsw'), 1_000);
  await assert.rejects(search.search({ indexId, text: 'x' }), (error: QuartetError) => {
    assert.equal(error.code, 'CORRUPT_ARTIFACT');
    assert.match(error.message, new RegExp(`${sha256}/index.hnsw .*build the index again`));
    // Where a server keeps its files is nobody's concern who searches.
    assert.ok(!error.message.includes(house.dataDir), error.message);
    return true;
  });
  // The same data, encoder and parameters give the same artifact, which takes the damaged one's place.
  await buildNow(house, { datasetId: dataset.id, encoderId });
  assert.equal((await search.search({ indexId, text: 'x' })).hits.length, 10);
});

test('many searches at once get their own answers while indexes are let go of and loaded again', async (t) => {
  const { house, search, texts, dataset, indexId } = await setUp(t, 560);
  const answers = await Promise.all(
    texts.slice(0, 200).map(async (text, at) => {
      if (at % 50 === 0) await house.indexes.close();
      return await search.search({ indexId, text, k: 3 });
    }),
  );
  for (const [at, { hits }] of answers.entries()) {
    assert.equal(hits.length, 3);
    assert.equal(hits[0]?.item.id, dataset.itemIds[at]);
  }
});
