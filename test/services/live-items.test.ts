import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { VectorIndex } from '../../src/search-index/vector-index.ts';
import { ItemsService } from '../../src/services/items.ts';
import { LiveIndex, type LiveIndexDeps } from '../../src/services/live-index.ts';
import type { Database } from '../../src/store/database.ts';
import { anotherServer, naiveNearest } from './live-fixtures.ts';
import { addDataset, addEncoder, buildNow, openHouse, type SearchHouse, sentences } from './search-fixtures.ts';

async function setUp(t: TestContext, count = 120) {
  const house = await openHouse(t);
  const texts = sentences(count);
  const dataset = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId: dataset.id, encoderId });
  const items = new ItemsService({ db: house.db });
  return { ...house, house, texts, dataset, encoderId, indexId, items };
}

/** As an import leaves it. */
async function importItem(db: Database, datasetId: string, text: string): Promise<void> {
  await db.pool.query(
    `INSERT INTO "Item" ("datasetId", content, "contentHash") VALUES ($1, $2, sha256(convert_to($2, 'UTF8')))`,
    [datasetId, text],
  );
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1, "itemCount" = "itemCount" + 1 WHERE id = $1', [
    datasetId,
  ]);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await condition()); ) {
    if (Date.now() > deadline) throw new Error('waited a minute in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('what was acknowledged is found by the very next search of another process, and what went is not', async (t) => {
  const { house, dataset, indexId, items } = await setUp(t);
  const other = await anotherServer(t, house);
  const find = async (text: string) => (await other.search.search({ indexId, text, k: 1 })).hits[0]?.item;
  await find('kidney');
  for (let round = 0; round < 9; round++) {
    const text = `kidney pain of the ${round}th kind`;
    const { itemIds } = await items.upsert(dataset.id, [
      { text, externalId: `new-${round}`, label: 'new', metadata: { round } },
    ]);
    const found = await find(text);
    assert.deepEqual(
      [found?.id, found?.content, found?.label, found?.metadata, found?.externalId],
      [itemIds[0], text, 'new', { round }, `new-${round}`],
    );
    if (round % 2 === 0) {
      await items.delete(dataset.id, { externalIds: [`new-${round}`] });
      assert.notEqual((await find(text))?.id, itemIds[0]);
    }
  }
});

test('a search that comes while changes are being encoded waits for them', async (t) => {
  const { db, dataset, items, encoders, encoderId } = await setUp(t, 10);
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const slow: LiveIndexDeps['encoders'] = {
    embedStored: () => assert.fail('these are texts'),
    embed: async (...asked) => {
      begun.resolve();
      await goOn.promise;
      return await encoders.embed(...asked);
    },
  };
  const vectors = { count: 10, dimensions: 32, rowOf: () => null } as unknown as VectorIndex;
  const lastItemId = Math.max(...dataset.itemIds);
  const state = { datasetId: dataset.id, encoderId, vectors, revision: 1, lastItemId };
  const live = new LiveIndex({ sql: db.pool, encoders: slow }, state);
  await items.upsert(dataset.id, [{ text: 'kidney pain' }]);
  const order: string[] = [];
  const first = live.reach(2).then(() => order.push(`first sees ${live.overlay.tail}`));
  await begun.promise;
  const second = live.reach(2).then(() => order.push(`second sees ${live.overlay.tail}`));
  await new Promise((resolve) => setTimeout(resolve, 20));
  order.push('encoded');
  goOn.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ['encoded', 'first sees 1', 'second sees 1']);
});

test('a hit is shown as its item is now, in every process, however often it was a hit before', async (t) => {
  const { house, dataset, indexId, items, texts, db } = await setUp(t, 60);
  const other = await anotherServer(t, house);
  const text = texts[11] as string;
  const shown = async (search: SearchHouse['search']) => {
    const { hits } = await search.search({ indexId, text, k: 1 });
    const [alone] = hits;
    const [together] = await search.searchMany(indexId, [{ text }, { text: 'kidney' }], { k: 1 });
    assert.deepEqual(together?.hits[0]?.item, alone?.item);
    return [alone?.item.label, alone?.item.metadata, alone?.item.externalId];
  };
  for (let round = 0; round < 4; round++) {
    await items.upsert(dataset.id, [{ text, externalId: 'doc-12', label: `label ${round}`, metadata: { round } }]);
    for (const { search } of [house, other]) {
      assert.deepEqual(await shown(search), [`label ${round}`, { round }, 'doc-12']);
      assert.deepEqual(await shown(search), [`label ${round}`, { round }, 'doc-12']);
    }
  }
  // By another way than ours, as an import does it.
  await db.transaction(async (tx) => {
    await tx.query('SELECT FROM "Dataset" WHERE id = $1 FOR UPDATE', [dataset.id]);
    await tx.query('UPDATE "Item" SET "externalId" = NULL, label = NULL WHERE id = $1', [dataset.itemIds[11]]);
    await tx.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [dataset.id]);
  });
  for (const { search } of [other, house]) assert.deepEqual(await shown(search), [null, { round: 3 }, null]);
});

test('an item whose text changes is found by the new text and no longer by the old one', async (t) => {
  const { search, dataset, indexId, items, texts, db } = await setUp(t);
  const before = texts[7] as string;
  const { itemIds, added, updated } = await items.upsert(dataset.id, [
    { text: 'allergy tests number 99', externalId: 'doc-8' },
  ]);
  assert.deepEqual([itemIds, added, updated], [[dataset.itemIds[7]], 0, 1]);
  const { hits } = await search.search({ indexId, text: 'allergy tests number 99', k: 1 });
  assert.equal(hits[0]?.item.id, dataset.itemIds[7]);
  const all = await search.search({ indexId, text: before, k: 1_000 });
  assert.equal(all.hits.filter(({ item }) => item.id === dataset.itemIds[7]).length, 1);
  assert.ok(all.hits.every(({ item }) => item.content !== before));
  assert.equal(all.hits.length, 120);
  const { rows } = await db.pool.query('SELECT "itemCount", revision FROM "Dataset" WHERE id = $1', [dataset.id]);
  assert.deepEqual(rows, [{ itemCount: 120, revision: 2 }]);
});

test('after any run of changes a search finds exactly what comparing one by one finds', async (t) => {
  const { house, search, dataset, encoderId, indexId, items, db } = await setUp(t);
  const other = await anotherServer(t, house);
  const random = createRandom(5);
  const words = ['kidney', 'pain', 'outlook', 'of', 'allergy', 'bone', 'tests', 'number', 'blood', 'cancer'];
  const text = () => Array.from({ length: 2 + random.int(4) }, () => words[random.int(words.length)]).join(' ');
  for (let round = 0; round < 20; round++) {
    const { rows } = await db.pool.query('SELECT id, "externalId" FROM "Item" WHERE "datasetId" = $1', [dataset.id]);
    const some = () => rows[random.int(rows.length)];
    const deed = random.int(5);
    if (deed === 0) await items.delete(dataset.id, { itemIds: [some().id, some().id] });
    else if (deed === 1) await items.delete(dataset.id, { externalIds: [some().externalId ?? 'none'] });
    else if (deed === 2) await importItem(db, dataset.id, `imported ${round} ${text()}`);
    else {
      const given = new Map(
        Array.from({ length: 3 }, () => [
          random.int(2) === 0 ? (some().externalId ?? 'x') : `id ${random.int(20)}`,
          text(),
        ]),
      );
      await items.upsert(
        dataset.id,
        [...given].map(([externalId, text]) => ({ externalId, text })),
      );
    }
    const asked = { datasetId: dataset.id, encoderId: encoderId as never, text: text(), k: 15 };
    const expected = await naiveNearest(house, asked);
    for (const server of [search, other.search]) {
      const { hits, candidates, pending } = await server.search({ indexId, text: asked.text, k: 15 });
      assert.equal(pending, 0);
      assert.equal(new Set(hits.map(({ item }) => item.id)).size, 15);
      for (const [at, { score }] of hits.entries()) assert.ok(Math.abs(score - (expected[at]?.score ?? 0)) < 1e-5);
      const { rows: counted } = await db.pool.query(
        `SELECT "itemCount", (SELECT count(*)::int FROM "Item" WHERE "datasetId" = d.id) AS items FROM "Dataset" d WHERE id = $1`,
        [dataset.id],
      );
      assert.equal(candidates, counted[0].items);
      // Together they are answered as each is alone: an item is not its own neighbour, a least score cuts off.
      const itemId = hits[3]?.item.id as never;
      const options = {
        k: 15,
        minScore: hits[9]?.score ?? 0,
        filter: { attribute: 'label', test: { kind: 'exists' } },
      } as const;
      const queries = [{ text: asked.text }, { itemId }, { vector: Array.from({ length: 32 }, (_, i) => i - 8) }];
      for (const given of [{ k: 15 }, options]) {
        for (const [at, together] of (await server.searchMany(indexId, queries, given)).entries()) {
          const alone = await server.search({ indexId, ...given, ...(queries[at] as { text: string }) });
          assert.deepEqual({ ...together, tookMs: 0 }, { ...alone, tookMs: 0 });
        }
      }
    }
  }
});

test('an external id that is taken away leaves an item that has another one', async (t) => {
  const { dataset, items, db, search, indexId, texts } = await setUp(t, 40);
  // A second id for the first text.
  await items.upsert(dataset.id, [{ text: texts[0] as string, externalId: 'twin' }]);
  const { itemIds } = await items.delete(dataset.id, { externalIds: ['doc-1', 'no such'] });
  assert.deepEqual(itemIds, []);
  const { rows } = await db.pool.query('SELECT "externalId" FROM "Item" WHERE id = $1', [dataset.itemIds[0]]);
  assert.deepEqual(rows, [{ externalId: 'twin' }]);
  assert.equal((await search.search({ indexId, text: texts[0] as string, k: 1 })).hits[0]?.item.id, dataset.itemIds[0]);
  assert.deepEqual((await items.delete(dataset.id, { externalIds: ['twin'] })).itemIds, [dataset.itemIds[0]]);
  assert.equal((await search.search({ indexId, text: texts[0] as string, k: 50 })).hits.length, 39);
});

test('a call with an idempotency key changes once, whatever happened since', async (t) => {
  const { dataset, items } = await setUp(t, 40);
  const input = [{ text: 'once and only once', externalId: 'once' }];
  const request = { namespace: DEFAULT_NAMESPACE, key: 'key-1', mutation: 'upsertItems', input };
  const first = await items.upsert(dataset.id, input, request);
  await items.delete(dataset.id, { itemIds: first.itemIds });
  assert.deepEqual(await items.upsert(dataset.id, input, request), first);
  assert.deepEqual((await items.delete(dataset.id, { itemIds: first.itemIds })).itemIds, []);
  await assert.rejects(items.upsert(dataset.id, [{ text: 'other' }], { ...request, input: 'other' }), {
    code: 'CONFLICT',
  });
});

test('refuses what no item can be, and changes nothing then', async (t) => {
  const { dataset, items, db } = await setUp(t, 40);
  const good = { text: 'fine' };
  const refused: [unknown[], RegExp][] = [
    [[], /1 to 1000 items .*got 0/],
    [[good, { text: ' ' }], /items.1.text is empty/],
    [[good, { text: 'a\0b' }], /NUL/],
    [[good, { text: '\ud800' }], /surrogate/],
    [[good, { text: 'x', externalId: 'é'.repeat(600) }], /externalId has 1200 bytes/],
    [[good, { text: 'x', metadata: [1] }], /must be an object/],
    [[good, { text: 'x', metadata: { a: '\0' } }], /NUL/],
    [[{ text: 'x', externalId: 'a' }, good, { text: 'y', externalId: 'a' }], /items 0 and 2/],
  ];
  for (const [given, message] of refused) {
    await assert.rejects(items.upsert(dataset.id, given as never), { code: 'BAD_INPUT', message });
  }
  const gone = '01900000-0000-7000-8000-000000000000' as never;
  await assert.rejects(items.upsert(gone, [good]), { code: 'NOT_FOUND' });
  await assert.rejects(items.delete(gone, { itemIds: [1 as never] }), { code: 'NOT_FOUND' });
  const { rows } = await db.pool.query('SELECT count(*)::int AS n FROM "Item"');
  assert.equal(rows[0].n, 40);
});

test('a server hears of changes without searching, also of those made while its connection was lost', async (t) => {
  const { house, dataset, indexId, items } = await setUp(t, 40);
  const other = await anotherServer(t, house);
  await other.search.search({ indexId, text: 'kidney' });
  const known = () => other.indexes.use(indexId, async ({ live }) => live.revision);
  const { revision } = await items.upsert(dataset.id, [{ text: 'heard of' }]);
  await until(async () => (await known()) >= revision);
  await house.db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'quartet listener' AND datname = current_database()`,
  );
  const { revision: missed } = await items.upsert(dataset.id, [{ text: 'missed' }]);
  await until(async () => (await known()) >= missed);
});
