import { constants } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { QuartetError } from '../../domain/errors.ts';
import { fsyncDir } from '../../platform/atomic-file.ts';
import { isDiskFull } from '../../platform/disk-full.ts';
import { sha256File } from '../../platform/hash.ts';
import { findFault } from '../artifact-manifest.ts';
import { namedArtifacts } from '../artifact-references.ts';
import { ARTIFACT_KINDS, type ArtifactStore } from '../artifacts.ts';
import { lendConnection } from '../connections.ts';
import { artifactFolder, type Manifest, uploadFile, writeManifest } from './manifest.ts';
import { saveTable, sequencesOf, tablesOf } from './tables.ts';

export interface BackupOptions {
  readonly url: string;
  readonly dataDir: string;
  readonly artifacts: ArtifactStore;
  /** Must not exist yet. */
  readonly folder: string;
}

export interface BackupReport {
  readonly manifest: Manifest;
  /** Artifacts that rows name and that were missing or damaged before the backup: nothing can save them. */
  readonly missing: readonly string[];
}

/** Looks at the rows so often until all artifacts that they name were caught before a running training let go of them. */
const ATTEMPTS = 5;

/**
 * Writes rows and artifacts as they are at one moment into a new folder, while servers and workers go on. Rows come from one
 * REPEATABLE READ transaction. An artifact never changes, but may be removed: all are copied before the rows are looked at,
 * and those made since then after it.
 * @throws QuartetError CONFLICT when the folder is there, DISK_FULL; what is half done is removed
 */
export async function writeBackup(options: BackupOptions): Promise<BackupReport> {
  const { folder } = options;
  if ((await readdir(folder).catch(() => null)) !== null) {
    throw new QuartetError('CONFLICT', `${folder} is there already; name a new folder for the backup`);
  }
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    await mkdir(partial, { recursive: true });
    const report = await fill(options, partial);
    await rename(partial, folder);
    await fsyncDir(dirname(folder));
    return report;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!isDiskFull(error)) throw error;
    throw new QuartetError('DISK_FULL', `no space left for a backup in ${folder}; free some or name another disk`, {
      cause: error,
    });
  }
}

async function fill({ url, dataDir, artifacts: store }: BackupOptions, folder: string): Promise<BackupReport> {
  for (let attempt = 1; ; attempt++) {
    await copyArtifacts(store, folder);
    await rm(join(folder, 'tables'), { recursive: true, force: true });
    await mkdir(join(folder, 'tables'));
    const { named, uploads, ...rows } = await saveRows(url, folder);
    await copyArtifacts(store, folder);
    const { artifacts, missing } = await match(folder, named);
    if (missing.length > 0 && attempt < ATTEMPTS) continue;
    const kept = await copyUploads({ dataDir, store }, folder, uploads);
    const manifest = { format: 1, createdAt: new Date().toISOString(), ...rows, artifacts, uploads: kept } as const;
    await writeManifest(folder, manifest);
    return { manifest, missing };
  }
}

type Rows = Pick<Manifest, 'migrations' | 'tables' | 'sequences'> & { named: string[]; uploads: string[] };

async function saveRows(url: string, folder: string): Promise<Rows> {
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'quartet backup' });
  pool.on('error', () => {});
  try {
    return await lendConnection(pool, async (tx) => {
      await tx.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { rows: migrations } = await tx.query<{ name: string; checksum: string }>(
        `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
      );
      const tables: Manifest['tables'] = [];
      for (const table of await tablesOf(tx)) tables.push(await saveTable(tx, folder, table));
      const { rows: uploads } = await tx.query<{ name: string }>(
        `SELECT id || '-' || sha256 AS name FROM "Upload" WHERE sha256 IS NOT NULL ORDER BY 1`,
      );
      const named = await namedArtifacts(tx);
      // Not part of the snapshot, and so never behind the rows.
      const sequences = await sequencesOf(tx);
      await tx.query('COMMIT');
      return { migrations, tables, sequences, named, uploads: uploads.map(({ name }) => name) };
    });
  } finally {
    await pool.end();
  }
}

/** Those that are not in the folder yet. One that is removed while it is copied is found missing later, should a row name it. */
async function copyArtifacts(store: ArtifactStore, folder: string): Promise<void> {
  for (const { kind, sha256 } of await store.list()) {
    const there = new Set(await readdir(join(folder, 'artifacts', kind)).catch(() => []));
    if (!there.has(sha256)) await store.copyTo(kind, sha256, artifactFolder(folder, kind, sha256));
  }
}

/** Keeps of the copies those that rows name and that are whole, and removes the others. */
async function match(
  folder: string,
  named: readonly string[],
): Promise<{ artifacts: Manifest['artifacts']; missing: string[] }> {
  const artifacts: Manifest['artifacts'] = [];
  const missing = new Set(named);
  for (const kind of ARTIFACT_KINDS) {
    for (const address of (await readdir(join(folder, 'artifacts', kind)).catch(() => [])).sort()) {
      const path = artifactFolder(folder, kind, address);
      if (named.includes(address) && (await findFault(path, address)) === undefined) {
        artifacts.push({ kind, sha256: address });
        missing.delete(address);
      } else {
        await rm(path, { recursive: true, force: true });
      }
    }
  }
  return { artifacts, missing: [...missing] };
}

/** Files that came in and that an import may still need. One past its time may be gone: then no import needs it. */
async function copyUploads(
  { dataDir, store }: { readonly dataDir: string; readonly store: ArtifactStore },
  folder: string,
  names: readonly string[],
): Promise<Manifest['uploads']> {
  const kept: Manifest['uploads'] = [];
  await mkdir(join(folder, 'uploads'), { recursive: true });
  for (const name of names) {
    const to = uploadFile(folder, name);
    if (await store.fetchShared(`uploads/${name}`, to)) {
      kept.push({ name, sha256: await sha256File(to) });
      continue;
    }
    try {
      await cp(join(dataDir, 'uploads', name), to, { mode: constants.COPYFILE_FICLONE });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    kept.push({ name, sha256: await sha256File(to) });
  }
  return kept;
}
