import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { QuartetError } from '../../domain/errors.ts';
import { sha256File } from '../../platform/hash.ts';
import type { Logger } from '../../platform/logger.ts';
import { findFault } from '../artifact-manifest.ts';
import type { ArtifactKind, ArtifactStore } from '../artifacts.ts';
import { lendConnection } from '../connections.ts';
import { applyMigrations, MIGRATIONS_FOLDER } from '../migrations.ts';
import { artifactFolder, type Manifest, readManifest, tableFile, uploadFile } from './manifest.ts';
import { loadTable, setSequence, tablesOf } from './tables.ts';

export interface RestoreOptions {
  readonly url: string;
  readonly dataDir: string;
  readonly artifacts: ArtifactStore;
  readonly folder: string;
  readonly logger: Logger;
}

/** A database with a row in one of these is somebody's. */
const PRECIOUS = ['Dataset', 'Encoder', 'Upload'] as const;

/**
 * Reads every byte of a backup and compares.
 * @throws QuartetError NOT_FOUND where there is none, CORRUPT_ARTIFACT naming the file at fault
 */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const damaged = (what: string) =>
    new QuartetError('CORRUPT_ARTIFACT', `the backup in ${folder} is damaged: ${what}; use another one`);
  const same = async (path: string, hash: string) => (await sha256File(path).catch(() => null)) === hash;
  for (const { name, sha256 } of manifest.tables) {
    if (!(await same(tableFile(folder, name), sha256))) throw damaged(`the rows of ${name}`);
  }
  for (const { kind, sha256 } of manifest.artifacts) {
    const fault = await findFault(artifactFolder(folder, kind, sha256), sha256);
    if (fault !== undefined) throw damaged(`${kind} ${sha256}: ${fault}`);
  }
  for (const { name, sha256 } of manifest.uploads) {
    if (!(await same(uploadFile(folder, name), sha256))) throw damaged(`the upload ${name}`);
  }
  return manifest;
}

/**
 * Puts a backup, verified first, into an empty database and its data directory: the tables as they were, all rows in one
 * transaction, then the migrations that came since. Interrupted, it is simply begun again.
 * @throws QuartetError CONFLICT when the database holds rows, NOT_READY for a backup of a newer version
 */
export async function restoreBackup({ url, dataDir, artifacts, folder, logger }: RestoreOptions): Promise<Manifest> {
  const manifest = await verifyBackup(folder);
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'quartet restore' });
  pool.on('error', () => {});
  try {
    await makeTables(url, manifest, logger);
    await putFiles({ dataDir, store: artifacts }, folder, manifest);
    await putRows(pool, folder, manifest);
  } finally {
    await pool.end();
  }
  await applyMigrations(url, logger);
  return manifest;
}

/** Only the migrations that the backup's database had. */
async function makeTables(url: string, { migrations }: Manifest, logger: Logger): Promise<void> {
  const known = await readdir(MIGRATIONS_FOLDER);
  const unknown = migrations.find(({ name }) => !known.includes(name));
  if (unknown !== undefined) {
    throw new QuartetError(
      'NOT_READY',
      `the backup was made by a newer Quartet (it has the migration "${unknown.name}"); restore it with that version`,
    );
  }
  const some = await mkdtemp(join(tmpdir(), 'quartet-migrations-'));
  try {
    await cp(join(MIGRATIONS_FOLDER, 'migration_lock.toml'), join(some, 'migration_lock.toml'));
    for (const { name } of migrations) await cp(join(MIGRATIONS_FOLDER, name), join(some, name), { recursive: true });
    await applyMigrations(url, logger, some).catch((error) => {
      // The database is already further than the backup, e.g. because a server was started on it.
      if (!(error instanceof QuartetError) || error.code !== 'NOT_READY') throw error;
      throw new QuartetError(
        'CONFLICT',
        'the database was made by a newer version than the backup; restore into a new one',
        {
          cause: error,
        },
      );
    });
  } finally {
    await rm(some, { recursive: true, force: true });
  }
}

async function putFiles(
  { dataDir, store }: { readonly dataDir: string; readonly store: ArtifactStore },
  folder: string,
  { artifacts, uploads }: Manifest,
): Promise<void> {
  for (const { kind, sha256 } of artifacts) {
    const temporary = await store.tempDir(kind as ArtifactKind);
    await cp(artifactFolder(folder, kind, sha256), temporary, { recursive: true, mode: constants.COPYFILE_FICLONE });
    await store.adopt(kind as ArtifactKind, temporary);
  }
  await mkdir(join(dataDir, 'uploads'), { recursive: true });
  for (const { name, sha256 } of uploads) {
    const path = join(dataDir, 'uploads', name);
    await cp(uploadFile(folder, name), path, { mode: constants.COPYFILE_FICLONE });
    await store.share(`uploads/${name}`, path, { sha256, bytes: (await stat(path)).size });
  }
}

async function putRows(pool: pg.Pool, folder: string, { tables, sequences }: Manifest): Promise<void> {
  await lendConnection(pool, async (tx, spoilt) => {
    try {
      await tx.query('BEGIN');
      for (const name of PRECIOUS) {
        const { rowCount } = await tx.query(`SELECT FROM "${name}" LIMIT 1`);
        if (rowCount === 0) continue;
        throw new QuartetError('CONFLICT', `the database holds rows already (in ${name}); restore into a new one`);
      }
      // Rows that a migration has put there come with the backup, too.
      const all = (await tablesOf(tx)).map(({ name }) => `"${name}"`);
      await tx.query(`TRUNCATE ${all.join(', ')}`);
      for (const table of tables) await loadTable(tx, folder, table);
      for (const sequence of sequences) await setSequence(tx, sequence);
      await tx.query('COMMIT');
      await tx.query('ANALYZE');
    } catch (error) {
      await tx.query('ROLLBACK').catch(spoilt);
      throw error;
    }
  });
}
