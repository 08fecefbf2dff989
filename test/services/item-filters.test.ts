import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createRandom } from '../../src/platform/random.ts';
import { ItemsService } from '../../src/services/items.ts';
import type { Filter } from '../../src/services/search.ts';
import { anotherServer } from './live-fixtures.ts';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from './search-fixtures.ts';

async function setUp(t: TestContext, count = 560) {
  const house = await openHouse(t);
  const texts = sentences(count);
  const dataset = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId: dataset.id, encoderId });
  return { ...house, texts, dataset, indexId };
}

const labelled = (value: string): Filter => ({ attribute: 'label', test: { kind: 'in', values: [value] } });
const upTo = (lte: number): Filter => ({ attribute: 'metadata.n', test: { kind: 'range', range: { lte } } });

test('finds only items that pass, says how many do, and when these are all', async (t) => {
  const { search, indexId } = await setUp(t);
  const filter: Filter = { and: [labelled('causes'), upTo(30)] };
  const all = await search.search({ indexId, text: 'pain of the kidney', k: 100, filter });
  assert.equal(all.hits.length, 30);
  assert.equal(all.matched, 30);
  assert.equal(all.candidates, 560);
  assert.equal(all.exhausted, true);
  assert.ok(all.hits.every(({ item }) => item.label === 'causes' && Number(item.metadata.n) <= 30));
  const some = await search.search({ indexId, text: 'pain of the kidney', k: 3, filter });
  assert.deepEqual(
    some.hits.map(({ item }) => item.id),
    all.hits.slice(0, 3).map(({ item }) => item.id),
  );
  assert.equal(some.exhausted, false);
  const none = await search.search({ indexId, text: 'pain', filter: labelled('nothing') });
  assert.deepEqual([none.hits.length, none.matched, none.exhausted], [0, 0, true]);
  const unfiltered = await search.search({ indexId, text: 'pain', k: 3 });
  assert.equal(unfiltered.matched, unfiltered.candidates);
});

test('an item does not find itself through a filter, nor is it counted', async (t) => {
  const { search, indexId, dataset } = await setUp(t, 80);
  const itemId = dataset.itemIds[2] as never;
  const { hits, matched, exhausted } = await search.search({ indexId, itemId, k: 10, filter: upTo(5) });
  assert.deepEqual([hits.length, matched, exhausted], [4, 4, true]);
  assert.ok(hits.every(({ item }) => item.id !== itemId));
});

test('a filter sees changed and deleted items as they are now', async (t) => {
  const { db, search, indexId, dataset } = await setUp(t, 80);
  const count = async (filter: Filter) => (await search.search({ indexId, text: 'pain', k: 100, filter })).hits.length;
  assert.equal(await count(upTo(5)), 5);
  await db.pool.query('UPDATE "Item" SET metadata = \'{"n": 1000}\' WHERE id = $1', [dataset.itemIds[0]]);
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [dataset.id]);
  assert.deepEqual(await Promise.all([count(upTo(5)), count(upTo(5)), count(upTo(2_000))]), [4, 4, 80]);
  await db.pool.query('DELETE FROM "Item" WHERE id = $1', [dataset.itemIds[1]]);
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [dataset.id]);
  const left = await search.search({ indexId, text: 'pain', k: 100, filter: upTo(5) });
  assert.deepEqual([left.hits.length, left.matched, left.exhausted], [3, 3, true]);
});

test('a filter keeps up with changes of labels and metadata, in every process', async (t) => {
  const house = await openHouse(t);
  const { db } = house;
  const texts = sentences(90);
  const { id: datasetId } = await addDataset(db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId, encoderId });
  const items = new ItemsService({ db });
  const other = await anotherServer(t, house);
  const random = createRandom(3);
  for (let round = 0; round < 12; round++) {
    const changed = new Set(Array.from({ length: 4 }, () => random.int(90)));
    const given = [...changed].map((at) => ({
      // Now and then another text: the item is in the tail from then on.
      text: random.int(6) === 0 ? `${texts[at]} once more ${round}` : (texts[at] as string),
      externalId: `doc-${at + 1}`,
      label: `label ${random.int(3)}`,
      metadata: { n: random.int(50) },
    }));
    for (const [at, { text }] of [...changed].map((at, place) => [at, given[place] as { text: string }] as const))
      texts[at] = text;
    await items.upsert(datasetId, given);
    if (round === 7) await items.delete(datasetId, { externalIds: ['doc-90', 'doc-89'] });
    const filter: Filter = { or: [labelled('label 1'), upTo(20)] };
    const { rows } = await db.pool.query(
      `SELECT id FROM "Item" WHERE "datasetId" = $1 AND (label = 'label 1' OR (metadata->>'n')::int <= 20) ORDER BY id`,
      [datasetId],
    );
    for (const { search } of [house, other]) {
      const { hits, matched, exhausted } = await search.search({ indexId, text: 'kidney pain', k: 90, filter });
      assert.deepEqual(
        hits.map(({ item }) => item.id).sort((a, b) => a - b),
        rows.map(({ id }) => id),
      );
      assert.deepEqual([matched, exhausted], [rows.length, true]);
    }
  }
});

test('refuses a filter that is too deep, too long, or compares what has no order', async (t) => {
  const { search, indexId } = await setUp(t, 10);
  const deep = Array.from({ length: 20 }).reduce<Filter>((inner) => ({ not: inner }), labelled('x'));
  const values = Array.from({ length: 10_001 }, (_, n) => n);
  const range = (bounds: object): Filter => ({
    attribute: 'metadata.n',
    test: { kind: 'range', range: bounds as never },
  });
  for (const [filter, message] of [
    [deep, /more than 16 deep/],
    [{ attribute: 'metadata.n', test: { kind: 'in', values } }, /more than 10000 values/],
    [{ or: Array.from({ length: 1_001 }, () => labelled('x')) }, /more than 1000 conditions/],
    [range({ lt: 1, gt: 'a' }), /numbers only, or texts only/],
    [range({ lt: true }), /numbers only, or texts only/],
    [range({}), /numbers only, or texts only/],
    [range({ lt: Number.NaN }), /finite number/],
    [{ attribute: 'metadata.', test: { kind: 'exists' } }, /key of 0 characters/],
  ] as [Filter, RegExp][]) {
    await assert.rejects(search.search({ indexId, text: 'x', filter }), { code: 'BAD_INPUT', message });
  }
});
