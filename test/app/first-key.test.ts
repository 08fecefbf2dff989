import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import { toGlobalId } from '../../src/api/global-ids.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { until } from '../support/embedded-server.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const KEY = /qk_[\w-]{43}/g;

interface Served {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
}

function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(([name]) => !/^(QUARTET_|DATABASE_URL)/.test(name));
  return { ...Object.fromEntries(clean), ...settings };
}

/** `quartet serve` as an operator starts it, up to the address that its log tells. */
async function serve(t: TestContext, env: NodeJS.ProcessEnv): Promise<Served> {
  const child = spawn(process.execPath, [CLI, 'serve', '--no-worker', '--port', '0'], { env });
  t.after(() => child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  let url: string | undefined;
  await until('it listens', async () => {
    assert.equal(child.exitCode, null, stderr);
    url = /listens at (http:\/\/[\d.:]+)\/graphql/.exec(stderr)?.[1];
    return url !== undefined;
  });
  return { url: url as string, process: child, stdout: () => stdout, stderr: () => stderr };
}

async function post(url: string, key: string | undefined, query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what each query asks for
  return { status: response.status, ...((await response.json()) as any) };
}

/** What a subscription to no run is answered with over graphql-ws. @throws the close event of a connection that was refused */
async function overSocket(url: string, connectionParams: Readonly<Record<string, string>>): Promise<string> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  const query = `subscription { runEvents(runId: "${toGlobalId('TrainingRun', newUuid())}") { sequence } }`;
  try {
    for await (const answer of client.iterate({ query })) return JSON.stringify(answer);
    return 'nothing';
  } catch (error) {
    if (Array.isArray(error)) return JSON.stringify(error);
    throw error;
  } finally {
    await client.dispose();
  }
}

test('the first start shows an administrator’s key, once, that works everywhere and is kept nowhere', {
  timeout: 300_000,
}, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-first-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const databaseUrl = await testDatabaseUrl(t);
  const env = environment({ DATABASE_URL: databaseUrl, QUARTET_DATA: dataDir, QUARTET_LOG_LEVEL: 'trace' });

  // Of two servers that find an empty database at the same moment, one shows it.
  const [one, two] = (await Promise.all([serve(t, env), serve(t, env)])) as [Served, Served];
  const shown = `${one.stdout()}${two.stdout()}`.match(KEY) ?? [];
  assert.equal(shown.length, 1, `${one.stdout()}${two.stdout()}`);
  const [key] = shown as [string];
  const viewer = { namespace: 'default', scopes: ['READ', 'WRITE', 'TRAIN', 'ADMIN'] };
  for (const { url } of [one, two]) {
    assert.deepEqual((await post(url, key, '{ viewer { namespace scopes } }')).data, { viewer });
    // Let in, and then told that there is no such run.
    assert.match(await overSocket(url, { authorization: `Bearer ${key}` }), /"code":"NOT_FOUND"/);
    const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    for (const unknown of [undefined, wrong]) {
      const refused = await post(url, unknown, '{ viewer { namespace } }');
      assert.deepEqual([refused.status, refused.errors[0].extensions.code], [401, 'UNAUTHENTICATED']);
      const params = unknown === undefined ? {} : { authorization: `Bearer ${unknown}` };
      await assert.rejects(overSocket(url, params), { code: 4403 });
    }
  }
  const made = await post(
    one.url,
    key,
    'mutation { createApiKey(input: {name: "shop", scopes: [READ], namespace: "acme"}) { secret } }',
  );
  const shop = made.data.createApiKey.secret;
  const asked = await post(two.url, shop, '{ viewer { namespace scopes } }');
  assert.deepEqual(asked.data, { viewer: { namespace: 'acme', scopes: ['READ'] } });

  // Only hashes are stored, and no log has a key.
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const { rows } = await database.query('SELECT * FROM "ApiKey"');
  await database.end();
  assert.equal(rows.length, 2);
  for (const text of [JSON.stringify(rows), one.stderr(), two.stderr()]) {
    for (const secret of [key, shop]) assert.ok(!text.includes(secret) && !text.includes(secret.slice(9)));
  }

  for (const server of [one, two]) {
    const ended = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  }
  const again = await serve(t, env);
  assert.equal(again.stdout(), '', 'a later start shows none');
  assert.deepEqual((await post(again.url, key, '{ viewer { namespace scopes } }')).data, { viewer });
});

test('without keys a server only listens on a loopback address', async () => {
  const refused = (args: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
    new Promise<{ status: unknown; stderr: string }>((resolve) => {
      // Before anything is opened: there is no such database.
      const env = environment({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none', QUARTET_DATA: '/nonexistent' });
      execFile(process.execPath, [CLI, 'serve', ...args], { env: { ...env, ...settings } }, (error, _, stderr) =>
        resolve({ status: error?.code, stderr }),
      );
    });
  const outcomes = await Promise.all([
    refused(['--no-auth', '--host', '0.0.0.0']),
    refused([], { QUARTET_AUTH: 'off', QUARTET_HOST: '::' }),
  ]);
  for (const { status, stderr } of outcomes) {
    assert.equal(status, 2, stderr);
    assert.match(stderr, /Without keys everybody .* let it listen on 127\.0\.0\.1, or let it ask for keys/);
  }
});
