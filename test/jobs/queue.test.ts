import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newUuid } from '../../src/platform/uuid.ts';
import { testDatabase } from '../support/database.ts';
import { openQueue } from './harness.ts';

test('a job that was handed on can not be settled by the worker that had it', async (t) => {
  const db = await testDatabase(t);
  const queue = await openQueue(t, db);
  const id = newUuid();
  await queue.ensure('train', [id]);
  const first = await queue.take('train', 'first');
  assert.ok(first);
  await queue.release(first);
  const second = await queue.take('train', 'second');
  assert.equal(second?.id, id);
  await queue.complete(first);
  await queue.fail(first, 'late');
  await queue.release(first);
  assert.deepEqual(await queue.taken(), [second]);
});

test('a released job has all its tries again, a failed one has one less', async (t) => {
  const db = await testDatabase(t);
  const queue = await openQueue(t, db, { retryLimit: 1 });
  await queue.ensure('train', [newUuid()]);
  const take = async () => {
    await db.pool.query(`UPDATE pgboss.job SET start_after = now() WHERE state < 'active'`);
    const claim = await queue.take('train', 'w');
    assert.ok(claim);
    return claim;
  };
  assert.equal(await queue.fail(await take(), 'once'), true);
  await queue.release(await take());
  assert.equal(await queue.fail(await take(), 'once'), true);
  assert.equal(await queue.fail(await take(), 'twice'), false);
});

test('a job may take days as long as its worker says so', async (t) => {
  const db = await testDatabase(t);
  const queue = await openQueue(t, db);
  await queue.ensure('train', [newUuid()]);
  const claim = await queue.take('train', 'w');
  assert.ok(claim);
  await db.pool.query(
    `UPDATE pgboss.job SET started_on = now() - interval '30 hours', heartbeat_on = now() - interval '1 hour'`,
  );
  await queue.beat([claim]);
  const { rows } = await db.pool.query(
    `SELECT extract(epoch FROM started_on + expire_seconds * interval '1s' - now()) AS left,
       extract(epoch FROM now() - heartbeat_on) AS silent FROM pgboss.job WHERE state = 'active'`,
  );
  assert.ok(Number(rows[0].left) > 23 * 3_600);
  assert.ok(Number(rows[0].silent) < 60);
});

test('two processes may open the queue of a new database at once', async (t) => {
  const db = await testDatabase(t);
  const queues = await Promise.all([openQueue(t, db), openQueue(t, db), openQueue(t, db)]);
  await queues[0]?.ensure('import', [newUuid()]);
  assert.notEqual(await queues[1]?.take('import', 'w'), null);
  assert.equal(await queues[2]?.take('import', 'w'), null);
});
