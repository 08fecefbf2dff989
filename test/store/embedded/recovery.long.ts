import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import {
  dataDirectory,
  guardianPid,
  openEmbedded,
  placeRoot,
  postmasterPid,
  processesIn,
  until,
} from '../../support/embedded-server.ts';

test('goes on after kill -9 of PostgreSQL, of its guardian, and of both, and keeps what was acknowledged', async (t) => {
  const dataDir = await dataDirectory(t);
  const root = await placeRoot(dataDir);
  const opening = openEmbedded(dataDir);
  await until('the cluster is being made', async () => (await makingIn(root)).length > 0);
  process.kill(await guardianPid(dataDir), 'SIGKILL');
  const db = await opening;
  const names: string[] = [];
  const add = () =>
    db.retrying(async () => {
      const name = `dataset ${names.length}`;
      const sql = 'INSERT INTO "Dataset" (id, name) VALUES ($1, $2) ON CONFLICT (namespace, name) DO NOTHING';
      await db.transaction((tx) => tx.query(sql, [randomUUID(), name]));
      names.push(name);
    });
  const check = async () => {
    const rows = await db.retrying(() => db.prisma.dataset.findMany({ orderBy: { createdAt: 'asc' } }));
    assert.deepEqual(rows.map((row) => row.name).sort(), [...names].sort());
  };
  let heard: string[] = [];
  await db.listen('news', (payload) => heard.push(payload));
  const hears = async () => {
    heard = heard.filter((payload) => payload !== 'x');
    await until('a notification arrives', async () => {
      await db.retrying(() => db.pool.query(`NOTIFY news, 'x'`));
      return heard.includes('x');
    });
  };
  // A killed server's back ends answer for some milliseconds more.
  const anotherServerThan = (pid: number) =>
    until('there is another server', async () => (await postmasterPid(dataDir).catch(() => pid)) !== pid);
  await add();
  await hears();

  await t.test('PostgreSQL killed in the middle of a long statement', async () => {
    const busy = assert.rejects(db.pool.query('SELECT sum(sqrt(i)) FROM generate_series(1, 1e9) AS i'));
    await until('it is busy', async () => {
      const { rows } = await db.pool.query(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'SELECT sum(sqrt%'`,
      );
      return rows[0].n === 1;
    });
    const killed = await postmasterPid(dataDir);
    process.kill(killed, 'SIGKILL');
    await Promise.all([add(), busy]);
    await anotherServerThan(killed);
    await add();
    await check();
    await until('the listener was told to catch up', async () => heard.includes(''));
    await hears();
  });

  await t.test('the guardian killed: the server goes on, and has a guardian again', async () => {
    const [server, guardian] = [await postmasterPid(dataDir), await guardianPid(dataDir)];
    process.kill(guardian, 'SIGKILL');
    await db.pool.query('SELECT 1');
    await until('there is a new one', async () => (await guardianPid(dataDir)) !== guardian);
    assert.equal(await postmasterPid(dataDir), server);
    await add();
    process.kill(server, 'SIGKILL');
    await add();
    await anotherServerThan(server);
    await add();
    await check();
  });

  await t.test('both killed', async () => {
    process.kill(await guardianPid(dataDir), 'SIGKILL');
    const killed = await postmasterPid(dataDir);
    process.kill(killed, 'SIGKILL');
    await add();
    await anotherServerThan(killed);
    await add();
    await check();
  });

  await t.test('everything killed, and the number in the stale pid file is another living process', async () => {
    await db.close();
    await until('it has stopped', async () => (await processesIn(root)).length === 0);
    const pidFile = [process.pid, join(root, 'cluster'), 1, 5432, join(root, 'run'), '', ' 1 1', 'ready   ', ''].join(
      '\n',
    );
    await writeFile(join(root, 'cluster/postmaster.pid'), pidFile);
    const again = await openEmbedded(dataDir);
    assert.equal(await again.prisma.dataset.count(), names.length);
    assert.notEqual(await postmasterPid(dataDir), process.pid);
    await again.close();
  });

  await t.test('a server killed while it starts is started again', async () => {
    await until('it has stopped', async () => (await processesIn(root)).length === 0);
    const killed = new Set<number>();
    const opening = openEmbedded(dataDir);
    await until('two have been killed', async () => {
      const pid = await postmasterPid(dataDir).catch(() => 0);
      const isNew = pid > 1 && !killed.has(pid) && (await processesIn(root)).includes(pid);
      if (isNew) {
        process.kill(pid, 'SIGKILL');
        killed.add(pid);
      }
      return killed.size === 2;
    });
    const again = await opening;
    await until('it answers', () => again.pool.query('SELECT 1').then(Boolean, () => false));
    await again.close();
  });

  await t.test('a broken cluster is reported with reason and remedy', async () => {
    await until('it has stopped', async () => (await processesIn(root)).length === 0);
    const version = join(root, 'cluster/PG_VERSION');
    const original = await readFile(version);
    const open = () => openEmbedded(dataDir);
    await writeFile(version, '9\n');
    await assert.rejects(open(), { code: 'DATABASE_UNAVAILABLE', message: /was made by PostgreSQL 9/ });
    await until('the guardian is gone', async () => (await processesIn(root)).length === 0);
    await writeFile(version, original);
    await writeFile(join(root, 'cluster/postgresql.conf'), 'no_such_setting = 1\n');
    await assert.rejects(open(), { code: 'DATABASE_UNAVAILABLE', message: /no_such_setting/ });
  });
});

async function makingIn(root: string): Promise<string[]> {
  const names = await readdir(root).catch(() => []);
  return names.filter((name) => name.startsWith('cluster.making'));
}
