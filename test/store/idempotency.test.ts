import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { IdempotencyService, KEY_LIFETIME } from '../../src/services/idempotency.ts';
import { once } from '../../src/store/idempotency.ts';
import { testDatabase } from '../support/database.ts';

const request = {
  namespace: DEFAULT_NAMESPACE,
  key: 'k1',
  mutation: 'startTraining',
  input: { b: 1, a: { d: [1, 2], c: null } },
};

test('creates once for a key when ten requests come at once, and gives all the same id', async (t) => {
  const db = await testDatabase(t);
  let created = 0;
  const results = await Promise.all(
    Array.from({ length: 10 }, () => db.transaction((tx) => once(tx, request, async () => `run-${++created}`))),
  );
  assert.equal(created, 1);
  assert.deepEqual(new Set(results.map(({ resultId }) => resultId)), new Set(['run-1']));
  assert.equal(results.filter(({ replayed }) => !replayed).length, 1);
});

test('the order of fields does not matter, other input or another mutation is a conflict', async (t) => {
  const db = await testDatabase(t);
  const ask = (change: object) => db.transaction((tx) => once(tx, { ...request, ...change }, async () => 'run-1'));
  await ask({});
  assert.deepEqual(await ask({ input: { a: { c: null, d: [1, 2] }, b: 1, e: undefined } }), {
    resultId: 'run-1',
    replayed: true,
  });
  const conflict = { code: 'CONFLICT', field: ['input', 'idempotencyKey'] };
  await assert.rejects(ask({ input: { ...request.input, b: 2 } }), conflict);
  await assert.rejects(ask({ input: { ...request.input, a: { d: [2, 1], c: null } } }), conflict);
  await assert.rejects(ask({ mutation: 'buildIndex' }), conflict);
  for (const key of ['', 'k'.repeat(201), 'a\0b', '\ud800']) await assert.rejects(ask({ key }), { code: 'BAD_INPUT' });
});

test('a creation that fails leaves the key free', async (t) => {
  const db = await testDatabase(t);
  const fail = db.transaction((tx) =>
    once(tx, request, async () => {
      throw new Error('no');
    }),
  );
  await assert.rejects(fail, /^Error: no$/);
  const { replayed } = await db.transaction((tx) => once(tx, request, async () => 'run-2'));
  assert.equal(replayed, false);
});

test('a key is forgotten when its day is over, and not before', async (t) => {
  const db = await testDatabase(t);
  const create = () => db.transaction((tx) => once(tx, request, async () => 'run-1'));
  await create();
  const forgottenAfter = (ms: number) => new IdempotencyService({ db, clock: () => Date.now() + ms }).forgetOld();
  assert.equal(await forgottenAfter(KEY_LIFETIME - 60_000), 0);
  assert.equal((await create()).replayed, true);
  assert.equal(await forgottenAfter(KEY_LIFETIME + 60_000), 1);
  assert.equal((await create()).replayed, false);
});
