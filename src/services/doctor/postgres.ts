import type { Logger } from '../../platform/logger.ts';
import { openDatabase } from '../../store/database.ts';
import { type Finding, failed, messageOf, ok } from './finding.ts';

/** Oldest major version that the job queue (pg-boss 12) supports. */
const OLDEST = 13;

export interface PostgresOptions {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly logger: Logger;
}

/** Opens the database as the server would: starts or joins the embedded one, or connects to DATABASE_URL, and migrates. */
export async function checkPostgres(options: PostgresOptions): Promise<Finding> {
  const name = 'PostgreSQL';
  const where = options.databaseUrl === undefined ? 'embedded' : 'external (DATABASE_URL)';
  const started = performance.now();
  try {
    const database = await openDatabase(options);
    try {
      const { rows } = await database.pool.query<{ version: string }>(
        "SELECT current_setting('server_version') AS version",
      );
      const version = rows[0]?.version ?? 'unknown';
      const detail = `${version}, ${where}, reachable, migrated, in ${((performance.now() - started) / 1000).toFixed(1)} s`;
      return Number.parseInt(version, 10) < OLDEST
        ? failed(name, detail, `use PostgreSQL ${OLDEST} or newer, or unset DATABASE_URL`)
        : ok(name, detail);
    } finally {
      await database.close();
    }
  } catch (error) {
    const remedy =
      options.databaseUrl === undefined
        ? 'see postgres.log in the data directory, or set DATABASE_URL to a PostgreSQL server'
        : 'check DATABASE_URL, or unset it for the embedded server';
    return failed(name, `${where}: ${messageOf(error)}`, remedy);
  }
}
