import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOperator, OPERATOR } from '../../src/domain/principal.ts';
import { KeysService } from '../../src/services/keys.ts';
import { testDatabase } from '../support/database.ts';

test('the first key is made once, however many servers start, and only its hash is kept', async (t) => {
  const db = await testDatabase(t);
  const servers = Array.from({ length: 4 }, () => new KeysService({ db }));
  const made = (await Promise.all(servers.map((keys) => keys.createFirst()))).filter((key) => key !== null);
  assert.equal(made.length, 1);
  const [secret] = made as [string];
  assert.match(secret, /^qk_[\w-]{43}$/);
  for (const keys of servers) {
    assert.equal(await keys.createFirst(), null);
    const who = await keys.authenticate(secret);
    assert.ok(who !== null && isOperator(who));
  }
  const { rows } = await db.pool.query('SELECT k::text AS whole FROM "ApiKey" k');
  assert.equal(rows.length, 1);
  assert.ok(!rows[0].whole.includes(secret) && !rows[0].whole.includes(Buffer.from(secret).toString('hex')));
});

test('a first key that was revoked is not made again', async (t) => {
  const db = await testDatabase(t);
  const keys = new KeysService({ db });
  const secret = (await keys.createFirst()) as string;
  const [row] = (await keys.list(OPERATOR, undefined, { first: 10 })).rows;
  assert.ok(row !== undefined);
  await keys.revoke(row.id);
  assert.equal(await keys.authenticate(secret), null);
  assert.equal(await keys.createFirst(), null);
});
