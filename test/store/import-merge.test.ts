import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { Staging } from '../../src/data/staging/staging.ts';
import type { DatasetId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import type { Database } from '../../src/store/database.ts';
import { findDatasets, insertDataset } from '../../src/store/datasets.ts';
import { type MergeResult, mergeImport } from '../../src/store/import-merge.ts';
import { testDatabase } from '../support/database.ts';
import { ImportModel, type ModelRow } from './import-model.ts';

const NOTHING: MergeResult = { itemsAdded: 0, itemsUpdated: 0, queriesAdded: 0, relevanceAdded: 0 };

async function newDataset(db: Database): Promise<DatasetId> {
  const id = newUuid() as DatasetId;
  await insertDataset(db.pool, { id, namespace: DEFAULT_NAMESPACE, name: `dataset ${id}` });
  return id;
}

/** Stages with the real stager and merges. */
async function merge(db: Database, datasetId: DatasetId, fill: (staging: Staging) => void): Promise<MergeResult> {
  const directory = mkdtempSync(join(tmpdir(), 'quartet-merge-'));
  try {
    const staging = new Staging({ directory, strict: false });
    fill(staging);
    staging.finish();
    return await db.transaction((tx) =>
      mergeImport(tx, { datasetId, directory, onDangling: async (rows) => assert.deepEqual(rows, []) }),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function importRows(db: Database, datasetId: DatasetId, rows: readonly Partial<ModelRow>[]): Promise<MergeResult> {
  return merge(db, datasetId, (staging) => {
    for (const row of rows) {
      staging.add({
        itemId: row.itemId ?? null,
        text: row.text ?? null,
        label: row.label ?? null,
        metadata: row.metadata ? JSON.stringify(row.metadata) : null,
        queryId: row.queryId ?? null,
        query: row.query ?? null,
        split: row.split ?? null,
        grade: row.query ? (row.grade ?? 1) : null,
      });
    }
  });
}

async function stateOf(db: Database, datasetId: DatasetId) {
  const select = async (sql: string) => (await db.pool.query(sql, [datasetId])).rows;
  // Foreign keys are not looked up during the bulk inserts, so it is done here.
  const orphans = await select(
    `SELECT r."queryId" FROM "Relevance" r LEFT JOIN "Query" q ON q.id = r."queryId" LEFT JOIN "Item" i ON i.id = r."itemId"
     WHERE r."datasetId" = $1 AND (q."datasetId" IS DISTINCT FROM $1 OR i."datasetId" IS DISTINCT FROM $1)`,
  );
  assert.deepEqual(orphans, [], 'judgements belong to queries and items of their dataset');
  const items = await select(
    `SELECT id, content AS text, "externalId" AS own, label, metadata, revision,
       ARRAY(SELECT a."externalId" FROM "ItemAlias" a WHERE a."itemId" = i.id ORDER BY 1) AS aliases
     FROM "Item" i WHERE "datasetId" = $1 ORDER BY id`,
  );
  const wrong = await select(
    `SELECT id FROM "Item" WHERE "datasetId" = $1 AND "contentHash" <> sha256(convert_to(content, 'UTF8'))
     UNION ALL SELECT id FROM "Query" WHERE "datasetId" = $1 AND "contentHash" <> sha256(convert_to(content, 'UTF8'))`,
  );
  assert.deepEqual(wrong, [], 'hashes belong to their texts');
  const queries = await select(
    `SELECT id, content AS text, "externalId" AS own, split::text AS split FROM "Query" WHERE "datasetId" = $1 ORDER BY id`,
  );
  const judgements = await select(
    `SELECT "queryId" AS query, "itemId" AS item, grade FROM "Relevance" WHERE "datasetId" = $1 ORDER BY 1, 2`,
  );
  return { items, queries, judgements };
}

function stateOfModel({ items, queries, judgements }: ImportModel) {
  const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
  return {
    items: items.map((item) => ({ ...item, aliases: item.aliases.toSorted() })).sort(byId),
    queries: queries.map((query) => ({ ...query })).sort(byId),
    judgements: [...judgements]
      .map(([key, grade]) => {
        const [query, item] = key.split(' ').map(Number) as [number, number];
        return { query, item, grade };
      })
      .sort((a, b) => a.query - b.query || a.item - b.item),
  };
}

const row: fc.Arbitrary<ModelRow> = fc
  .record({
    itemId: fc.option(fc.constantFrom('a', 'b', 'B', 'ä')),
    text: fc.constantFrom('T1', 'T2', 'T3', 'tab\tnew\nline\\'),
    label: fc.option(fc.constantFrom('L', 'M')),
    metadata: fc.option(fc.constantFrom({ m: 1 }, { m: 2 })),
    query: fc.option(fc.constantFrom('Q1', 'Q2', 'Q3')),
    queryId: fc.option(fc.constantFrom('x', 'y')),
    split: fc.constantFrom('TRAIN', 'TEST'),
    grade: fc.nat(3),
  })
  .map((made) => ({ ...made, queryId: made.query === null ? null : made.queryId }) as ModelRow);

test('any sequence of imports leaves what a naive model of them leaves, and each again changes nothing', async (t) => {
  const db = await testDatabase(t);
  let next: readonly [number, number] = [1, 1];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 7 }), { minLength: 1, maxLength: 4 }), async (imports) => {
      const datasetId = await newDataset(db);
      const model = new ImportModel(...next);
      for (const rows of imports) {
        const before = await stateOf(db, datasetId);
        const revision = (await findDatasets(db.pool, [datasetId]))[0]?.revision ?? 0;
        const result = await importRows(db, datasetId, rows);
        model.import(rows);
        // Numbers too: given in order, none left out, so a later run knows which come next.
        next = model.next;
        const after = await stateOf(db, datasetId);
        assert.deepEqual(after, stateOfModel(model));
        const [dataset] = await findDatasets(db.pool, [datasetId]);
        const same = JSON.stringify(before) === JSON.stringify(after);
        assert.equal(dataset?.revision, revision + (same ? 0 : 1));
        assert.equal(dataset?.itemCount, after.items.length);
        assert.equal(dataset?.queryCount, after.queries.length);
        assert.equal(dataset?.relevanceCount, after.judgements.length);
        const known = new Set(before.items.map(({ id }) => id));
        assert.equal(result.itemsAdded, after.items.filter(({ id }) => !known.has(id)).length);

        assert.deepEqual(await importRows(db, datasetId, rows), NOTHING);
        assert.deepEqual(await stateOf(db, datasetId), after);
        assert.equal((await findDatasets(db.pool, [datasetId]))[0]?.revision, dataset?.revision);
      }
    }),
    { numRuns: 25 },
  );
});

test('the same text twice is one item; an alias that gets a text of its own becomes an item of its own', async (t) => {
  const db = await testDatabase(t);
  const datasetId = await newDataset(db);
  await importRows(db, datasetId, [{ itemId: 'a', text: 'same' }, { itemId: 'b', text: 'same' }, { text: 'same' }]);
  const [only, ...others] = (await stateOf(db, datasetId)).items;
  assert.deepEqual(others, []);
  assert.deepEqual([only.own, only.aliases], ['a', ['b']]);
  await importRows(db, datasetId, [{ itemId: 'b', text: 'other' }]);
  const { items } = await stateOf(db, datasetId);
  assert.deepEqual(
    items.map(({ text, own, aliases }) => [text, own, aliases]),
    [
      ['same', 'a', []],
      ['other', 'b', []],
    ],
  );
});

test('an id with a new text keeps its item and judgements; two ids may change texts with each other', async (t) => {
  const db = await testDatabase(t);
  const datasetId = await newDataset(db);
  await importRows(db, datasetId, [
    { itemId: 'a', text: 'one', query: 'q', grade: 2 },
    { itemId: 'b', text: 'two' },
  ]);
  const before = await stateOf(db, datasetId);
  const result = await importRows(db, datasetId, [{ itemId: 'a', text: 'uno' }]);
  assert.deepEqual(result, { ...NOTHING, itemsUpdated: 1 });
  const after = await stateOf(db, datasetId);
  assert.deepEqual(after.judgements, before.judgements);
  assert.deepEqual(after.items[0], { ...before.items[0], text: 'uno', revision: 2 });
  await importRows(db, datasetId, [
    { itemId: 'a', text: 'two' },
    { itemId: 'b', text: 'uno' },
  ]);
  const swapped = await stateOf(db, datasetId);
  assert.deepEqual(
    swapped.items.map(({ id, text, own }) => [id, text, own]),
    [
      [before.items[0].id, 'uno', 'b'],
      [before.items[1].id, 'two', 'a'],
    ],
  );
});

test('judgements by id join by split; one that names nothing is reported in order and left out', async (t) => {
  const db = await testDatabase(t);
  const datasetId = await newDataset(db);
  const directory = mkdtempSync(join(tmpdir(), 'quartet-merge-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const staging = new Staging({ directory, strict: false });
  const none = {
    itemId: null,
    text: null,
    label: null,
    metadata: null,
    queryId: null,
    query: null,
    split: null,
    grade: null,
  };
  staging.add({ ...none, itemId: 'd1', text: 'first' });
  staging.add({ ...none, itemId: 'd2', text: 'first' });
  staging.add({ ...none, queryId: 'q1', query: 'what?' }, true);
  staging.add({ ...none, queryId: 'q2', query: 'never judged' }, true);
  staging.addJudgement('train.tsv', 2, 'TRAIN', 'q1', 'd2', 3);
  staging.addJudgement('train.tsv', 3, 'TRAIN', 'q1', 'd9', 1);
  staging.addJudgement('test.tsv', 2, 'TEST', 'q1', 'd1', 0);
  staging.addJudgement('test.tsv', 3, 'TEST', 'q9', 'd9', 1);
  staging.finish();
  const dangling: unknown[] = [];
  await db.transaction((tx) =>
    mergeImport(tx, { datasetId, directory, onDangling: async (rows) => void dangling.push(...rows) }),
  );
  const { items, queries, judgements } = await stateOf(db, datasetId);
  assert.equal(items.length, 1);
  assert.deepEqual(
    queries.map(({ own, split }) => [own, split]),
    [
      ['q1', 'TRAIN'],
      ['q1', 'TEST'],
    ],
  );
  assert.deepEqual(judgements, [
    { query: queries[0].id, item: items[0].id, grade: 3 },
    { query: queries[1].id, item: items[0].id, grade: 0 },
  ]);
  assert.deepEqual(
    dangling.map((row) => [(row as { file: number }).file, (row as { line: number }).line]),
    [
      [0, 3],
      [1, 3],
    ],
  );
});

test('imports into one dataset at the same time wait for each other; datasets do not share texts', async (t) => {
  const db = await testDatabase(t);
  const [one, two] = [await newDataset(db), await newDataset(db)];
  const rows = Array.from({ length: 50 }, (_, index) => ({
    itemId: `i${index}`,
    text: `text ${index}`,
    query: `q ${index}`,
  }));
  await Promise.all([one, one, two, one].map((id) => importRows(db, id, rows)));
  for (const id of [one, two]) {
    const { items, judgements } = await stateOf(db, id);
    assert.equal(items.length, 50);
    assert.equal(judgements.length, 50);
    assert.equal((await findDatasets(db.pool, [id]))[0]?.revision, 1);
  }
});

test('a role that may not skip foreign key checks imports the same', async (t) => {
  const db = await testDatabase(t);
  const datasetId = await newDataset(db);
  const directory = mkdtempSync(join(tmpdir(), 'quartet-merge-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const staging = new Staging({ directory, strict: false });
  const pair = { itemId: 'a', label: null, metadata: null, queryId: null, split: null, grade: 1 };
  for (let n = 0; n < 3; n++) staging.add({ ...pair, itemId: `i${n}`, text: `t${n}`, query: `q${n}` });
  staging.finish();
  const undo = new Error('undo');
  const role = `plain_${datasetId.replaceAll('-', '')}`;
  const run = db.transaction(async (tx) => {
    await tx.query(`CREATE ROLE ${role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role};
      GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role}; SET LOCAL ROLE ${role}`);
    const merged = await mergeImport(tx, { datasetId, directory, onDangling: async () => {} });
    assert.deepEqual(merged, { itemsAdded: 3, itemsUpdated: 0, queriesAdded: 3, relevanceAdded: 3 });
    throw undo;
  });
  await assert.rejects(run, (error) => error === undo);
});
