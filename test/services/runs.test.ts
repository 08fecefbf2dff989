import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { DatasetId, RunId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { JobQueue } from '../../src/jobs/queue.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { RunsService } from '../../src/services/runs.ts';
import type { Database } from '../../src/store/database.ts';
import { appendEvents, type RunEvent } from '../../src/store/run-events.ts';
import { testDatabase } from '../support/database.ts';
import { takesLessThan } from '../support/takes-less-than.ts';
import { insertDataset, stepEvent } from './run-fixtures.ts';

async function setUp(
  t: TestContext,
): Promise<{ db: Database; queue: JobQueue; runs: RunsService; datasetId: DatasetId }> {
  const db = await testDatabase(t);
  const queue = await JobQueue.open(db, silentLogger);
  t.after(() => queue.close());
  return { db, queue, runs: new RunsService({ db, enqueue: queue.enqueue }), datasetId: await insertDataset(db) };
}

async function numbers(events: AsyncIterable<RunEvent>): Promise<number[]> {
  const seen: number[] = [];
  for await (const { sequence } of events) seen.push(sequence);
  return seen;
}

test('a started run is a row with its whole config, its first event and one job', async (t) => {
  const { runs, queue, datasetId } = await setUp(t);
  const run = await runs.start({ datasetId, config: { epochs: 3, encoder: { dimensions: 64 } } });
  assert.equal(run.status, 'QUEUED');
  assert.equal(run.config.epochs, 3);
  assert.equal(run.config.encoder.dimensions, 64);
  assert.equal(run.config.batchSize, 512);
  assert.deepEqual(await runs.get(run.id), run);
  const { events } = await runs.eventsAfter(run.id, 0);
  assert.deepEqual(
    events.map(({ sequence, body }) => ({ sequence, body })),
    [{ sequence: 1, body: { kind: 'status', status: 'QUEUED' } }],
  );
  assert.equal((await queue.take('train', 'w'))?.id, run.id);
  assert.equal(await queue.take('train', 'w'), null);
});

test('takes no encoder for a guide that is not there', async (t) => {
  const { runs, datasetId } = await setUp(t);
  const config = { paradigm: { name: 'in-batch-negatives', guideEncoderId: newUuid() } } as const;
  const field = ['config', 'paradigm', 'guideEncoderId'];
  await assert.rejects(runs.start({ datasetId, config }), { code: 'NOT_FOUND', field });
});

test('a run whose job can not be queued leaves no row', async (t) => {
  const { db, datasetId } = await setUp(t);
  const enqueue = async () => {
    throw new Error('no queue');
  };
  const runs = new RunsService({ db, enqueue });
  await assert.rejects(runs.start({ datasetId }), /no queue/);
  assert.deepEqual((await runs.list({ namespace: DEFAULT_NAMESPACE }, { first: 10 })).runs, []);
});

test('names the field that is wrong', async (t) => {
  const { runs, db, datasetId } = await setUp(t);
  await assert.rejects(runs.start({ datasetId, config: { epochs: 0 } }), {
    code: 'BAD_INPUT',
    field: ['config', 'epochs'],
  });
  const unknown = { epochen: 1 } as object;
  await assert.rejects(runs.start({ datasetId, config: unknown }), { code: 'BAD_INPUT' });
  for (const id of [newUuid(), 'nonsense'] as DatasetId[]) {
    await assert.rejects(runs.start({ datasetId: id }), { code: 'NOT_FOUND', field: ['datasetId'] });
  }
  await assert.rejects(runs.start({ datasetId: await insertDataset(db, 0) }), { code: 'NOT_READY' });
  for (const id of [newUuid(), "'; --"] as RunId[]) await assert.rejects(runs.get(id), { code: 'NOT_FOUND' });
});

test('takes items for enough where positives need no query', async (t) => {
  const { runs, db } = await setUp(t);
  const datasetId = await insertDataset(db, 0);
  const content = `md5(n::text), sha256(n::text::bytea)`;
  const insert = (label: string) =>
    db.pool.query(
      `INSERT INTO "Item" ("datasetId", content, "contentHash", label)
       SELECT $1, ${content}, $2 FROM generate_series((SELECT count(*) FROM "Item"), (SELECT count(*) FROM "Item")) n`,
      [datasetId, label],
    );
  const start = (positives: 'label' | 'augmentation') => runs.start({ datasetId, config: { positives } });
  await assert.rejects(start('augmentation'), { code: 'NOT_READY', message: /no item/ });
  await insert('a');
  await insert('b');
  assert.equal((await start('augmentation')).status, 'QUEUED');
  await assert.rejects(start('label'), { code: 'NOT_READY', message: /no two items of one label/ });
  await insert('a');
  assert.equal((await start('label')).status, 'QUEUED');
  await assert.rejects(runs.start({ datasetId }), { code: 'NOT_READY', message: /no query with a relevant item/ });
});

test('a queued run is cancelled at once, and only once', async (t) => {
  const { runs, datasetId } = await setUp(t);
  const { id } = await runs.start({ datasetId });
  const cancelled = await runs.cancel(id);
  assert.equal(cancelled.status, 'CANCELLED');
  assert.ok(cancelled.finishedAt instanceof Date);
  assert.deepEqual(await runs.cancel(id), cancelled, 'asked again, it answers the same');
  assert.deepEqual(await numbers(runs.follow(id)), [1, 2]);
});

test('a queued run is paused at once and waits until it is resumed', async (t) => {
  const { runs, queue, datasetId } = await setUp(t);
  const { id, attempt } = await runs.start({ datasetId });
  assert.equal((await runs.pause(id)).status, 'PAUSED');
  assert.equal((await runs.pause(id)).status, 'PAUSED');
  const resumed = await runs.resume(id);
  assert.deepEqual([resumed.status, resumed.pauseRequestedAt], ['QUEUED', null]);
  assert.ok(resumed.attempt > attempt);
  assert.equal((await queue.take('train', 'w'))?.id, id);
  await assert.rejects(runs.resume(id), { code: 'CONFLICT', message: /is QUEUED; only a paused one/ });
  await runs.pause(id);
  assert.equal((await runs.cancel(id)).status, 'CANCELLED');
  await assert.rejects(runs.pause(id), { code: 'CONFLICT' });
  await assert.rejects(runs.resume(id), { code: 'CONFLICT' });
  await assert.rejects(runs.pause(newUuid() as RunId), { code: 'NOT_FOUND' });
  assert.deepEqual(await numbers(runs.follow(id)), [1, 2, 3, 4, 5]);
});

test('pages through runs newest first, by dataset and status', async (t) => {
  const { runs, db, datasetId } = await setUp(t);
  const started: RunId[] = [];
  for (let n = 0; n < 5; n += 1) started.unshift((await runs.start({ datasetId })).id);
  await runs.start({ datasetId: await insertDataset(db) });
  const seen: RunId[] = [];
  let after: RunId | undefined;
  for (;;) {
    const { runs: page, hasNextPage } = await runs.list(
      { namespace: DEFAULT_NAMESPACE, datasetId },
      { first: 2, after },
    );
    seen.push(...page.map((run) => run.id));
    after = seen.at(-1);
    if (!hasNextPage) break;
  }
  assert.deepEqual(seen.toSorted(), started.toSorted());
  assert.deepEqual(seen, seen.toSorted().reverse());
  await runs.cancel(seen[0] as RunId);
  const { runs: cancelled } = await runs.list({ namespace: DEFAULT_NAMESPACE, status: 'CANCELLED' }, { first: 10 });
  assert.deepEqual(
    cancelled.map((run) => run.id),
    [seen[0]],
  );
});

test('followers get every event once and in order while it is written, from whichever number they start, and end with the run', async (t) => {
  const { runs, db, datasetId } = await setUp(t);
  const { id } = await runs.start({ datasetId });
  const early = numbers(runs.follow(id));
  const early40 = numbers(runs.follow(id, 40));
  for (let n = 2; n <= 1_200; n += 50) {
    const batch = Array.from({ length: 50 }, (_, k) => stepEvent(n + k));
    await db.transaction((tx) => appendEvents(tx, id, n, batch));
  }
  const late = numbers(runs.follow(id, 1_000));
  await runs.cancel(id);
  const all = Array.from({ length: 1_202 }, (_, n) => n + 1);
  assert.deepEqual(await early, all);
  assert.deepEqual(await early40, all.slice(40));
  assert.deepEqual(await late, all.slice(1_000));
  assert.deepEqual(await numbers(runs.follow(id, 1_202)), []);
});

test('a follower hears of an event at once and can leave', async (t) => {
  const { runs, db, datasetId } = await setUp(t);
  const { id } = await runs.start({ datasetId });
  const abort = new AbortController();
  const followed = runs.follow(id, 1, abort.signal);
  let sequence = 1;
  await takesLessThan(500, async () => {
    const next = followed.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    sequence++;
    await db.transaction((tx) => appendEvents(tx, id, sequence, [stepEvent(sequence)]));
    assert.equal((await next).value?.sequence, sequence);
    return performance.now() - start;
  });
  const end = followed.next();
  abort.abort();
  assert.equal((await end).done, true);
});
