import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSnapshot } from '../../src/data/snapshot.ts';
import { Staging } from '../../src/data/staging/staging.ts';
import type { DatasetKind } from '../../src/domain/contents.ts';
import type { DatasetId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { SnapshotsService } from '../../src/services/snapshots.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import type { Database } from '../../src/store/database.ts';
import { findDatasets, insertDataset } from '../../src/store/datasets.ts';
import { mergeImport } from '../../src/store/import-merge.ts';
import { testDatabase } from '../support/database.ts';

const NO_ROW = { itemId: null, text: null, label: null, metadata: null, queryId: null, query: null, split: null };
const vector = (...numbers: number[]) => Buffer.from(Float32Array.from(numbers).buffer);

function folder(t: { after(fn: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'quartet-contents-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function newDataset(db: Database, kind: DatasetKind): Promise<DatasetId> {
  const id = newUuid() as DatasetId;
  await insertDataset(db.pool, { id, namespace: DEFAULT_NAMESPACE, name: `dataset ${id}`, kind });
  return id;
}

async function merge(db: Database, datasetId: DatasetId, directory: string, fill: (staging: Staging) => void) {
  const [dataset] = await findDatasets(db.pool, [datasetId]);
  const staging = new Staging({ directory, strict: false, dimensions: dataset?.dimensions ?? null });
  fill(staging);
  const { dimensions } = staging.finish();
  return db.transaction((tx) => mergeImport(tx, { datasetId, directory, dimensions, onDangling: async () => {} }));
}

test('bytes come through an import into a snapshot as they were, once each', async (t) => {
  const db = await testDatabase(t);
  const directory = folder(t);
  const id = await newDataset(db, 'IMAGE');
  const odd = Buffer.from([0, 9, 10, 13, 92, 255, 128, 0]);
  const large = Buffer.alloc(700_000, 7);
  const fill = (staging: Staging) => {
    staging.add({ ...NO_ROW, itemId: 'a', data: odd, label: 'x', grade: null });
    staging.add({ ...NO_ROW, itemId: 'b', data: large, queryData: odd, split: 'TEST', grade: 2 });
    staging.add({ ...NO_ROW, data: odd, label: 'x', grade: null });
  };
  assert.deepEqual(await merge(db, id, directory, fill), {
    itemsAdded: 2,
    itemsUpdated: 0,
    queriesAdded: 1,
    relevanceAdded: 1,
  });
  const again = await merge(db, id, directory, fill);
  assert.equal(again.itemsAdded + again.itemsUpdated + again.queriesAdded, 0, 'the same again changes nothing');

  const snapshots = new SnapshotsService({ db, artifacts: new ArtifactStore(folder(t)) });
  const snapshot = await openSnapshot((await snapshots.snapshotDataset(id)).path);
  t.after(() => snapshot.close());
  assert.equal(snapshot.kind, 'IMAGE');
  assert.deepEqual(snapshot.items.bytes(1), large);
  assert.deepEqual(snapshot.items.bytes(0), odd);
  assert.deepEqual(snapshot.queries.bytes(0), odd);
  assert.equal(snapshot.items.label(0), 'x');
});

test('a dataset takes the width of its first vectors and refuses others', async (t) => {
  const db = await testDatabase(t);
  const directory = folder(t);
  const id = await newDataset(db, 'VECTOR');
  const put = (staging: Staging, data: Buffer) => staging.add({ ...NO_ROW, data, grade: null });
  await merge(db, id, directory, (staging) => {
    assert.equal(staging.checkWidth(3), null);
    assert.match(staging.checkWidth(2) ?? '', /2 numbers.* have 3/);
    put(staging, vector(1, 2, 3));
  });
  assert.equal((await findDatasets(db.pool, [id]))[0]?.dimensions, 3);
  await merge(db, id, directory, (staging) => assert.match(staging.checkWidth(4) ?? '', /4 numbers.* have 3/));
  // As if another import had come first.
  const staging = new Staging({ directory, strict: false });
  staging.checkWidth(4);
  put(staging, vector(1, 2, 3, 4));
  const { dimensions } = staging.finish();
  await assert.rejects(
    db.transaction((tx) => mergeImport(tx, { datasetId: id, directory, dimensions, onDangling: async () => {} })),
    { code: 'IMPORT_FAILED', message: /4 numbers.* have 3/ },
  );
});
