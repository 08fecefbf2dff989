import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { QuartetError } from '../../src/domain/errors.ts';
import type { JobContext } from '../../src/jobs/handler.ts';
import type { JobQueue } from '../../src/jobs/queue.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import type { Database } from '../../src/store/database.ts';
import { takeLease } from '../../src/store/worker-leases.ts';
import { testDatabase } from '../support/database.ts';
import { takesLessThan } from '../support/takes-less-than.ts';
import { handlerOf, leasesOf, openQueue, tempDir, worker } from './harness.ts';
import { childrenOf, isRunning, until } from './processes.ts';

async function setUp(t: TestContext, options = {}): Promise<{ db: Database; queue: JobQueue; workRoot: string }> {
  const db = await testDatabase(t);
  return { db, queue: await openQueue(t, db, options), workRoot: await tempDir(t) };
}

/** Names no work of the application: the entry of the children here has its own. */
function runFixture(
  context: JobContext,
  name: string,
  spec: unknown = null,
  onEvent: () => void = () => {},
): Promise<unknown> {
  const runChild = context.runChild as unknown as (
    name: string,
    spec: unknown,
    options: { onEvent: () => void },
  ) => Promise<unknown>;
  return runChild(name, spec, { onEvent });
}

const activeJobs = async (db: Database) => {
  const { rows } = await db.pool.query(`SELECT state, data FROM pgboss.job WHERE state <= 'active'`);
  return rows;
};

test('two workers share thirty jobs and no job runs twice', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const ids = Array.from({ length: 30 }, () => newUuid());
  const runs: string[] = [];
  const train = handlerOf(async (id) => {
    runs.push(id);
    await sleep(5);
  });
  for (let n = 0; n < 2; n += 1) worker(t, { db, queue, workRoot, handlers: { train }, slots: { train: 3 } });
  await queue.ensure('train', ids);
  await until(async () => (await activeJobs(db)).length === 0);
  assert.deepEqual(runs.toSorted(), ids.toSorted());
});

test('a row has one live job, however often it is queued, also while that runs', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const id = newUuid();
  await queue.ensure('train', [id, id]);
  await db.transaction((tx) => queue.enqueue('train', id, tx));
  assert.equal((await activeJobs(db)).length, 1);
  let runs = 0;
  const train = handlerOf(async () => {
    runs += 1;
    await queue.ensure('train', [id]);
  });
  worker(t, { db, queue, workRoot, handlers: { train } });
  await until(async () => (await activeJobs(db)).length === 0);
  await sleep(300);
  assert.equal(runs, 1);
});

test('a job queued in a transaction that is rolled back does not exist; one that commits starts at once', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const runs: string[] = [];
  const train = handlerOf(async (id) => void runs.push(id));
  worker(t, { db, queue, workRoot, handlers: { train } });
  const committed: string[] = [];
  await takesLessThan(700, async () => {
    await sleep(1_000);
    const [lost, kept] = [newUuid(), newUuid()];
    await assert.rejects(
      db.transaction(async (tx) => {
        await queue.enqueue('train', lost, tx);
        throw new Error('no');
      }),
    );
    committed.push(kept);
    await db.transaction((tx) => queue.enqueue('train', kept, tx));
    const took = await until(() => runs.length >= committed.length);
    assert.deepEqual(runs, committed);
    return took;
  });
});

test('as many jobs of a queue at a time as it has slots, and queues do not wait for each other', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const gate = Promise.withResolvers<void>();
  let open = 0;
  const handler = handlerOf(async () => {
    open += 1;
    await gate.promise;
  });
  worker(t, { db, queue, workRoot, handlers: { train: handler, import: handler }, slots: { import: 2 } });
  for (const name of ['train', 'import'] as const) await queue.ensure(name, [newUuid(), newUuid(), newUuid()]);
  await until(() => open === 3);
  await sleep(300);
  assert.equal(open, 3);
  gate.resolve();
  await until(() => open === 6);
});

test('a stopping worker ends its child and leaves the job for the next at once, its directory removed', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const id = newUuid();
  await queue.ensure('train', [id]);
  await takesLessThan(1_500, async () => {
    const started = Promise.withResolvers<void>();
    const train = handlerOf(
      async (_id, context) => void (await runFixture(context, 'spin', null, () => started.resolve())),
    );
    const first = worker(t, { db, queue, workRoot, handlers: { train } });
    await started.promise;
    const stopped = performance.now();
    await first.stop();
    const took = performance.now() - stopped;
    assert.deepEqual(childrenOf(process.pid), []);
    return took;
  });
  assert.deepEqual(
    (await activeJobs(db)).map((job) => job.state),
    ['created'],
  );
  const dirs = await readdir(workRoot);
  for (const dir of dirs) assert.deepEqual(await readdir(`${workRoot}/${dir}`), []);
  const taken = Promise.withResolvers<string>();
  worker(t, { db, queue, workRoot, handlers: { train: handlerOf(async (next) => taken.resolve(next)) } });
  assert.equal(await taken.promise, id);
});

test('a crashed child is tried again; what fails every time is given up', async (t) => {
  const { db, queue, workRoot } = await setUp(t, { retryLimit: 1 });
  const [crashing, failing] = [newUuid(), newUuid()];
  const runs: string[] = [];
  const given: [string, string, string][] = [];
  const train = handlerOf(
    async (id, context) => {
      runs.push(id);
      if (id === crashing && runs.filter((run) => run === id).length > 1) return;
      await runFixture(context, id === crashing ? 'abort' : 'fault');
    },
    { giveUp: async (id, error) => void given.push([id, error.code, error.message]) },
  );
  worker(t, { db, queue, workRoot, handlers: { train }, slots: { train: 2 } });
  await queue.ensure('train', [crashing, failing]);
  await until(async () => (await activeJobs(db)).length === 0);
  assert.deepEqual(runs.toSorted(), [crashing, crashing, failing, failing].toSorted());
  assert.deepEqual(
    given.map(([id, code]) => [id, code]),
    [[failing, 'JOB_FAILED']],
  );
  assert.doesNotMatch(given[0]?.[2] ?? '', /not a function/);
});

test('an execution that got further starts its tries anew', async (t) => {
  const { db, queue, workRoot } = await setUp(t, { retryLimit: 0 });
  let runs = 0;
  const train = handlerOf(
    async (_id, context) => {
      runs += 1;
      if (runs === 3) return;
      context.progressed();
      throw new Error('again');
    },
    { giveUp: async () => assert.fail('given up') },
  );
  worker(t, { db, queue, workRoot, handlers: { train } });
  await queue.ensure('train', [newUuid()]);
  await until(() => runs === 3);
});

test('a fenced execution is dropped', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  let runs = 0;
  const train = handlerOf(async () => {
    runs += 1;
    throw new QuartetError('FENCED', 'somebody else');
  });
  worker(t, { db, queue, workRoot, handlers: { train } });
  await queue.ensure('train', [newUuid()]);
  await until(() => runs === 1);
  await until(async () => (await activeJobs(db)).length === 0);
  await sleep(500);
  assert.equal(runs, 1);
});

test('a row that has lost its job gets one', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const id = newUuid();
  const runs: string[] = [];
  const unfinished = async () => (runs.length === 0 ? [id] : []);
  worker(t, {
    db,
    queue,
    workRoot,
    handlers: { train: handlerOf(async (run) => void runs.push(run), { unfinished }) },
  });
  await until(() => runs.length === 1);
  assert.deepEqual(runs, [id]);
});

/** A handler whose first execution never ends by itself; counts what happens. */
function spinning(): { counts: { runs: number; mostOpen: number }; train: ReturnType<typeof handlerOf> } {
  const counts = { runs: 0, mostOpen: 0 };
  let open = 0;
  const train = handlerOf(async (_id, context) => {
    counts.runs += 1;
    open += 1;
    counts.mostOpen = Math.max(open, counts.mostOpen);
    try {
      if (counts.runs === 1) await runFixture(context, 'spin');
    } finally {
      open -= 1;
    }
  });
  return { counts, train };
}

test('a worker that loses its lease ends its child, takes a new lease and runs the job again', async (t) => {
  await takesLessThan(4_000, () => loseLease(t));
});

/** @returns ms from the loss to the second run */
async function loseLease(t: TestContext): Promise<number> {
  const { db, queue, workRoot } = await setUp(t);
  const { counts, train } = spinning();
  let loseIt = async () => undefined as unknown;
  const take = async () => {
    const lease = await takeLease(db);
    const lost = new AbortController();
    loseIt = async () => {
      await lease.release();
      lost.abort();
    };
    return { ...lease, lost: lost.signal };
  };
  const losing = worker(t, { db, queue, workRoot, handlers: { train }, leases: { ...leasesOf(db), take } });
  await queue.ensure('train', [newUuid()]);
  await until(() => childrenOf(process.pid).length > 0);
  await loseIt();
  const took = await until(() => counts.runs === 2);
  await until(async () => (await activeJobs(db)).length === 0);
  assert.equal(counts.mostOpen, 1);
  assert.deepEqual(childrenOf(process.pid), []);
  await losing.stop();
  return took;
}

test('cut connections, as by a restart of the server, take no job away from a worker that lives', async (t) => {
  const { db, queue, workRoot } = await setUp(t);
  const { counts, train } = spinning();
  for (let n = 0; n < 2; n += 1) worker(t, { db, queue, workRoot, handlers: { train } });
  await queue.ensure('train', [newUuid()]);
  await until(() => childrenOf(process.pid).length > 0);
  await db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  await sleep(3_000);
  assert.equal(counts.runs, 1);
  assert.equal(childrenOf(process.pid).length, 1);
  assert.deepEqual(
    (await activeJobs(db)).map((job) => job.state),
    ['active'],
  );
});

test('the job of a worker killed by kill -9 is picked up at once, after its child has gone', async (t) => {
  await takesLessThan(4_000, () => pickUp(t));
});

/** @returns ms from the start of the second worker to its taking the job of the killed one */
async function pickUp(t: TestContext): Promise<number> {
  const { db, queue, workRoot } = await setUp(t);
  const id = newUuid();
  await queue.ensure('train', [id]);
  const script = fileURLToPath(new URL('./fixtures/worker.ts', import.meta.url));
  const other = spawn(process.execPath, [script, db.url, workRoot], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  const [child = 0] = childrenOf(other.pid ?? 0);
  assert.ok(isRunning(child));
  other.kill('SIGKILL');
  const picked = Promise.withResolvers<boolean>();
  const train = handlerOf(async (next) => {
    assert.equal(next, id);
    picked.resolve(isRunning(child));
  });
  const start = performance.now();
  const second = worker(t, { db, queue, workRoot, handlers: { train } });
  assert.equal(await picked.promise, false);
  const took = performance.now() - start;
  await until(async () => (await readdir(workRoot)).length === 1);
  await second.stop();
  return took;
}
