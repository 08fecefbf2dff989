import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetId, EncoderId, IndexId, Namespace } from '../../src/domain/ids.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import type { SearchTarget } from '../../src/services/search-request.ts';
import { SearchTargets } from '../../src/services/search-targets.ts';
import type { Database } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';

const NAMESPACES = ['one', 'two'] as Namespace[];
let encoderId: EncoderId;

async function openDb(t: TestContext): Promise<Database> {
  const db = await testDatabase(t);
  encoderId = newUuid() as EncoderId;
  await db.pool.query(
    `INSERT INTO "Encoder" (id, name, version, kind, dimensions, sha256, bytes, card) VALUES ($1, 'e', 1, 'text-static', 8, 'x', 1, '{}')`,
    [encoderId],
  );
  return db;
}

async function addDataset(db: Database, namespace: Namespace, name: string, revision: number): Promise<DatasetId> {
  const id = newUuid() as DatasetId;
  await db.pool.query(
    `INSERT INTO "Dataset" (id, namespace, name, revision, "updatedAt") VALUES ($1, $2, $3, $4, now())`,
    [id, namespace, name, revision],
  );
  return id;
}

async function addIndex(db: Database, datasetId: DatasetId, status: string, generation = 0): Promise<IndexId> {
  // Ids are in the order of milliseconds, and several are made in one.
  await sleep(2);
  const id = newUuid() as IndexId;
  await db.pool.query(
    `INSERT INTO "IndexVersion" (id, "datasetId", "encoderId", status, m, "efConstruction", "efSearch", count, generation, "datasetRevision")
     VALUES ($1, $2, $3, $4, 16, 100, 50, 1, $5, 3)`,
    [id, datasetId, encoderId, status, generation],
  );
  return id;
}

async function pointAlias(db: Database, datasetId: DatasetId, name: string, indexId: IndexId): Promise<void> {
  await db.pool.query(
    `INSERT INTO "IndexAlias" (id, "datasetId", name, "currentId", "movedAt") VALUES ($1, $2, $3, $4, now())
     ON CONFLICT ("datasetId", name) DO UPDATE SET "currentId" = $4`,
    [newUuid(), datasetId, name, indexId],
  );
}

test('targets of every kind that are asked together each get their own index, or their own refusal', async (t) => {
  const db = await openDb(t);
  const targets = new SearchTargets(db);
  const asked: { target: SearchTarget; expected: IndexId | RegExp; revision?: number }[] = [];
  for (const [at, namespace] of NAMESPACES.entries()) {
    for (let n = 0; n < 4; n++) {
      const [name, revision] = [`set ${n}`, 10 * at + n];
      const id = await addDataset(db, namespace, name, revision);
      const old = await addIndex(db, id, 'SUCCEEDED');
      const newest = await addIndex(db, id, 'SUCCEEDED', n);
      await addIndex(db, id, 'FAILED');
      await pointAlias(db, id, 'live', old);
      const byName = { namespace, name };
      asked.push(
        { target: { namespace, datasetName: name }, expected: newest, revision },
        { target: { datasetId: id }, expected: newest, revision },
        { target: { alias: { name: 'live', dataset: byName } }, expected: old, revision },
        { target: { alias: { name: 'live', dataset: { id } } }, expected: old, revision },
        { target: { alias: { name: 'other', dataset: { id } } }, expected: /no alias "other"/ },
        { target: { indexId: old }, expected: old },
      );
    }
    const building = await addDataset(db, namespace, 'building', 1);
    await addIndex(db, building, 'RUNNING');
    await addDataset(db, namespace, 'bare', 1);
    asked.push(
      { target: { namespace, datasetName: 'building' }, expected: /wait until it is SUCCEEDED/ },
      { target: { namespace, datasetName: 'bare' }, expected: /build one first/ },
      { target: { namespace, datasetName: 'set 9' }, expected: /no dataset set 9/ },
      { target: { namespace, datasetName: 'a\0b' }, expected: /no dataset/ },
      { target: { namespace, datasetName: '\ud800' }, expected: /no dataset/ },
      { target: { datasetId: 'x' as DatasetId }, expected: /no dataset x/ },
      { target: { datasetId: newUuid() as DatasetId }, expected: /no dataset/ },
      { target: { alias: { name: 'a\0b', dataset: { namespace, name: 'bare' } } }, expected: /no (alias|dataset)/ },
    );
  }
  const found = await Promise.allSettled(asked.map(({ target }) => targets.resolve(target)));
  for (const [at, { target, expected, revision }] of asked.entries()) {
    const settled = found[at] as PromiseSettledResult<Awaited<ReturnType<SearchTargets['resolve']>>>;
    const what = JSON.stringify(target);
    if (expected instanceof RegExp) {
      assert.equal(settled.status, 'rejected', what);
      assert.match(String(settled.reason.message), expected, what);
    } else {
      assert.equal(settled.status, 'fulfilled', what);
      assert.equal(settled.value.indexId, expected, what);
      assert.equal(settled.value.moment?.revision, revision, what);
    }
  }
});

test('searches that come together are looked up by one statement a kind, and each later one anew', async (t) => {
  const db = await openDb(t);
  const id = await addDataset(db, NAMESPACES[0] as Namespace, 'set', 7);
  const first = await addIndex(db, id, 'SUCCEEDED');
  let statements = 0;
  const pool = {
    query: (...given: never[]) => {
      statements++;
      return (db.pool.query as (...all: never[]) => never)(...given);
    },
  };
  const targets = new SearchTargets({ pool: pool as never });
  const target = { namespace: NAMESPACES[0] as Namespace, datasetName: 'set' };
  const together = await Promise.all(Array.from({ length: 20 }, () => targets.resolve(target)));
  assert.deepEqual(new Set(together.map(({ indexId }) => indexId)), new Set([first]));
  assert.equal(statements, 1);
  const second = await addIndex(db, id, 'SUCCEEDED');
  assert.equal((await targets.resolve(target)).indexId, second, 'what was there before the question is seen');
  assert.equal(statements, 2);
});
