import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { notify } from '../../src/store/notifications.ts';
import { testDatabase } from '../support/database.ts';

test('notifications arrive when their transaction commits, on their channel only, until it is ended', async (t) => {
  const db = await testDatabase(t);
  const heard: string[] = [];
  const silence = await db.listen('a', (payload) => heard.push(`first ${payload}`));
  await db.listen('a', (payload) => heard.push(`second ${payload}`));
  await db.listen("it's b", (payload) => heard.push(`b ${payload}`));
  await db.transaction(async (tx) => {
    await notify(tx, 'a', '1');
    await notify(tx, "it's b", '2');
    await sleep(100);
    assert.deepEqual(heard, []);
  });
  await until(() => heard.length === 3);
  assert.deepEqual(heard, ['first 1', 'second 1', 'b 2']);
  await assert.rejects(
    db.transaction(async (tx) => {
      await notify(tx, 'a', 'never');
      throw new Error('rolled back');
    }),
  );
  await silence();
  await notify(db.pool, 'a', '3');
  await until(() => heard.length === 4);
  assert.equal(heard.at(-1), 'second 3');
});

test('after a cut connection every listener is told once to catch up, and hears again', async (t) => {
  const db = await testDatabase(t);
  const heard: string[] = [];
  await db.listen('a', (payload) => heard.push(`a${payload}`));
  await db.listen('b', (payload) => heard.push(`b${payload}`));
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'quartet listener' AND datname = current_database()`;
  await db.pool.query(cut);
  await until(() => heard.length === 2);
  assert.deepEqual(heard, ['a', 'b']);
  await notify(db.pool, 'b', '1');
  await until(() => heard.length === 3);
  assert.equal(heard[2], 'b1');
});

test('a listener that throws does not keep the others from hearing', async (t) => {
  const db = await testDatabase(t);
  const heard: string[] = [];
  await db.listen('a', () => {
    throw new Error('no');
  });
  await db.listen('a', (payload) => heard.push(payload));
  await notify(db.pool, 'a', '1');
  await until(() => heard.length === 1);
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'did not happen within 60 s');
    await sleep(5);
  }
}
