import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { QuartetError } from '../domain/errors.ts';
import { SECOND } from '../platform/clock.ts';
import { sha256 } from '../platform/hash.ts';
import type { Logger } from '../platform/logger.ts';
import { withSchemaEngine } from './schema-engine.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));
/** Everything in the schema is Quartet's own. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };
/** Key of the advisory lock that lets one process migrate while the others wait: "quartet" in ASCII. */
const MIGRATION_LOCK = '0x71756172746574';

/**
 * Brings the database's tables up to date. All pending migrations and their records in `_prisma_migrations` are one transaction, so a
 * process killed in the middle leaves nothing half-done; several processes at once are safe. When nothing is pending this is one query.
 * @returns the names of the migrations applied now
 * @throws QuartetError NOT_READY when a newer Quartet has made the database, or an applied migration was edited
 */
export async function applyMigrations(url: string, logger: Logger, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const list = await readMigrations(folder);
  // One connection, so that the engine's statements and ours are in the same transaction.
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 10 * SECOND,
    application_name: 'quartet migrations',
  });
  pool.on('error', () => {});
  try {
    if ((await pendingIn(pool, list)).length === 0) return [];
    await pool.query('BEGIN');
    await pool.query(`SELECT pg_advisory_xact_lock(${BigInt(MIGRATION_LOCK)})`);
    const pending = await pendingIn(pool, list);
    if (pending.length > 0) {
      await withSchemaEngine(pool, (engine) => engine.applyMigrations({ migrationsList: list, filters: NO_FILTERS }));
      logger.debug({ migrations: pending }, 'migrated the database');
    }
    await pool.query('COMMIT');
    return pending;
  } finally {
    await pool.end();
  }
}

/** @returns how many migrations of this version the database lacks. @throws as `applyMigrations` */
export async function migrationsPending(pool: Pick<pg.Pool, 'query'>, folder = MIGRATIONS_FOLDER): Promise<number> {
  return (await pendingIn(pool, await readMigrations(folder))).length;
}

/** Reads the migrations as the engine wants them, oldest first. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = await readFile(join(folder, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

async function pendingIn(pool: Pick<pg.Pool, 'query'>, list: MigrationList): Promise<string[]> {
  const known = new Map<string, string>();
  for (const { path, migrationFile } of list.migrationDirectories) {
    if (migrationFile.content.tag === 'ok') known.set(path, sha256(migrationFile.content.value));
  }
  for (const { name, checksum } of await appliedIn(pool)) {
    if (!known.has(name)) {
      throw new QuartetError(
        'NOT_READY',
        `the database has the migration "${name}", which this version of Quartet does not know; start the newer version that made it, or use another database`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new QuartetError(
        'NOT_READY',
        `the migration "${name}" was changed after it had been applied to this database; restore the file, or use another database`,
      );
    }
    known.delete(name);
  }
  return [...known.keys()];
}

async function appliedIn(pool: Pick<pg.Pool, 'query'>): Promise<{ name: string; checksum: string }[]> {
  const table = await pool.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
  if (!table.rows[0]?.there) return [];
  const { rows } = await pool.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}
