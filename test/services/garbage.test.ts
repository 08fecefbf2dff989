import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY, HOUR } from '../../src/platform/clock.ts';
import { GarbageService } from '../../src/services/garbage.ts';
import { type Artifact, type ArtifactKind, ArtifactStore } from '../../src/store/artifacts.ts';
import { isConnectionLoss } from '../../src/store/connection-loss.ts';
import { testDatabase } from '../support/database.ts';
import { openMine } from './mining-fixtures.ts';

async function make(artifacts: ArtifactStore, kind: ArtifactKind, content: string): Promise<Artifact> {
  const dir = await artifacts.tempDir(kind);
  await writeFile(join(dir, 'file'), content);
  return await artifacts.adopt(kind, dir);
}

const isThere = ({ path }: Artifact) =>
  stat(path).then(
    () => true,
    () => false,
  );
const age = ({ path }: { readonly path: string }, ms: number) => {
  const then = new Date(Date.now() - ms);
  return utimes(path, then, then);
};

test('goes: what nothing names and nobody has used for a day; stays: all else, whatever its age', async (t) => {
  const house = await openMine(t, { items: 60, questions: 10 });
  const { db, artifacts, indexes, indexId } = house;
  const set = await house.mineNow();
  const garbage = new GarbageService({ db, artifacts });
  // Every kind of reference, a list of parts among them.
  const parts = [await make(artifacts, 'negatives', 'part 1'), await make(artifacts, 'negatives', 'part 2')];
  await db.pool.query('UPDATE "HardNegativeSet" SET parts = $2 WHERE id = $1', [
    set.id,
    parts.map((part) => part.sha256),
  ]);
  const [old, young, used, again] = [
    await make(artifacts, 'checkpoint', 'of a run that was deleted'),
    await make(artifacts, 'snapshot', 'of a job that has just begun'),
    await make(artifacts, 'snapshot', 'used by somebody'),
    await make(artifacts, 'report', 'made again'),
  ];
  for (const one of await artifacts.list()) await age({ path: artifacts.path(one.kind, one.sha256) }, 30 * DAY);
  await age(young, 23 * HOUR);
  await artifacts.use('snapshot', used.sha256);
  await make(artifacts, 'report', 'made again');

  const planned = await garbage.collect({ dryRun: true });
  assert.deepEqual(
    planned.garbage.map(({ kind, sha256 }) => [kind, sha256]),
    [['checkpoint', old.sha256]],
  );
  assert.equal(planned.waiting, 3);
  assert.ok(await isThere(old));
  const done = await garbage.collect();
  assert.deepEqual([done.garbage.length, done.bytes], [1, planned.bytes]);
  assert.ok(done.bytes >= 'of a run that was deleted'.length);
  assert.deepEqual(await Promise.all([old, young, used, again, ...parts].map(isThere)), [
    false,
    true,
    true,
    true,
    true,
    true,
  ]);
  assert.deepEqual((await garbage.collect()).garbage, []);

  // What belonged to the index goes with its row, and what others need does not.
  const { sha256 } = await indexes.get(indexId);
  await db.pool.query('DELETE FROM "IndexVersion" WHERE id = $1', [indexId]);
  for (const one of await artifacts.list()) await age({ path: artifacts.path(one.kind, one.sha256) }, 30 * DAY);
  const gone = (await garbage.collect()).garbage;
  assert.ok(gone.some((one) => one.kind === 'index' && one.sha256 === sha256));
  assert.deepEqual((await house.negatives.rows(set, null, { first: 3 })).rows.length, 3);
  await artifacts.verify('encoder', (await house.encoders.get(house.encoderId)).sha256);
});

test('what is used while it is being removed comes back, and one process collects at a time', async (t) => {
  const house = await openMine(t, { items: 40, questions: 5 });
  const { db, artifacts } = house;
  const one = await make(artifacts, 'snapshot', 'x');
  const before = Date.now() + HOUR;
  assert.equal(await artifacts.removeUnused('snapshot', one.sha256, Date.now() - HOUR), false);
  await artifacts.verify('snapshot', one.sha256);
  assert.equal(await artifacts.removeUnused('snapshot', one.sha256, before), true);
  assert.equal(await artifacts.removeUnused('snapshot', one.sha256, before), false);
  await assert.rejects(artifacts.use('snapshot', one.sha256), { code: 'CORRUPT_ARTIFACT', message: /not there/ });

  const other = await db.pool.connect();
  await other.query(`SELECT pg_advisory_lock(hashtext('quartet garbage'))`);
  const garbage = new GarbageService({ db, artifacts });
  await assert.rejects(garbage.collect(), { code: 'CONFLICT' });
  other.release(true);
});

test('a connection that is lost under it ends the round and not the process', { timeout: 120_000 }, async (t) => {
  const db = await testDatabase(t);
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-garbage-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  let loseConnection = async () => {};
  const lend: typeof db.lend = (fn) =>
    db.lend(async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      const ended = new Promise((resolve) => client.once('end', resolve));
      loseConnection = async () => {
        await db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
        await ended;
      };
      return await fn(client);
    });
  const artifacts = new (class extends ArtifactStore {
    override async list() {
      await loseConnection();
      return await super.list();
    }
  })(dataDir);
  const garbage = new GarbageService({ db: { ...db, lend }, artifacts });
  await assert.rejects(garbage.collect(), (error) => isConnectionLoss(error));
  assert.deepEqual((await new GarbageService({ db, artifacts: new ArtifactStore(dataDir) }).collect()).garbage, []);
});
