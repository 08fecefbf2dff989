import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { isAlive, takeLease } from '../../src/store/worker-leases.ts';
import { until } from '../jobs/processes.ts';
import { testDatabase } from '../support/database.ts';
import { takesLessThan } from '../support/takes-less-than.ts';

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
  await takesLessThan(500, async () => {
    const child = fork(new URL('../support/lease-holder.ts', import.meta.url), [db.url]);
    const [workerId] = (await once(child, 'message')) as [string];
    assert.equal(await isAlive(db, workerId), true);
    child.kill('SIGKILL');
    return until(async () => !(await isAlive(db, workerId)));
  });
});

test('a lease whose connection was cut is held again by the same worker', async (t) => {
  const db = await testDatabase(t);
  const lease = await takeLease(db);
  t.after(() => lease.release());
  await takesLessThan(1_000, async () => {
    const { rows } = await db.pool.query(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'quartet worker' AND datname = current_database()`,
    );
    assert.equal(rows.length, 1);
    return until(() => isAlive(db, lease.workerId));
  });
  assert.equal(lease.lost.aborted, false);
});
