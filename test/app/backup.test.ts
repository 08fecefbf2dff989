import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import {
  BuildIndexDocument,
  CreateDatasetDocument,
  DatasetItemsPageDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  QuartetClient,
  RunDocument,
  SearchDocument,
  StartTrainingDocument,
  untilFinished,
} from '../../src/client/index.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { artifactFolder, tableFile } from '../../src/store/backup/manifest.ts';
import { restoreBackup, verifyBackup } from '../../src/store/backup/restore.ts';
import { writeBackup } from '../../src/store/backup/write.ts';
import { testServer } from '../api/harness.ts';
import { testDatabaseUrl } from '../support/database.ts';

const ROWS = 200;

test('a backup taken while people write is one moment of it all, and a restored server answers as that one did', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'quartet-backup-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const server = await testServer(t, { worker: true });
  const quartet = new QuartetClient({ url: server.url });
  const { dataset } = await quartet.mutate(CreateDatasetDocument, { name: 'shelves' });
  const lines = Array.from({ length: ROWS }, (_, n) =>
    JSON.stringify({ id: `a${n}`, question: `where is shelf ${n}`, answer: `shelf ${n} is in aisle ${n % 7}` }),
  );
  const importLines = async (some: readonly string[]) => {
    const uploadIds = [await quartet.upload('shelves.jsonl', some.join('\n'))];
    const columns = { query: 'question', positive: 'answer', id: 'id' };
    const begun = await quartet.mutate(ImportDatasetDocument, { datasetId: dataset.id, uploadIds, columns });
    await untilFinished(async () => (await quartet.query(ImportDocument, { id: begun.import.id })).import);
  };
  await importLines(lines);
  const { run } = await quartet.mutate(StartTrainingDocument, {
    datasetId: dataset.id,
    encoder: { textStatic: { dimensions: 16, vocabularySize: 500 } },
    batchSize: 32,
    maxSteps: 6,
  });
  const trained = await untilFinished(async () => (await quartet.query(RunDocument, { id: run.id })).run);
  const encoderId = trained.encoder?.id ?? '';
  const { index } = await quartet.mutate(BuildIndexDocument, { datasetId: dataset.id, encoderId });
  await untilFinished(async () => (await quartet.query(IndexDocument, { id: index.id })).index);
  const ask = async (client: QuartetClient) => {
    const input = { target: { indexId: index.id }, query: { text: 'shelf 17 is in aisle 3' }, k: 5 };
    const { search } = await client.query(SearchDocument, { input });
    return search.hits.map(({ score, item }) => [score, item.externalId, item.text]);
  };
  const before = await ask(quartet);

  // Datasets come one after another the whole time: those in the backup must be the first so many, without a gap.
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n++) await quartet.mutate(CreateDatasetDocument, { name: `n${n}` });
  })();
  const folder = join(root, 'monday');
  const asked = {
    url: server.databaseUrl,
    dataDir: server.dataDir,
    artifacts: new ArtifactStore(server.dataDir),
    folder,
  };
  const { manifest, missing } = await writeBackup(asked);
  writing = false;
  await writer;
  assert.deepEqual(missing, []);
  assert.deepEqual(await verifyBackup(folder), manifest);
  const kinds = manifest.artifacts.map(({ kind }) => kind);
  for (const kind of ['encoder', 'index', 'snapshot']) assert.ok(kinds.includes(kind), kind);
  assert.equal(manifest.uploads.length, 1);
  assert.equal(manifest.tables.find(({ name }) => name === 'Item')?.rows, ROWS);
  await assert.rejects(writeBackup(asked), { code: 'CONFLICT' });
  assert.deepEqual(await readdir(root), ['monday'], 'nothing half done is left');

  const databaseUrl = await testDatabaseUrl(t);
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-restored-'));
  const artifacts = new ArtifactStore(dataDir);
  const restoring = { url: databaseUrl, dataDir, artifacts, folder, logger: silentLogger };
  await restoreBackup(restoring);
  const again = restoreBackup(restoring);
  await assert.rejects(again, { code: 'CONFLICT', message: /holds rows already/ });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const { rows } = await pool.query(`SELECT name FROM "Dataset" WHERE name LIKE 'n%' ORDER BY "createdAt"`);
  await pool.end();
  assert.deepEqual(
    rows.map(({ name }) => name),
    rows.map((_, n) => `n${n}`),
  );

  await server.stop();
  const restored = await testServer(t, { worker: true, databaseUrl, dataDir });
  const client = new QuartetClient({ url: restored.url });
  assert.deepEqual(await ask(client), before);
  // New rows get new ids: the sequences went on.
  const next = await client.mutate(CreateDatasetDocument, { name: 'later' });
  const uploadIds = [await client.upload('one.jsonl', lines[0] as string)];
  const begun = await client.mutate(ImportDatasetDocument, {
    datasetId: next.dataset.id,
    uploadIds,
    columns: { query: 'question', positive: 'answer', id: 'id' },
  });
  await untilFinished(async () => (await client.query(ImportDocument, { id: begun.import.id })).import);
  for await (const item of client.entries(DatasetItemsPageDocument, { id: next.dataset.id })) {
    assert.equal(item.externalId, 'a0');
  }

  await t.test('what is damaged in a backup is found before anything is restored', async () => {
    const { kind, sha256 } = manifest.artifacts[0] as (typeof manifest.artifacts)[number];
    const stray = join(artifactFolder(folder, kind, sha256), 'stray');
    await writeFile(stray, 'x');
    await assert.rejects(verifyBackup(folder), { code: 'CORRUPT_ARTIFACT', message: /stray does not belong to it/ });
    await rm(stray);
    await appendFile(tableFile(folder, 'Item'), 'x');
    const restore = restoreBackup(restoring);
    await assert.rejects(restore, { code: 'CORRUPT_ARTIFACT', message: /the rows of Item/ });
    await appendFile(join(folder, 'manifest.json'), ' ');
    await assert.rejects(verifyBackup(folder), { code: 'CORRUPT_ARTIFACT', message: /manifest\.json/ });
    await rm(join(folder, 'manifest.json'));
    await assert.rejects(verifyBackup(folder), { code: 'NOT_FOUND' });
  });
});
