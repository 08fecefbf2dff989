import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { ExportsService } from '../../src/services/exports.ts';
import { ImportsService } from '../../src/services/imports.ts';
import { RunsService } from '../../src/services/runs.ts';
import { SnapshotsService } from '../../src/services/snapshots.ts';
import { UploadsService } from '../../src/services/uploads.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { writeBackup } from '../../src/store/backup/write.ts';
import { addDataset } from '../services/search-fixtures.ts';
import { testDatabase } from '../support/database.ts';

/** A disk of one MiB; null where none can be mounted. */
function smallDisk(t: TestContext): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'quartet-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  t.after(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function* bytes(megabytes: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < 16 * megabytes; n++) yield new Uint8Array(2 ** 16).fill(n);
}

test('a disk that fills while something is written: a coded error, nothing half done, and it goes on with room', async (t) => {
  const dataDir = smallDisk(t);
  if (dataDir === null) return t.skip('needs the right to mount a file system');
  const db = await testDatabase(t);
  const full = { code: 'DISK_FULL', message: /no space left for .*; free some/ };
  const refused = (what: string) => ({
    code: 'DISK_FULL',
    message: new RegExp(`^${what} takes about [2-9]\\d* MiB on disk and 1 MiB are free; free some, or .`),
  });
  const left = async (folder: string) => await readdir(join(dataDir, folder)).catch(() => []);

  const artifacts = new ArtifactStore(dataDir);
  const uploads = new UploadsService({ db, dataDir });
  const { id, token } = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName: 'a.csv' });
  await assert.rejects(uploads.receive(id, token, bytes(2)), full);
  assert.deepEqual(await left('uploads'), []);

  // Of a part, what has come stays, to go on from there.
  const total = 15 * 2 ** 16;
  const { bytes: first } = await uploads.receivePart(id, token, bytes(1 / 16), { offset: 0, end: 2 ** 16, total });
  await writeFile(join(dataDir, 'filler'), new Uint8Array(2 ** 19));
  await assert.rejects(uploads.receivePart(id, token, bytes(14 / 16), { offset: first, end: total, total }), full);
  const { bytes: come } = await uploads.progress(id, token);
  assert.ok(come > first && come < total);
  await rm(join(dataDir, 'uploads', `part-${id}`));
  await rm(join(dataDir, 'filler'));

  const elsewhere = mkdtempSync(join(tmpdir(), 'quartet-elsewhere-'));
  t.after(() => rmSync(elsewhere, { recursive: true, force: true }));
  await writeFile(join(elsewhere, 'weights'), new Uint8Array(2 ** 21));
  await assert.rejects(artifacts.adopt('encoder', elsewhere), full);
  assert.deepEqual([await artifacts.list(), await left('artifacts/tmp')], [[], []]);

  const dataset = await addDataset(
    db,
    Array.from({ length: 2_000 }, (_, n) => `${n} ${'text '.repeat(200)}`),
  );
  await assert.rejects(new SnapshotsService({ db, artifacts }).snapshotDataset(dataset.id), full);
  assert.deepEqual([await artifacts.list(), await left('artifacts/tmp')], [[], []]);
  const exports = new ExportsService({ db, dataDir, artifacts, globalId: (type, row) => `${type} ${row}` });
  const of = { id: dataset.id, content: 'items', format: 'jsonl' } as const;
  await assert.rejects(exports.file(of, await exports.permit(of)), refused('this export'));
  assert.deepEqual(await left('exports'), []);

  // What would not fit is not begun.
  const enqueue = async () => assert.fail('nothing is queued');
  const runs = new RunsService({ db, enqueue, artifacts });
  await db.pool.query(`UPDATE "Dataset" SET "relevanceCount" = 1 WHERE id = $1`, [dataset.id]);
  await assert.rejects(
    runs.start({ datasetId: dataset.id, config: { positives: 'augmentation' } }),
    refused('this training'),
  );
  const large = { offset: 0, end: 2 ** 21, total: 2 ** 21 };
  await assert.rejects(uploads.receivePart(id, token, bytes(2), large), refused('this upload'));
  const announced = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName: 'b.csv', bytes: 2 ** 21 });
  await assert.rejects(uploads.receive(announced.id, announced.token, bytes(2)), refused('this upload'));
  assert.deepEqual(await left('uploads'), []);
  const roomy = new UploadsService({ db, dataDir: elsewhere });
  await roomy.receive(announced.id, announced.token, bytes(2));
  const imports = new ImportsService({ db, enqueue, artifacts });
  await assert.rejects(imports.start({ datasetId: dataset.id, uploadIds: [announced.id] }), refused('this import'));
  await mkdir(join(dataDir, 'backups'));
  const backup = { url: db.url, dataDir, artifacts, folder: join(dataDir, 'backups/monday') };
  await assert.rejects(writeBackup(backup), { code: 'DISK_FULL' });
  assert.deepEqual(await left('backups'), []);

  await uploads.receive(id, token, bytes(0.5));
  assert.equal((await uploads.get(id)).bytes, 2 ** 19);
});
