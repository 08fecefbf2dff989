import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetId, RunId } from '../../src/domain/ids.ts';
import type { RunStatus } from '../../src/domain/training.ts';
import { createTrainHandler } from '../../src/jobs/handlers/train.ts';
import type { JobQueue } from '../../src/jobs/queue.ts';
import type { Worker } from '../../src/jobs/worker.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { RunExecutionsService } from '../../src/services/run-execution.ts';
import { RunsService } from '../../src/services/runs.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { checkpointsOf } from '../../src/store/checkpoints.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { joinServer } from '../../src/store/embedded/membership.ts';
import type { RunEvent } from '../../src/store/run-events.ts';
import { insertDataset, stepEvent } from '../services/run-fixtures.ts';
import { testDatabase } from '../support/database.ts';
import { takesLessThan } from '../support/takes-less-than.ts';
import { next } from './fixtures/fake-training.ts';
import { openQueue, tempDir, worker } from './harness.ts';
import { childrenOf, isRunning, killAll, parentOf, until } from './processes.ts';

const SEED = 7;

interface House {
  readonly db: Database;
  readonly queue: JobQueue;
  readonly artifacts: ArtifactStore;
  readonly executions: RunExecutionsService;
  readonly runs: RunsService;
  readonly datasetId: DatasetId;
  startWorker(): Worker;
}

async function setUp(t: TestContext, db?: Database): Promise<House> {
  db ??= await testDatabase(t);
  const queue = await openQueue(t, db);
  const dataDir = await tempDir(t);
  const artifacts = new ArtifactStore(dataDir);
  let snapshots = 0;
  // Other data each time: a run that took a second snapshot would have another curve.
  const snapshotDataset = async () => {
    const dir = await artifacts.tempDir('snapshot');
    await writeFile(path.join(dir, 'snapshot.qds'), String(SEED + snapshots));
    snapshots += 1;
    const { sha256, path: adopted } = await artifacts.adopt('snapshot', dir);
    return { sha256, path: path.join(adopted, 'snapshot.qds'), hash: `hash ${SEED}`, revision: 1, lastItemId: 0 };
  };
  const executions = new RunExecutionsService({ db, artifacts, snapshots: { snapshotDataset } });
  const train = createTrainHandler({ executions });
  const workRoot = path.join(dataDir, 'work');
  return {
    db,
    queue,
    artifacts,
    executions,
    runs: new RunsService({ db, enqueue: queue.enqueue }),
    datasetId: await insertDataset(db),
    startWorker: () => worker(t, { db, queue, workRoot, handlers: { train } }),
  };
}

/** Follows a run to its end. @returns its whole log, checked for gaps */
async function logOf(runs: RunsService, id: RunId): Promise<RunEvent[]> {
  const log: RunEvent[] = [];
  for await (const event of runs.follow(id)) log.push(event);
  assert.deepEqual(
    log.map((event) => event.sequence),
    log.map((_, index) => index + 1),
  );
  return log;
}

function lossesOf(log: readonly RunEvent[]): [number, number][] {
  return log.flatMap(({ body }) => (body.kind === 'step' ? [[body.step, body.loss]] : []));
}

function curve(steps: number): [number, number][] {
  const points: [number, number][] = [];
  for (let state = { step: 0, value: SEED }; state.step < steps; ) {
    state = next(state);
    points.push([state.step, state.value]);
  }
  return points;
}

function statusesOf(log: readonly RunEvent[]): RunStatus[] {
  return log.flatMap(({ body }) => (body.kind === 'status' ? [body.status] : []));
}

test('a run ends with its curve, its metrics, its encoder and the checkpoints worth keeping', async (t) => {
  const { runs, db, artifacts, datasetId, startWorker } = await setUp(t);
  startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 60, checkpointEvery: 10, evaluateEvery: 10 } });
  const log = await logOf(runs, id);
  assert.deepEqual(statusesOf(log), ['QUEUED', 'RUNNING', 'SUCCEEDED']);
  assert.deepEqual(lossesOf(log), curve(60));
  const run = await runs.get(id);
  assert.equal(run.status, 'SUCCEEDED');
  assert.deepEqual([run.step, run.totalSteps, run.backend, run.datasetHash], [60, 60, 'wasm', `hash ${SEED}`]);
  assert.equal(run.baseline?.ndcgAt10, 1 / 21);
  assert.equal(run.best?.ndcgAt10, 1);
  assert.ok(run.startedAt !== null && run.finishedAt !== null);
  const kept = await checkpointsOf(db.pool, id);
  assert.deepEqual(
    kept.map(({ step }) => step),
    [60, 50, 20],
  );
  for (const { sha256 } of kept) await artifacts.verify('checkpoint', sha256);
  assert.equal((await readdir(path.dirname(artifacts.path('checkpoint', kept[0]?.sha256 ?? '')))).length, 3);
  const { rows: encoders } = await db.pool.query('SELECT sha256, "runId" FROM "Encoder"');
  assert.deepEqual(
    encoders.map((encoder) => encoder.runId),
    [id],
  );
  await artifacts.verify('encoder', encoders[0].sha256);
});

test('a run whose child is killed again and again has the curve of an undisturbed one', async (t) => {
  const { runs, db, datasetId, startWorker } = await setUp(t);
  startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 200, checkpointEvery: 25, evaluateEvery: 50 } });
  for (const at of [40, 110, 160]) {
    await until(async () => (await runs.get(id)).step >= at);
    killAll(childrenOf(process.pid));
  }
  const log = await logOf(runs, id);
  assert.equal(statusesOf(log).at(-1), 'SUCCEEDED');
  assert.ok(statusesOf(log).filter((status) => status === 'RUNNING').length > 1);
  assert.deepEqual(lossesOf(log), curve(200));
  const evaluated = log.flatMap(({ body }) => (body.kind === 'evaluation' ? [body.step] : []));
  assert.deepEqual(evaluated, [0, 50, 100, 150, 200]);
  const { rows } = await db.pool.query('SELECT count(*)::int AS encoders FROM "Encoder"');
  assert.equal(rows[0].encoders, 1);
});

test('a worker that stops leaves the run to the next, which goes on from the last checkpoint', async (t) => {
  const { runs, datasetId, startWorker } = await setUp(t);
  const first = startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 400, checkpointEvery: 20 } });
  await until(async () => (await runs.get(id)).step >= 50);
  await first.stop();
  assert.equal((await runs.get(id)).status, 'RUNNING');
  startWorker();
  const log = await logOf(runs, id);
  assert.deepEqual(lossesOf(log), curve(400));
  assert.ok(log.some(({ body }) => body.kind === 'log' && /checkpoint of step [1-9]\d*0$/.test(body.message)));
});

test('a damaged checkpoint is left out for the one before', async (t) => {
  const { runs, db, artifacts, datasetId, startWorker } = await setUp(t);
  const first = startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 400, checkpointEvery: 20 } });
  await until(async () => (await checkpointsOf(db.pool, id)).length === 2);
  await first.stop();
  const [latest] = await checkpointsOf(db.pool, id);
  await writeFile(path.join(artifacts.path('checkpoint', latest?.sha256 ?? ''), 'state.json'), '{"step":1,"value":1}');
  startWorker();
  const log = await logOf(runs, id);
  assert.deepEqual(lossesOf(log), curve(400));
  assert.ok(
    log.some(({ body }) => body.kind === 'log' && body.level === 'warn' && body.message.includes(String(latest?.step))),
  );
});

test('a cancelled run is CANCELLED at once, its process gone within a second, and nothing is written after', async (t) => {
  const { runs, datasetId, startWorker } = await setUp(t);
  startWorker();
  await takesLessThan(1_000, async () => {
    const { id } = await runs.start({ datasetId, config: { maxSteps: 100_000 } });
    await until(async () => (await runs.get(id)).step > 20);
    const [child = 0] = childrenOf(process.pid);
    const start = performance.now();
    assert.equal((await runs.cancel(id)).status, 'CANCELLED');
    await until(() => !isRunning(child));
    const took = performance.now() - start;
    await sleep(400);
    const log = await logOf(runs, id);
    assert.deepEqual(statusesOf(log), ['QUEUED', 'RUNNING', 'CANCELLED']);
    assert.equal(log.at(-1)?.body.kind, 'status');
    return took;
  });
});

test('a paused run stops at a checkpoint of its own step, and resumed it has the curve of an undisturbed one', async (t) => {
  const { runs, db, datasetId, startWorker } = await setUp(t);
  startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 600, checkpointEvery: 100, evaluateEvery: 50 } });
  await until(async () => (await runs.get(id)).step > 20);
  const asked = await runs.pause(id);
  assert.equal(asked.status, 'RUNNING');
  assert.ok(asked.pauseRequestedAt instanceof Date);
  await until(async () => (await runs.get(id)).status === 'PAUSED');
  await until(() => childrenOf(process.pid).length === 0);
  const paused = await runs.get(id);
  assert.equal(paused.pauseRequestedAt, null);
  assert.equal(paused.finishedAt, null);
  assert.ok(paused.step > 20 && paused.step < 600, `paused at step ${paused.step}`);
  const [latest] = await checkpointsOf(db.pool, id);
  assert.equal(latest?.step, paused.step);
  await sleep(300);
  assert.equal((await runs.get(id)).step, paused.step);
  await runs.resume(id);
  const log = await logOf(runs, id);
  assert.deepEqual(statusesOf(log), ['QUEUED', 'RUNNING', 'PAUSED', 'QUEUED', 'RUNNING', 'SUCCEEDED']);
  assert.deepEqual(lossesOf(log), curve(600));
});

test('a run whose worker dies before it has paused is PAUSED by the next, which does not train', async (t) => {
  const { runs, executions, datasetId } = await setUp(t);
  const { id } = await runs.start({ datasetId });
  const older = await executions.claim(id);
  await runs.pause(id);
  await until(() => older?.pauseRequested.aborted === true);
  assert.equal(await executions.claim(id), null);
  assert.equal((await runs.get(id)).status, 'PAUSED');
  const late = older?.record({ kind: 'log', level: 'info', message: 'late' });
  await assert.rejects(late ?? assert.fail(), { code: 'FENCED' });
  await older?.close();
  assert.deepEqual(await executions.unfinished(), []);
});

test('keeps as many checkpoints as the config says, beside the best', async (t) => {
  const { runs, db, datasetId, startWorker } = await setUp(t);
  startWorker();
  const config = { maxSteps: 60, checkpointEvery: 10, evaluateEvery: 10, keepCheckpoints: 3 };
  const { id } = await runs.start({ datasetId, config });
  await logOf(runs, id);
  assert.deepEqual(
    (await checkpointsOf(db.pool, id)).map(({ step }) => step),
    [60, 50, 40, 20],
  );
});

test('what the trainer finds wrong fails the run with its code, without another try', async (t) => {
  const { runs, datasetId, startWorker } = await setUp(t);
  startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 60, schedule: 'constant' } });
  const log = await logOf(runs, id);
  assert.deepEqual(statusesOf(log), ['QUEUED', 'RUNNING', 'FAILED']);
  assert.deepEqual(lossesOf(log), curve(30));
  const run = await runs.get(id);
  assert.deepEqual([run.errorCode, run.errorMessage], ['TRAINING_DIVERGED', 'NaN at step 30']);
});

test('late writes of an overtaken attempt are refused', async (t) => {
  const { runs, executions, datasetId } = await setUp(t);
  const { id } = await runs.start({ datasetId });
  const older = await executions.claim(id);
  const newer = await executions.claim(id);
  assert.ok(older && newer);
  await newer.record(stepEvent(1));
  await newer.record({ kind: 'log', level: 'info', message: 'newer' });
  await assert.rejects(older.record({ kind: 'log', level: 'info', message: 'older' }), { code: 'FENCED' });
  assert.equal(older.over.aborted, true);
  await assert.rejects(
    older.succeed({
      encoderDir: await tempEncoder(t),
      baseline: null,
      best: null,
      verdict: null,
      steps: 1,
      backend: 'wasm',
    }),
    {
      code: 'FENCED',
    },
  );
  await older.close();
  await newer.close();
  const { events } = await runs.eventsAfter(id, 0);
  assert.deepEqual(
    events.map(({ body }) => (body.kind === 'log' ? body.message : body.kind)),
    ['status', 'status', 'status', 'step', 'newer'],
  );
});

test('PostgreSQL killed by kill -9 in the middle of a run takes nothing away', async (t) => {
  const db = await ownServer(t);
  const { runs, datasetId, startWorker } = await setUp(t, db);
  startWorker();
  startWorker();
  const { id } = await runs.start({ datasetId, config: { maxSteps: 300, checkpointEvery: 25, evaluateEvery: 50 } });
  const following = logOf(runs, id);
  for (const at of [60, 180]) {
    await until(async () => (await db.retrying(() => runs.get(id))).step >= at);
    const { rows } = await db.pool.query('SELECT pg_backend_pid() AS pid');
    process.kill(parentOf(rows[0].pid), 'SIGKILL');
  }
  const log = await following;
  assert.equal(statusesOf(log).at(-1), 'SUCCEEDED');
  assert.deepEqual(lossesOf(log), curve(300));
  assert.deepEqual(await logOf(runs, id), log);
  const { rows } = await db.pool.query('SELECT count(*)::int AS encoders FROM "Encoder"');
  assert.equal(rows[0].encoders, 1);
});

test('a run that has ended is not begun again', async (t) => {
  const { runs, executions, datasetId } = await setUp(t);
  const { id } = await runs.start({ datasetId });
  await runs.cancel(id);
  assert.equal(await executions.claim(id), null);
  assert.deepEqual(await executions.unfinished(), []);
});

async function tempEncoder(t: TestContext): Promise<string> {
  const dir = await tempDir(t);
  await writeFile(path.join(dir, 'card.json'), '{"kind":"text-static","dimensions":8}');
  return dir;
}

/** A PostgreSQL of this test's own, to be killed. */
async function ownServer(t: TestContext): Promise<Database> {
  const logger = silentLogger;
  const dataDir = await tempDir(t);
  const { url, leave } = await joinServer({ dataDir, logger, grace: 100, ephemeral: true });
  const db = await openDatabase({ dataDir, databaseUrl: url, logger });
  t.after(async () => {
    await db.close();
    leave();
  });
  return db;
}
