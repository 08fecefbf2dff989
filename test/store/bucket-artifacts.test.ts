import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HOUR } from '../../src/platform/clock.ts';
import { Bucket } from '../../src/store/bucket/bucket.ts';
import { BucketArtifacts } from '../../src/store/bucket/bucket-artifacts.ts';
import { CREDENTIALS, startBucketServer } from './bucket-server.ts';

const CACHE = 2 ** 30;

async function open(t: TestContext, server: Awaited<ReturnType<typeof startBucketServer>>, cacheBytes = CACHE) {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-bucket-'));
  const store = new BucketArtifacts({ dataDir, bucket: server.bucket(), cacheBytes });
  t.after(async () => {
    store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { store, dataDir };
}

async function fill(dir: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content);
  return dir;
}

/** Files of the bucket's objects, as the server keeps them. */
async function objects(directory: string, ending: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(directory, name));
}

test('what one machine keeps, another reads, byte for byte, and then has here', async (t) => {
  const server = await startBucketServer(t);
  const [one, two] = [await open(t, server), await open(t, server)];
  await one.store.check();
  // Larger than one part.
  const large = Buffer.alloc(9 * 2 ** 20, 'quartet ');
  const artifact = await one.store.adopt(
    'index',
    await fill(await one.store.tempDir('index'), { large, small: 'x', empty: '' }),
  );
  assert.equal(artifact.bytes, large.length + 1);

  const [path, again] = await Promise.all([
    two.store.use('index', artifact.sha256),
    two.store.use('index', artifact.sha256),
  ]);
  assert.equal(path, again);
  assert.ok((await readFile(join(path, 'large'))).equals(large));
  await two.store.verify('index', artifact.sha256);
  assert.deepEqual(
    (await two.store.list()).map(({ kind, sha256 }) => [kind, sha256]),
    [['index', artifact.sha256]],
  );
  // The same made again is not sent again.
  const before = (await objects(server.directory, '')).length;
  await two.store.adopt('index', await fill(await two.store.tempDir('index'), { large, small: 'x', empty: '' }));
  assert.equal((await objects(server.directory, '')).length, before);
  assert.deepEqual(await readdir(join(two.dataDir, 'artifacts/tmp')), []);

  await one.store.remove('index', artifact.sha256);
  assert.deepEqual(await one.store.list(), []);
  await assert.rejects(one.store.use('index', artifact.sha256), { code: 'CORRUPT_ARTIFACT', message: /not there/ });
});

test('what is damaged or half there in the bucket is refused, and nothing of it appears here', async (t) => {
  const server = await startBucketServer(t);
  const [one, two] = [await open(t, server), await open(t, server)];
  const { sha256 } = await one.store.adopt(
    'encoder',
    await fill(await one.store.tempDir('encoder'), { weights: 'abc' }),
  );
  const [object] = await objects(server.directory, 'weights._S3rver_object');
  await writeFile(String(object), 'abd');
  await assert.rejects(two.store.use('encoder', sha256), {
    code: 'CORRUPT_ARTIFACT',
    message: /weights has another hash/,
  });
  const bucket = server.bucket();
  for await (const { key } of bucket.list('encoder/')) if (key.endsWith('MANIFEST')) await bucket.remove(key);
  bucket.close();
  await assert.rejects(two.store.use('encoder', sha256), { code: 'CORRUPT_ARTIFACT' });
  assert.deepEqual(await readdir(join(two.dataDir, 'artifacts/tmp')), []);
  // Whoever has it whole sends it anew.
  await one.store.renew('encoder', sha256);
  await two.store.verify('encoder', sha256);
});

test('files kept here stay below their bound, the ones used last and those in use', async (t) => {
  const server = await startBucketServer(t);
  const { store } = await open(t, server, 2_500);
  const made = [];
  for (let n = 0; n < 4; n++) {
    made.push(await store.adopt('report', await fill(await store.tempDir('report'), { r: `${n}`.padEnd(900) })));
  }
  const [oldest, second, third, fresh] = made as [Made, Made, Made, Made];
  const longAgo = (hours: number) => new Date(Date.now() - hours * HOUR);
  await utimes(oldest.path, longAgo(30), longAgo(30));
  await utimes(second.path, longAgo(20), longAgo(20));
  await utimes(third.path, longAgo(10), longAgo(10));
  await store.use('report', second.sha256);
  await store.sweep();
  const here = await Promise.all(
    made.map(({ path }) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  assert.deepEqual(here, [false, true, false, true]);
  assert.ok(fresh.path);
  assert.equal((await readFile(join(await store.use('report', oldest.sha256), 'r'), 'utf8')).trim(), '0');
});
type Made = Awaited<ReturnType<BucketArtifacts['adopt']>>;

test('a bucket that is not there, or not ours, is told with its remedy', async (t) => {
  const server = await startBucketServer(t);
  const options = { region: 'eu-central-1', maxAttempts: 1 };
  for (const credentials of [
    { accessKeyId: 'somebody', secretAccessKey: 'wrong' },
    { ...CREDENTIALS, secretAccessKey: 'wrong' },
  ]) {
    const wrong = new Bucket(server.place, { ...options, credentials });
    await assert.rejects(wrong.check(), { code: 'BAD_INPUT', message: /let the credentials read, write/ });
    const file = import.meta.filename;
    await assert.rejects(wrong.put('report/x', file, { sha256: '', bytes: 1 }), { code: 'BAD_INPUT' });
    wrong.close();
  }
  assert.deepEqual(await objects(server.directory, '_S3rver_object'), []);
  const missing = new Bucket({ ...server.place, bucket: 'nowhere' }, { ...options, credentials: CREDENTIALS });
  await assert.rejects(missing.check(), { code: 'BAD_INPUT', message: /QUARTET_ARTIFACTS/ });
  const silent = new Bucket(
    { ...server.place, endpoint: 'http://127.0.0.1:9' },
    { ...options, credentials: CREDENTIALS },
  );
  await assert.rejects(silent.check(), { code: 'RETRY_LATER' });
});
