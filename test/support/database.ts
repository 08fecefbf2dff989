import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { SECOND } from '../../src/platform/clock.ts';
import { sha256 } from '../../src/platform/hash.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { retrying } from '../../src/store/connection-loss.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { joinServer } from '../../src/store/embedded/membership.ts';
import { applyMigrations, readMigrations } from '../../src/store/migrations.ts';

/*
 * All test processes of a checkout share one embedded server in the system's temporary folder (or the server of TEST_DATABASE_URL). It
 * ends, with everything it wrote, some seconds after the last of them. Each test gets its own copy of a migrated template.
 */

const GRACE = 4 * SECOND;
const CHECKOUT = join(import.meta.dirname, '../..');

/** A fresh, migrated, empty database for one test, dropped when the test ends. */
export async function testDatabase(t: TestContext): Promise<Database> {
  const { url, drop } = await createTestDatabase();
  // A folder that nothing creates: with a URL the data directory is not touched.
  const database = await openDatabase({ dataDir: '/nonexistent', databaseUrl: url, logger: silentLogger });
  t.after(async () => {
    await database.close();
    await drop();
  });
  return database;
}

/** The URL of the same, for tests that open it themselves or in processes of their own. */
export async function testDatabaseUrl(t: TestContext): Promise<string> {
  const { url, drop } = await createTestDatabase();
  t.after(drop);
  return url;
}

async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { admin, template } = await testServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(admin, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: withDatabase(admin, name),
    drop: () => onServer(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

interface TestServer {
  /** URL of a database from which others can be made. */
  readonly admin: string;
  readonly template: string;
}
let server: Promise<TestServer> | undefined;

function testServer(): Promise<TestServer> {
  server ??= start();
  return server;
}

async function start(): Promise<TestServer> {
  const admin = process.env.TEST_DATABASE_URL ?? (await startEmbedded());
  const { migrationDirectories } = await readMigrations();
  const template = `quartet_template_${sha256(JSON.stringify(migrationDirectories)).slice(0, 16)}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    // One process makes the template, the others wait for it.
    await client.query(`SELECT pg_advisory_lock(hashtext('${template}'))`);
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = $1`, [template]);
    if (rowCount === 0) {
      const making = `${template}_making`;
      await client.query(`DROP DATABASE IF EXISTS ${making}`);
      await client.query(`CREATE DATABASE ${making}`);
      await applyMigrations(withDatabase(admin, making), silentLogger);
      await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
      await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
    }
  } finally {
    await client.end();
  }
  return { admin, template };
}

/** This process stays a member until it ends. */
async function startEmbedded(): Promise<string> {
  const key = sha256(`${CHECKOUT} ${process.getuid?.()}`).slice(0, 12);
  const { url } = await joinServer({
    dataDir: join(tmpdir(), `quartet-test-${key}`),
    logger: silentLogger,
    grace: GRACE,
    ephemeral: true,
    // Its data need not outlive a power cut.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  });
  return url;
}

async function onServer(admin: string, sql: string): Promise<void> {
  await retrying(async () => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  });
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
