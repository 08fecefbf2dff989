import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { SECOND } from '../../src/platform/clock.ts';
import { sha256 } from '../../src/platform/hash.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { QUEUE_NAMES } from '../../src/services/enqueue.ts';
import { retrying } from '../../src/store/connection-loss.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { joinServer } from '../../src/store/embedded/membership.ts';
import { applyMigrations, readMigrations } from '../../src/store/migrations.ts';

/*
 * All test processes of a checkout share one embedded server in memory, or in the system's temporary folder where there is too little
 * (or the server of TEST_DATABASE_URL). It ends, with everything it wrote, some seconds after the last of them. Each test gets its own
 * copy of a template that has the tables and the queues; an empty database becomes one in the tests of data directories.
 */

const GRACE = 4 * SECOND;
const CHECKOUT = join(import.meta.dirname, '../..');
const QUEUE = new URL('../../src/jobs/queue.ts', import.meta.url);
/** A database is 10 MB, each running test has a few. Making one there takes a tenth of the time: it is 500 files. */
const MEMORY = { folder: '/dev/shm', freeBytes: 2 * 2 ** 30 };

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
  const { admin, connections, template } = await testServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const run = (sql: string) => retrying(() => connections.query(sql));
  await run(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: withDatabase(admin, name),
    drop: async () => {
      await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

interface TestServer {
  /** URL of a database from which others can be made. */
  readonly admin: string;
  /** To that, for all tests of this process; they do not keep it from ending. */
  readonly connections: pg.Pool;
  readonly template: string;
}
let server: Promise<TestServer> | undefined;

function testServer(): Promise<TestServer> {
  server ??= start();
  return server;
}

async function start(): Promise<TestServer> {
  const admin = process.env.TEST_DATABASE_URL ?? (await startEmbedded());
  const template = await templateName();
  const connections = new pg.Pool({ connectionString: admin, allowExitOnIdle: true });
  connections.on('error', () => {});
  const client = await connections.connect();
  try {
    // One process makes the template, the others wait for it.
    await client.query(`SELECT pg_advisory_lock(hashtext('${template}'))`);
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = $1`, [template]);
    if (rowCount === 0) {
      const making = `${template}_making`;
      await client.query(`DROP DATABASE IF EXISTS ${making}`);
      await client.query(`CREATE DATABASE ${making}`);
      await applyMigrations(withDatabase(admin, making), silentLogger);
      await createQueues(withDatabase(admin, making));
      await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
      await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
    }
    await client.query('SELECT pg_advisory_unlock_all()');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  return { admin, connections, template };
}

/** After what the template is made of. */
async function templateName(): Promise<string> {
  const { migrationDirectories } = await readMigrations();
  const boss = join(CHECKOUT, 'node_modules/pg-boss/package.json');
  const queue = await Promise.all([boss, QUEUE].map((file) => readFile(file, 'utf8')));
  return `quartet_template_${sha256(JSON.stringify([migrationDirectories, QUEUE_NAMES, queue])).slice(0, 16)}`;
}

/** Loads the queue only here: most processes find the template made. */
async function createQueues(url: string): Promise<void> {
  const { JobQueue } = (await import(QUEUE.href)) as typeof import('../../src/jobs/queue.ts');
  const database = await openDatabase({ dataDir: '/nonexistent', databaseUrl: url, logger: silentLogger });
  const queue = await JobQueue.open(database, silentLogger);
  await queue.close();
  await database.close();
}

/** This process stays a member until it ends. */
async function startEmbedded(): Promise<string> {
  const key = sha256(`${CHECKOUT} ${process.getuid?.()}`).slice(0, 12);
  const { url } = await joinServer({
    dataDir: await serverFolder(`quartet-test-${key}`),
    logger: silentLogger,
    grace: GRACE,
    ephemeral: true,
    // Its data need not outlive a power cut.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  });
  return url;
}

/** Where there is room, or where another process has made the server already. */
async function serverFolder(name: string): Promise<string> {
  const inMemory = join(MEMORY.folder, name);
  const { bavail, bsize } = await statfs(MEMORY.folder).catch(() => ({ bavail: 0, bsize: 0 }));
  const room = Math.min(bavail * bsize, process.availableMemory());
  return existsSync(inMemory) || room > MEMORY.freeBytes ? inMemory : join(tmpdir(), name);
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
