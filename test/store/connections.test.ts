import assert from 'node:assert/strict';
import test from 'node:test';
import { silentLogger } from '../../src/platform/logger.ts';
import { asOverload, openConnections } from '../../src/store/connections.ts';
import { testDatabaseUrl } from '../support/database.ts';

test('transactions that look things up on connections of their own do not wait for each other for ever', async (t) => {
  const url = await testDatabaseUrl(t);
  const { pool, transaction, end } = openConnections(url, silentLogger, { size: 4 });
  const lookUp = () => transaction(async () => (await pool.query('SELECT 1 AS n')).rows[0].n);
  const found = await Promise.all(Array.from({ length: 40 }, lookUp));
  await end();
  assert.deepEqual(new Set(found), new Set([1]));
});

test('a statement ends at its time limit, and one that waits for a lock at that of locks', async (t) => {
  const url = await testDatabaseUrl(t);
  const limits = { statementTimeout: 2_000, lockTimeout: 100 };
  const { pool, transaction, end } = openConnections(url, silentLogger, { size: 4, ...limits });
  await pool.query('CREATE TABLE held (n int)');
  await transaction(async (tx) => {
    await tx.query('LOCK TABLE held');
    const waiting = await pool.query('SELECT * FROM held').catch((error: unknown) => error);
    assert.equal(asOverload(waiting)?.code, 'RETRY_LATER');
    assert.equal(typeof asOverload(waiting)?.retryAfterMs, 'number');
  });
  const slow = await pool.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
  assert.equal(asOverload(slow)?.code, 'TIMEOUT');
  await end();
});

test('no connection coming free is a reason to come again; other faults are not', () => {
  const busy = new Error('outer', { cause: new Error('timeout exceeded when trying to connect') });
  assert.equal(asOverload(busy)?.code, 'RETRY_LATER');
  for (const error of [new Error('no'), { code: '23505' }, null, 'timeout exceeded when trying to connect']) {
    assert.equal(asOverload(error), null);
  }
});
