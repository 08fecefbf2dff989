import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-set-up-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a module's text in a Node of its own. */
function start(t: TestContext, code: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function output(child: ChildProcess): Promise<string> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  await once(child, 'close');
  return text;
}

/** Holds the lock for some time and notes when it came and went. */
function holder(lock: string, log: string, ms: number): string {
  return `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(`file://${scripts}setup/lock.mjs`)};
    await withLock(${JSON.stringify(lock)}, async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ');
      await new Promise((resolve) => setTimeout(resolve, ${ms}));
      appendFileSync(${JSON.stringify(log)}, 'out ');
    });`;
}

test('two set-ups at once take turns, and the lock is gone afterwards', async (t) => {
  const folder = await temporaryFolder(t);
  const [lock, log] = [join(folder, 'lock'), join(folder, 'log')];
  await Promise.all([1, 2, 3].map(() => output(start(t, holder(lock, log, 150)))));
  assert.equal(await readFile(log, 'utf8'), 'in out in out in out ');
  assert.ok(!existsSync(lock));
});

test('the lock of a process that was killed long ago is taken over', async (t) => {
  const folder = await temporaryFolder(t);
  const [lock, log] = [join(folder, 'lock'), join(folder, 'log')];
  await mkdir(lock);
  await utimes(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  assert.match(await output(start(t, holder(lock, log, 0))), /waiting for another set-up/);
  assert.equal(await readFile(log, 'utf8'), 'in out ');
});

test('an interrupted set-up gives its lock back', async (t) => {
  const folder = await temporaryFolder(t);
  const [lock, log] = [join(folder, 'lock'), join(folder, 'log')];
  const child = start(t, holder(lock, log, 60_000));
  while (!existsSync(log)) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGTERM');
  await once(child, 'exit');
  assert.ok(!existsSync(lock));
});

/** A checkout with nothing in it but what the stamp looks at. */
async function smallCheckout(
  t: TestContext,
): Promise<{ root: string; pending: () => Promise<string>; note: (...parts: string[]) => Promise<string> }> {
  const root = await temporaryFolder(t);
  await cp(scripts, join(root, 'scripts'), { recursive: true });
  const results = [
    'node_modules/.bin/node',
    'src/store/generated/client.ts',
    'dist/client.js',
    'node_modules/hnswlib-node/build/Release/addon.node',
    'node_modules/.quartet/graph.node',
  ];
  for (const path of results) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), '');
  }
  await mkdir(join(root, 'prisma'));
  await writeFile(join(root, 'prisma/schema.prisma'), 'model A {}');
  await lockfile(root, 'package-lock.json', { a: '1.0.0' });
  await lockfile(root, 'node_modules/.package-lock.json', { a: '1.0.0' });
  const stamp = JSON.stringify(`file://${root}/scripts/setup/stamp.mjs`);
  const run = (code: string) => output(start(t, `import { pending, done } from ${stamp}; ${code}`));
  return {
    root,
    pending: () => run("process.stdout.write(pending().join(' '))"),
    note: (...parts) => run(parts.map((part) => `done('${part}', { backend: 'wasm' });`).join('')),
  };
}

function lockfile(root: string, path: string, versions: Record<string, string>): Promise<void> {
  const packages = Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
  );
  return writeFile(join(root, path), JSON.stringify({ packages }));
}

const ALL = 'packages client bundle hnswlib graph tensors';

test('a part is made again when what it reads has changed or its result is gone, and no other part', async (t) => {
  const { root, pending, note } = await smallCheckout(t);
  assert.equal(await pending(), ALL);
  await note(...ALL.split(' '));
  assert.equal(await pending(), '');
  await writeFile(join(root, 'prisma/schema.prisma'), 'model B {}');
  assert.equal(await pending(), 'client');
  await rm(join(root, 'node_modules/hnswlib-node/build'), { recursive: true });
  assert.equal(await pending(), 'client hnswlib');
});

test('another lockfile means a new install, unless npm has installed just that already', async (t) => {
  const { root, pending, note } = await smallCheckout(t);
  await note(...ALL.split(' '));
  await lockfile(root, 'package-lock.json', { a: '1.0.0', b: '2.0.0' });
  assert.equal(await pending(), ALL);
  await lockfile(root, 'node_modules/.package-lock.json', { a: '1.0.0', b: '2.0.0' });
  assert.equal(await pending(), 'packages');
  await rm(join(root, 'node_modules/.bin/node'));
  assert.equal(await pending(), ALL);
});
