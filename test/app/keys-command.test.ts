import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testServer } from '../api/harness.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** @returns what the command wrote for machines @throws with its standard error when it failed */
function quartet(...args: readonly string[]): Promise<unknown> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(QUARTET_|DATABASE_URL)/.test(name)),
  );
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [CLI, ...args, '--json'], { env }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout));
      else reject(new Error(`${stdout}${stderr}`));
    });
  });
}

test('a key is created, shown once, listed without its secret, and revoked', { timeout: 300_000 }, async (t) => {
  const server = await testServer(t, { auth: true });
  const at = ['--url', server.url, '--key', server.localKey];
  const create = [
    'keys',
    'create',
    '--name',
    'shop',
    '--scopes',
    'read,train',
    '--namespace',
    'acme',
    '--expires',
    '90',
  ];
  // biome-ignore lint/suspicious/noExplicitAny: what the command prints
  const made = (await quartet(...create, ...at)) as any;
  assert.deepEqual([made.name, made.namespace, made.scopes], ['shop', 'acme', ['READ', 'TRAIN']]);
  assert.match(made.secret, /^qk_[\w-]{43}$/);
  const asked = await server.send('{ viewer { namespace } }', {}, made.secret);
  assert.deepEqual(asked.data, { viewer: { namespace: 'acme' } });

  const [listed, refused] = await Promise.all([
    quartet('keys', 'list', '--namespace', 'acme', ...at),
    // One without ADMIN may not.
    quartet('keys', 'list', '--url', server.url, '--key', made.secret).then(
      () => 'listed',
      (error: Error) => error.message,
    ),
  ]);
  assert.deepEqual(
    (listed as { name: string }[]).map(({ name }) => name),
    ['shop'],
  );
  assert.ok(!JSON.stringify(listed).includes(made.secret));
  assert.match(refused, /ADMIN/);

  await quartet('keys', 'revoke', made.id, ...at);
  const after = await server.send('{ viewer { namespace } }', {}, made.secret);
  assert.equal(after.errors?.[0]?.extensions.code, 'UNAUTHENTICATED');
});
