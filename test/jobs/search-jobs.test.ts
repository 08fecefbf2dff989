import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { EncoderId, IndexId, ItemId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { createBuildIndexHandler } from '../../src/jobs/handlers/build-index.ts';
import { createEvaluateHandler } from '../../src/jobs/handlers/evaluate.ts';
import { createPromoteHandler } from '../../src/jobs/handlers/promote.ts';
import { createRebuildIndexHandler } from '../../src/jobs/handlers/rebuild-index.ts';
import { createRetireHandler } from '../../src/jobs/handlers/retire.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { AliasesService } from '../../src/services/aliases.ts';
import { EvaluationExecutionsService } from '../../src/services/evaluation-executions.ts';
import { EvaluationsService } from '../../src/services/evaluations.ts';
import { IndexRebuildsService } from '../../src/services/index-rebuilds.ts';
import { IndexRetentionService } from '../../src/services/index-retention.ts';
import { IndexesService } from '../../src/services/indexes.ts';
import { ItemsService } from '../../src/services/items.ts';
import { PromotionExecutionsService } from '../../src/services/promotion-executions.ts';
import { SearchService } from '../../src/services/search.ts';
import type { Database } from '../../src/store/database.ts';
import { anotherServer } from '../services/live-fixtures.ts';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from '../services/search-fixtures.ts';
import { handlerOf, leasesOf, openQueue } from './harness.ts';
import { childrenOf, killAll, until } from './processes.ts';

/** Searching house with a worker of this process, whose children are the real ones. */
async function setUp(t: TestContext) {
  const house = await openHouse(t);
  const { db, artifacts, snapshots, encoders, builds } = house;
  const rebuilds = new IndexRebuildsService({ db, artifacts, snapshots });
  const queue = await openQueue(t, db);
  const executions = new EvaluationExecutionsService({ db, artifacts, snapshots });
  const idle = handlerOf(async () => undefined);
  const startWork = () => {
    const worker = startWorker({
      db,
      queue,
      workRoot: join(house.dataDir, 'work'),
      logger: silentLogger,
      leases: leasesOf(db),
      handlers: {
        import: idle,
        train: idle,
        mine: idle,
        refine: idle,
        'map-index': idle,
        retire: createRetireHandler({ retention: new IndexRetentionService({ db, artifacts }) }),
        promote: createPromoteHandler({
          executions: new PromotionExecutionsService({ db, artifacts, snapshots, enqueue: queue.enqueue }),
          backend: 'wasm',
        }),
        'build-index': createBuildIndexHandler({ builds }),
        'rebuild-index': createRebuildIndexHandler({ rebuilds }),
        evaluate: createEvaluateHandler({ executions, backend: 'wasm' }),
      },
    });
    t.after(() => worker.stop());
    return worker;
  };
  const indexes = new IndexesService({ db, artifacts, encoders, enqueue: queue.enqueue });
  t.after(() => indexes.close());
  const aliases = new AliasesService({ db, enqueue: queue.enqueue });
  const evaluations = new EvaluationsService({ db, encoders, enqueue: queue.enqueue });
  const search = new SearchService({ db, indexes, encoders });
  return { house, db, queue, startWork, indexes, aliases, evaluations, search };
}

test('past its limits an index gets new files in the background, and searches miss nothing on the way', async (t) => {
  const { house, startWork, queue } = await setUp(t);
  const texts = sentences(560);
  const { id: datasetId, itemIds } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId, encoderId });
  const liveLimits = { tail: 50_000, rebuildChanges: 100, rebuildShare: 0.2 };
  const { indexes, search } = await anotherServer(t, house, { enqueue: queue.enqueue, liveLimits });
  const items = new ItemsService({ db: house.db });
  const loaded = () => indexes.use(indexId, async ({ live, generation }) => ({ tail: live.overlay.tail, generation }));
  const expected = new Set<number>(itemIds);
  const check = async () => {
    const { hits, exhausted } = await search.search({ indexId, text: 'kidney pain', k: 1_000 });
    assert.deepEqual(new Set(hits.map(({ item }) => item.id)), expected);
    assert.equal(exhausted, true);
  };
  await items.delete(datasetId, { itemIds: itemIds.slice(0, 80) as ItemId[] });
  for (const id of itemIds.slice(0, 80)) expected.delete(id);
  await check();
  assert.deepEqual(await indexes.distance(indexId), { tail: 0, tombstones: 80, rebuild: null });
  const upserted = await items.upsert(
    datasetId,
    Array.from({ length: 60 }, (_, at) => ({ text: `kidney pain of the ${at}th kind` })),
  );
  for (const id of upserted.itemIds) expected.add(id);
  await check();
  await until(async () => (await indexes.distance(indexId)).rebuild !== null);
  assert.equal((await indexes.distance(indexId)).tail, 60);
  startWork();
  for (let extra = 0; (await loaded()).generation === 1; extra++) {
    const { itemIds: added } = await items.upsert(datasetId, [{ text: `meanwhile ${extra}` }]);
    expected.add(added[0] as number);
    await check();
  }
  await check();
  const { generation, count, recallAt10 } = await indexes.get(indexId);
  assert.equal(generation, 2);
  assert.ok(count >= 540 && recallAt10 !== null);
  const { rebuild, tombstones } = await indexes.distance(indexId);
  assert.deepEqual([rebuild?.status, rebuild?.count, tombstones], ['SUCCEEDED', count, 0]);
  assert.equal((await loaded()).tail, (await indexes.distance(indexId)).tail);
});

/** A question of each item's words in another order, judged to be answered by it. */
async function addQuestions(db: Database, datasetId: string, count: number, split = 'TEST'): Promise<void> {
  await db.pool.query(
    `WITH chosen AS (SELECT id, content FROM "Item" WHERE "datasetId" = $1 ORDER BY id LIMIT $2), asked AS (
       INSERT INTO "Query" ("datasetId", content, "contentHash", split)
       SELECT $1, 'what are ' || content, sha256(convert_to(content, 'UTF8')), $3::"Split" FROM chosen RETURNING id, content)
     INSERT INTO "Relevance" ("datasetId", "queryId", "itemId")
     SELECT $1, asked.id, chosen.id FROM asked JOIN chosen ON asked.content = 'what are ' || chosen.content`,
    [datasetId, count, split],
  );
}

test('an index is built in a child process and can be searched as soon as its row says so', async (t) => {
  const { house, startWork, indexes, search } = await setUp(t);
  const texts = sentences(1_000);
  const { id: datasetId } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  startWork();
  const { id } = await indexes.build({ datasetId, encoderId });
  await until(async () => (await indexes.get(id)).status === 'SUCCEEDED');
  const { hits, indexId } = await search.search({ datasetId, text: texts[77] as string, k: 1 });
  assert.equal(indexId, id);
  assert.equal(hits[0]?.item.content, texts[77]);
});

test('a build whose child is killed goes on to its end with another child', async (t) => {
  await interrupted(t, async ({ indexes }, _worker, id) => {
    if (killAll(childrenOf(process.pid)) === 0) return false;
    await until(async () => (await indexes.get(id)).status === 'SUCCEEDED');
    const { attempt, count, built } = await indexes.get(id);
    assert.equal(built, count);
    return attempt === 2;
  });
});

test('a build that was interrupted by the end of its worker is done by the next one', async (t) => {
  await interrupted(t, async ({ indexes, startWork }, worker, id) => {
    await worker.stop();
    assert.deepEqual(childrenOf(process.pid), []);
    const { status } = await indexes.get(id);
    startWork();
    await until(async () => (await indexes.get(id)).status === 'SUCCEEDED');
    const { count, built } = await indexes.get(id);
    assert.equal(built, count);
    return status === 'RUNNING';
  });
});

test('a build that is cancelled ends with its child, and a queued one is never begun', async (t) => {
  await interrupted(t, async ({ indexes, search }, _worker, id) => {
    await indexes.cancel(id);
    const { status, finishedAt } = await indexes.get(id);
    assert.equal(status, 'CANCELLED');
    assert.ok(finishedAt !== null);
    await until(async () => childrenOf(process.pid).length === 0);
    await assert.rejects(search.search({ indexId: id, text: 'pain' }), { code: 'NOT_READY', message: /CANCELLED/ });
    // Once more changes nothing; the worker goes on with the next.
    await indexes.cancel(id);
    const { datasetId, encoderId } = await indexes.get(id);
    const next = await indexes.build({ datasetId, encoderId, m: 4, efConstruction: 8 });
    await until(async () => (await indexes.get(next.id)).status === 'SUCCEEDED');
    await assert.rejects(indexes.cancel(next.id), { code: 'CONFLICT', message: /is SUCCEEDED; only one/ });
    assert.equal((await indexes.get(id)).status, 'CANCELLED');
    return true;
  });
  const { house, indexes, startWork } = await setUp(t);
  const { id: datasetId } = await addDataset(house.db, sentences(20));
  const encoderId = await addEncoder(house, sentences(20));
  const queued = await indexes.build({ datasetId, encoderId });
  await indexes.cancel(queued.id);
  startWork();
  const { id } = await indexes.build({ datasetId, encoderId });
  await until(async () => (await indexes.get(id)).status === 'SUCCEEDED');
  const { status, startedAt } = await indexes.get(queued.id);
  assert.deepEqual([status, startedAt], ['CANCELLED', null]);
  await assert.rejects(indexes.cancel('0198b3f0-0000-7000-8000-0123456789ab' as IndexId), { code: 'NOT_FOUND' });
});

/**
 * Interrupts a build that has begun to add points. One that was over before it could be interrupted shows nothing, so a larger
 * one follows it.
 * @param interrupt returns whether it came in time
 */
async function interrupted(
  t: TestContext,
  interrupt: (house: Awaited<ReturnType<typeof setUp>>, worker: Worker, id: IndexId) => Promise<boolean>,
): Promise<void> {
  for (const size of [3_000, 9_000, 27_000]) {
    const set = await setUp(t);
    const texts = sentences(size);
    const { id: datasetId } = await addDataset(set.house.db, texts);
    const encoderId = await addEncoder(set.house, texts);
    const worker = set.startWork();
    const { id } = await set.indexes.build({ datasetId, encoderId, efConstruction: 400 });
    await until(async () => (await set.indexes.get(id)).built > 0);
    if (await interrupt(set, worker, id)) return;
    await worker.stop();
  }
  assert.fail('no build could be interrupted');
}

test('an evaluation measures the split it was asked for, and agrees with what searching gives', async (t) => {
  const { house, startWork, evaluations, indexes, search } = await setUp(t);
  const texts = sentences(200);
  const { id: datasetId, itemIds } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  // Where nothing is judged, labels would be measured by.
  await house.db.pool.query('UPDATE "Item" SET label = NULL WHERE "datasetId" = $1', [datasetId]);
  await assert.rejects(evaluations.evaluate({ datasetId, encoderId, split: 'TEST' }), {
    code: 'NOT_READY',
    message: /no TEST query/,
  });
  await addQuestions(house.db, datasetId, 50);
  startWork();
  const { id } = await evaluations.evaluate({ datasetId, encoderId, split: 'TEST' });
  const { id: indexId } = await indexes.build({ datasetId, encoderId });
  await until(async () => (await evaluations.get(id)).status === 'SUCCEEDED');
  await until(async () => (await indexes.get(indexId)).status === 'SUCCEEDED');

  let reciprocalRanks = 0;
  let found = 0;
  for (const [at, text] of texts.slice(0, 50).entries()) {
    const { hits } = await search.search({ indexId, text: `what are ${text}`, k: 10 });
    const rank = hits.find(({ item }) => item.id === itemIds[at])?.rank;
    reciprocalRanks += rank === undefined ? 0 : 1 / rank;
    found += rank === undefined ? 0 : 1;
  }
  const { metrics } = await evaluations.get(id);
  assert.deepEqual([metrics?.queries, metrics?.corpus], [50, 200]);
  assert.ok(reciprocalRanks > 10);
  assert.ok(
    Math.abs((metrics?.mrrAt10 ?? 0) - reciprocalRanks / 50) < 0.01,
    `${metrics?.mrrAt10} ${reciprocalRanks / 50}`,
  );
  assert.ok(Math.abs((metrics?.recallAt[10] ?? 0) - found / 50) < 0.01);
  const { evaluations: listed } = await evaluations.list({ namespace: DEFAULT_NAMESPACE, datasetId }, { first: 5 });
  assert.deepEqual(
    listed.map((row) => row.id),
    [id],
  );
});

test('an alias moves once a child process has found the new encoder better', async (t) => {
  const { house, startWork, indexes, aliases, search } = await setUp(t);
  const texts = sentences(300);
  const { id: datasetId } = await addDataset(house.db, texts);
  await addQuestions(house.db, datasetId, 100, 'VALIDATION');
  const poor = await addEncoder(house, texts, { version: 1, dimensions: 8 });
  const good = await addEncoder(house, texts, { version: 2, dimensions: 128 });
  startWork();
  const built = async (encoderId: EncoderId) => {
    const { id } = await indexes.build({ datasetId, encoderId });
    await until(async () => (await indexes.get(id)).status === 'SUCCEEDED', 30_000);
    return id;
  };
  const poorIndex = await built(poor);
  await aliases.promote({ indexId: poorIndex });
  const goodIndex = await built(good);
  const id = await aliases.promote({ indexId: goodIndex });
  await until(async () => (await aliases.getPromotions([id]))[0]?.status === 'SUCCEEDED', 30_000);
  const target = { alias: { name: 'live', dataset: { id: datasetId } } };
  assert.equal((await search.search({ ...target, text: texts[0] as string })).indexId, goodIndex);

  // What is said to go goes by a job once the alias has moved again: the first, which it would not be rolled back to any more.
  await new IndexRetentionService(house).set(datasetId, { keepVersions: 1, keepDays: 0 });
  const newest = await built(good);
  await aliases.promote({ indexId: newest });
  await until(async () => (await indexes.getMany([poorIndex])).length === 0, 30_000);
  assert.equal((await indexes.getMany([goodIndex, newest])).length, 2);
});

test('a job whose encoder is damaged fails with the reason on its row', async (t) => {
  const { house, startWork, indexes } = await setUp(t);
  const { id: datasetId } = await addDataset(house.db, ['one', 'two']);
  const encoderId = await addEncoder(house, ['one', 'two']);
  const { sha256 } = await house.encoders.get(encoderId);
  await house.artifacts.remove('encoder', sha256);
  startWork();
  const { id } = await indexes.build({ datasetId, encoderId });
  await until(async () => (await indexes.get(id)).status === 'FAILED');
  const { errorCode, errorMessage, finishedAt } = await indexes.get(id);
  assert.equal(errorCode, 'CORRUPT_ARTIFACT');
  assert.match(errorMessage ?? '', /encoder/);
  assert.ok(finishedAt !== null);
  await assert.rejects(indexes.load(id), { code: 'NOT_READY', message: /FAILED.*build another/ });
});
