import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { ArtifactStore } from '../../src/store/artifacts.ts';

const hash = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

async function makeStore(t: TestContext): Promise<{ store: ArtifactStore; dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-artifacts-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  return { store: new ArtifactStore(dataDir), dataDir };
}

async function fill(dir: string, files: Record<string, string | Uint8Array>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(dir, name, '..'), { recursive: true });
    await writeFile(join(dir, name), content);
  }
  return dir;
}

test('addresses a folder by the hash of its sorted manifest', async (t) => {
  const { store } = await makeStore(t);
  const dir = await fill(await store.tempDir('encoder'), { 'b.bin': 'two', 'a.json': '{}', 'deep/c': '' });
  const artifact = await store.adopt('encoder', dir);
  const manifest = `a.json ${hash('{}')}\nb.bin ${hash('two')}\ndeep/c ${hash('')}\n`;
  assert.equal(artifact.sha256, hash(manifest));
  assert.equal(artifact.bytes, 5);
  assert.equal(artifact.path, store.path('encoder', artifact.sha256));
  assert.equal(await readFile(join(artifact.path, 'MANIFEST'), 'utf8'), manifest);
  await store.verify('encoder', artifact.sha256);
  await assert.rejects(readdir(dir), { code: 'ENOENT' });
});

test('adopting the same content again keeps the first, also when several do so at once', async (t) => {
  const { store, dataDir } = await makeStore(t);
  const adopted = await Promise.all(
    Array.from({ length: 8 }, async () =>
      store.adopt('report', await fill(await store.tempDir('report'), { r: 'same' })),
    ),
  );
  assert.equal(new Set(adopted.map(({ sha256 }) => sha256)).size, 1);
  assert.deepEqual(await readdir(join(dataDir, 'artifacts/tmp')), []);
  await store.verify('report', adopted[0]?.sha256 as string);
});

test('finds any flipped bit, cut, missing and added file', async (t) => {
  const { store } = await makeStore(t);
  const content = new Uint8Array(64).map((_, index) => index);
  const { sha256, path } = await store.adopt('index', await fill(await store.tempDir('index'), { data: content }));
  const manifest = await readFile(join(path, 'MANIFEST'));
  const corrupt = { code: 'CORRUPT_ARTIFACT' };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('data', 'MANIFEST'), fc.nat(63), fc.nat(7), async (file, byte, bit) => {
      const good = file === 'data' ? content : manifest;
      const bad = Uint8Array.from(good);
      bad[byte] = (bad[byte] as number) ^ (1 << bit);
      await writeFile(join(path, file), bad);
      await assert.rejects(store.verify('index', sha256), corrupt);
      await writeFile(join(path, file), good);
    }),
    { numRuns: 40 },
  );
  await store.verify('index', sha256);
  await writeFile(join(path, 'data'), content.subarray(0, 10));
  await assert.rejects(store.verify('index', sha256), { ...corrupt, message: /data has another hash/ });
  await rm(join(path, 'data'));
  await assert.rejects(store.verify('index', sha256), { ...corrupt, message: /data is missing/ });
  await writeFile(join(path, 'data'), content);
  await writeFile(join(path, 'more'), '');
  await assert.rejects(store.verify('index', sha256), { ...corrupt, message: /more does not belong/ });
});

test('a damaged artifact is replaced when the same content is adopted again', async (t) => {
  const { store } = await makeStore(t);
  const make = async () => store.adopt('index', await fill(await store.tempDir('index'), { data: 'whole' }));
  const { sha256, path } = await make();
  await writeFile(join(path, 'data'), 'wha');
  await make();
  await store.verify('index', sha256);
});

test('refuses an empty folder, a link and an address that is none', async (t) => {
  const { store } = await makeStore(t);
  const dir = await store.tempDir('report');
  await assert.rejects(store.adopt('report', dir), { code: 'BAD_INPUT' });
  await symlink('/etc/passwd', join(dir, 'link'));
  await assert.rejects(store.adopt('report', dir), { code: 'BAD_INPUT' });
  assert.throws(() => store.path('report', '../../etc'), { code: 'BAD_INPUT' });
});

test('removes artifacts, and sweeps what dead processes left but not what live ones fill', async (t) => {
  const { store, dataDir } = await makeStore(t);
  const { sha256 } = await store.adopt('report', await fill(await store.tempDir('report'), { a: '1' }));
  await store.remove('report', sha256);
  await store.remove('report', sha256);
  await assert.rejects(store.verify('report', sha256), { code: 'CORRUPT_ARTIFACT' });
  const mine = await store.tempDir('report');
  const [kind, host, , ...rest] = (mine.split('/').pop() as string).split('-');
  await mkdir(join(dataDir, 'artifacts/tmp', [kind, host, 2 ** 22 + 1, ...rest].join('-')));
  assert.equal(await store.sweep(), 1);
  assert.deepEqual(await readdir(join(dataDir, 'artifacts/tmp')), [mine.split('/').pop()]);
});
