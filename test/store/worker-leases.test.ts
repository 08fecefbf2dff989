import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, takeLease } from '../../src/store/worker-leases.ts';
import { testDatabase } from '../support/database.ts';

test('a lease shows its worker alive until it is released', async (t) => {
  const db = await testDatabase(t);
  const lease = await takeLease(db);
  t.after(() => lease.release());
  const other = await takeLease(db);
  t.after(() => other.release());
  assert.notEqual(lease.workerId, other.workerId);
  assert.equal(await isAlive(db, lease.workerId), true);
  await assert.rejects(takeLease(db, lease.workerId), { code: 'CONFLICT' });
  await lease.release();
  await until(async () => !(await isAlive(db, lease.workerId)));
  assert.equal(await isAlive(db, other.workerId), true);
  assert.equal(lease.lost.aborted, false);
});

test('a killed worker is seen dead within half a second', async (t) => {
  const db = await testDatabase(t);
  const child = fork(new URL('../support/lease-holder.ts', import.meta.url), [db.url]);
  const [workerId] = (await once(child, 'message')) as [string];
  assert.equal(await isAlive(db, workerId), true);
  child.kill('SIGKILL');
  await until(async () => !(await isAlive(db, workerId)), 500);
});

test('a lease whose connection was cut is held again by the same worker', async (t) => {
  const db = await testDatabase(t);
  const lease = await takeLease(db);
  t.after(() => lease.release());
  await db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'quartet worker' AND datname = current_database()`,
  );
  await until(() => isAlive(db, lease.workerId), 1_000);
  assert.equal(lease.lost.aborted, false);
});

async function until(condition: () => Promise<boolean>, patience = 5_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `did not happen within ${patience} ms`);
    await sleep(10);
  }
}
