import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QuartetError } from '../../src/domain/errors.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { openDatabase } from '../../src/store/database.ts';
import { testDatabase, testDatabaseUrl } from '../support/database.ts';

test('commits what a transaction did and rolls back what one that throws did', async (t) => {
  const db = await testDatabase(t);
  const insert = (name: string) => `INSERT INTO "Dataset" (id, name) VALUES ('${randomUUID()}', '${name}')`;
  await db.transaction((tx) => tx.query(insert('kept')));
  await assert.rejects(
    db.transaction(async (tx) => {
      await tx.query(insert('lost'));
      throw new Error('no');
    }),
    /^Error: no$/,
  );
  const datasets = await db.prisma.dataset.findMany();
  assert.deepEqual(
    datasets.map((dataset) => dataset.name),
    ['kept'],
  );
});

test('a transaction that hides a failed statement is an error, not a silent rollback', async (t) => {
  const db = await testDatabase(t);
  const hidden = db.transaction(async (tx) => {
    await tx.query('SELECT 1 / 0').catch(() => {});
  });
  await assert.rejects(hidden, /was rolled back/);
});

test('waits out cut connections: pool, transaction and Prisma', async (t) => {
  const db = await testDatabase(t);
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await Promise.all([1, 2, 3].map(() => db.pool.query('SELECT pg_sleep(0.05)')));
  const slow = db.retrying(() => db.transaction((tx) => tx.query('SELECT pg_sleep(0.2), 42 AS n')));
  const prisma = db.retrying(() => db.prisma.$queryRaw`SELECT pg_sleep(0.2)::text, 42 AS n`);
  await sleep(50);
  await db.pool.query(cut);
  assert.equal((await slow).rows[0].n, 42);
  assert.deepEqual(((await prisma) as { n: number }[])[0]?.n, 42);
});

test('what is wrong with DATABASE_URL is said with a remedy and without the password', async (t) => {
  const good = await testDatabaseUrl(t);
  const open = (change: (url: URL) => void) => {
    const url = new URL(good);
    change(url);
    return openDatabase({ dataDir: '/nonexistent', databaseUrl: url.href, logger: silentLogger });
  };
  const says = (message: RegExp) => (error: QuartetError) => {
    assert.equal(error.code, 'DATABASE_UNAVAILABLE');
    assert.match(error.message, message);
    assert.ok(!error.message.includes('wrong-secret'), error.message);
    return true;
  };
  const wrongPassword = open((url) => {
    url.password = 'wrong-secret';
  });
  await assert.rejects(wrongPassword, says(/check user name and password/));
  const wrongName = open((url) => {
    url.pathname = '/no_such_database';
  });
  await assert.rejects(wrongName, says(/create that database first/));
});
