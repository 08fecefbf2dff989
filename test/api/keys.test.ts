import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import { startServer } from '../../src/app/server.ts';
import { loadConfig } from '../../src/config/index.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { type TestServer, testServer } from './harness.ts';

const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { secret apiKey { id namespace name prefix scopes expiresAt revokedAt } userErrors { code field message } }
}`;
const REVOKE = `mutation ($id: ID!) {
  revokeApiKey(input: {apiKeyId: $id}) { apiKey { id revokedAt } userErrors { code field } }
}`;
const VIEWER = '{ viewer { namespace scopes expiresAt } }';

const create = async (server: TestServer, input: object, key = server.localKey) =>
  (await server.ask(CREATE, { input: { name: 'k', scopes: ['READ'], ...input } }, key)).createApiKey;

test('without a key, with a wrong, an expired or a revoked one there is no answer', async (t) => {
  const server = await testServer(t, { auth: true });
  const refused = async (key: string | undefined, message: RegExp) => {
    const answer = await server.send(VIEWER, {}, key);
    assert.equal(answer.status, 401);
    assert.equal(answer.errors?.[0]?.extensions.code, 'UNAUTHENTICATED');
    assert.match(answer.errors?.[0]?.message ?? '', message);
    assert.equal(answer.data, undefined);
  };
  await refused(undefined, /Send a key/);
  await refused('qk_guess', /No such key/);
  const malformed = await fetch(`${server.url}/graphql?query={__typename}`, {
    headers: { authorization: 'Basic YTpi', 'apollo-require-preflight': '1' },
  });
  assert.deepEqual([malformed.status, malformed.headers.get('www-authenticate')], [401, 'Bearer realm="quartet"']);

  const far = new Date(Date.now() + 600_000).toISOString();
  const brief = await create(server, { expiresAt: far });
  assert.equal(brief.apiKey.expiresAt, far);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query(`UPDATE "ApiKey" SET "expiresAt" = now() - interval '1 second'`);
  await client.end();
  await refused(brief.secret, /expired/);

  const lasting = await create(server, {});
  assert.deepEqual((await server.ask(VIEWER, {}, lasting.secret)).viewer.scopes, ['READ']);
  const { revokeApiKey } = await server.ask(REVOKE, { id: lasting.apiKey.id }, server.localKey);
  assert.ok(revokeApiKey.apiKey.revokedAt);
  await refused(lasting.secret, /revoked/);
});

test('of a key its hash and first characters are kept, and the answer shows it once', async (t) => {
  const server = await testServer(t, { auth: true });
  const input = { name: 'search page', scopes: ['READ', 'TRAIN'], namespace: 'acme', idempotencyKey: 'once' };
  const { secret, apiKey } = await create(server, input);
  assert.match(secret, /^qk_[\w-]{43}$/);
  assert.equal(secret.startsWith(apiKey.prefix), true);
  const again = await create(server, input);
  assert.deepEqual([again.secret, again.apiKey.id], [null, apiKey.id]);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query('SELECT *, encode(hash, $1) AS hex FROM "ApiKey"', ['hex']);
  await client.end();
  assert.equal(rows.length, 1);
  assert.equal(JSON.stringify(rows).includes(secret.slice(apiKey.prefix.length)), false);
  assert.equal(rows[0].hex.length, 64);
  const refused = await create(server, { name: '', namespace: 'Not a name!' });
  assert.deepEqual(refused.userErrors[0].field, ['input', 'namespace']);
});

test('an admin manages keys of its own namespace, and one of "default" those of all', async (t) => {
  const server = await testServer(t, { auth: true });
  const admin = await create(server, { namespace: 'acme', scopes: ['ADMIN'] });
  const other = await create(server, { namespace: 'other', scopes: ['ADMIN'] });
  assert.equal((await create(server, { scopes: ['READ'] }, admin.secret)).apiKey.namespace, 'acme');
  const foreign = await server.send(
    CREATE,
    { input: { name: 'x', scopes: ['READ'], namespace: 'other' } },
    admin.secret,
  );
  assert.equal(foreign.errors?.[0]?.extensions.code, 'FORBIDDEN');
  const { revokeApiKey } = await server.ask(REVOKE, { id: other.apiKey.id }, admin.secret);
  assert.equal(revokeApiKey.userErrors[0].code, 'NOT_FOUND');
  const list = '{ apiKeys { nodes { namespace } } }';
  const own = (await server.ask(list, {}, admin.secret)).apiKeys.nodes;
  assert.deepEqual(own, [{ namespace: 'acme' }, { namespace: 'acme' }]);
  const all = (await server.ask(list, {}, server.localKey)).apiKeys.nodes;
  assert.equal(all.length, 3);
});

test('a subscription takes its key from the connection, and ends when the key does', async (t) => {
  const server = await testServer(t, { auth: true });
  const { secret, apiKey } = await create(server, {});
  const connect = (authorization: string | undefined) => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: authorization === undefined ? {} : { authorization },
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => {},
    });
    t.after(() => client.dispose());
    const closed = new Promise<{ code: number }>((resolve) => client.on('closed', (event) => resolve(event as never)));
    return { closed, connected: new Promise<void>((resolve) => client.on('connected', () => resolve())) };
  };
  assert.equal((await connect(undefined).closed).code, 4403);
  assert.equal((await connect('Bearer qk_guess').closed).code, 4403);
  const begun = Date.now();
  const brief = await create(server, { expiresAt: new Date(begun + 5_000).toISOString() });
  const expiring = connect(`Bearer ${brief.secret}`);
  await Promise.race([expiring.connected, expiring.closed]);
  assert.equal((await expiring.closed).code, 4403);
  // Keys are also looked at once a minute, which is not when they end.
  assert.ok(Date.now() - begun < 50_000, `closed after ${Date.now() - begun} ms`);
  const right = connect(`Bearer ${secret}`);
  await right.connected;
  await server.ask(REVOKE, { id: apiKey.id }, server.localKey);
  assert.equal((await right.closed).code, 4403);
});

test('without keys only this machine is let in, by its own name', async (t) => {
  const server = await testServer(t);
  assert.equal((await server.ask(VIEWER)).viewer.namespace, 'default');
  const { default: http } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'rebound.example', 'content-type': 'application/json' };
    const request = http.request(`${server.url}/graphql`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).end(JSON.stringify({ query: VIEWER }));
  });
  assert.equal(status, 401);
  const config = { ...loadConfig({}), dataDir: server.dataDir, host: '0.0.0.0', auth: false };
  await assert.rejects(startServer({ config, logger: silentLogger, worker: false, announce: false }), {
    code: 'BAD_INPUT',
    message: /127\.0\.0\.1/,
  });
});

test('the key of the data directory is its owner’s alone', async (t) => {
  const server = await testServer(t, { auth: true });
  const file = join(server.dataDir, 'local.key');
  assert.equal((await readFile(file, 'utf8')).trim(), server.localKey);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});
