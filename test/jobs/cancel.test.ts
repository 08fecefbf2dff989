import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import type { EvaluationId, NegativeSetId, RefinementId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { createBuildIndexHandler } from '../../src/jobs/handlers/build-index.ts';
import { createEvaluateHandler } from '../../src/jobs/handlers/evaluate.ts';
import { createImportHandler } from '../../src/jobs/handlers/import.ts';
import { createMineHandler } from '../../src/jobs/handlers/mine.ts';
import { createRefineHandler } from '../../src/jobs/handlers/refine.ts';
import { createTrainHandler } from '../../src/jobs/handlers/train.ts';
import { EvaluationExecutionsService } from '../../src/services/evaluation-executions.ts';
import { EvaluationsService } from '../../src/services/evaluations.ts';
import { HardNegativesService } from '../../src/services/hard-negatives.ts';
import { ImportExecutionsService } from '../../src/services/import-executions.ts';
import { ImportsService } from '../../src/services/imports.ts';
import { IndexesService } from '../../src/services/indexes.ts';
import { MiningExecutionsService } from '../../src/services/mining-executions.ts';
import { RefinementExecutionsService } from '../../src/services/refinement-executions.ts';
import { RefinementsService } from '../../src/services/refinements.ts';
import { RunExecutionsService } from '../../src/services/run-execution.ts';
import { RunsService } from '../../src/services/runs.ts';
import { UploadsService } from '../../src/services/uploads.ts';
import { openMine } from '../services/mining-fixtures.ts';
import { openQueue, worker } from './harness.ts';
import { childrenOf, until } from './processes.ts';

const SPINNING = new URL('./fixtures/spinning-child.ts', import.meta.url);
const MISSING = '0198b3f0-0000-7000-8000-0123456789ab';

/** Data to work on, and a worker whose children never come to an end by themselves. */
async function setUp(t: TestContext) {
  const house = await openMine(t, { items: 40, questions: 20 });
  const { db, artifacts, snapshots, encoders, dataDir, builds } = house;
  const queue = await openQueue(t, db);
  const { enqueue } = queue;
  const uploads = new UploadsService({ db, dataDir, maxBytes: 2 ** 20 });
  const runs = new RunsService({ db, enqueue });
  const indexes = new IndexesService({ db, artifacts, encoders, enqueue });
  t.after(() => indexes.close());
  const negatives = new HardNegativesService({ db, artifacts, encoders, enqueue });
  const evaluations = new EvaluationsService({ db, encoders, enqueue });
  const imports = new ImportsService({ db, artifacts, enqueue });
  const refinements = new RefinementsService({ db, enqueue });
  const deps = { db, artifacts, snapshots };
  const handlers = {
    import: createImportHandler(new ImportExecutionsService({ db, artifacts, uploads })),
    evaluate: createEvaluateHandler({ executions: new EvaluationExecutionsService(deps) }),
    mine: createMineHandler({ executions: new MiningExecutionsService(deps) }),
    train: createTrainHandler({ executions: new RunExecutionsService(deps) }),
    'build-index': createBuildIndexHandler({ builds }),
    refine: createRefineHandler({
      executions: new RefinementExecutionsService({ ...deps, runs, indexes, negatives }),
    }),
  };
  const work = () => worker(t, { db, queue, workRoot: join(dataDir, 'work'), childEntry: SPINNING, handlers });
  return { ...house, uploads, runs, indexes, negatives, evaluations, imports, refinements, work };
}

test('evaluations, minings and imports end with their children when they are cancelled, and are not begun again', async (t) => {
  const { db, dataset, encoderId, uploads, evaluations, negatives, imports, work } = await setUp(t);
  const { id: uploadId, token } = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName: 'a.jsonl' });
  await uploads.receive(uploadId, token, Readable.from([Buffer.from('{"text": "what never comes in"}\n')]));
  const datasetId = dataset.id;
  const columns = { text: 'text' };
  const jobs = [
    [evaluations, (await evaluations.evaluate({ datasetId, encoderId, split: 'TRAIN' })).id],
    [negatives, await negatives.mine({ datasetId, settings: { rangeMax: 8 } })],
    [imports, (await imports.start({ datasetId, uploadIds: [uploadId], columns })).id],
  ] as unknown as readonly [typeof evaluations, EvaluationId][];
  // One that waits is never begun.
  const waiting = await evaluations.evaluate({ datasetId, encoderId, split: 'TRAIN' });
  await evaluations.cancel(waiting.id);
  work();
  for (const [service, id] of jobs) {
    await until(async () => (await service.get(id)).status === 'RUNNING');
  }
  await until(() => childrenOf(process.pid).length === jobs.length);
  // As if a part were mined.
  await db.pool.query('UPDATE "HardNegativeSet" SET parts = $1', [['0'.repeat(64)]]);
  for (const [n, [service, id]] of jobs.entries()) {
    await service.cancel(id);
    const { status, finishedAt, errorCode } = await service.get(id);
    assert.deepEqual([status, finishedAt instanceof Date, errorCode], ['CANCELLED', true, null]);
    // A child that hears nothing has half a second to stop by itself.
    await until(() => childrenOf(process.pid).length === jobs.length - 1 - n, 10_000);
    await service.cancel(id);
    assert.equal((await service.get(id)).status, 'CANCELLED');
  }
  const [, set] = jobs[1] as unknown as [unknown, NegativeSetId];
  assert.deepEqual((await negatives.get(set)).parts, [], 'nothing goes on behind its parts');
  assert.equal((await evaluations.get(waiting.id)).startedAt, null);
  const { rows } = await db.pool.query('SELECT FROM "Item" WHERE content = $1', ['what never comes in']);
  assert.equal(rows.length, 0);
  await assert.rejects(evaluations.cancel(MISSING as EvaluationId), { code: 'NOT_FOUND' });
  await db.pool.query(`UPDATE "Evaluation" SET status = 'SUCCEEDED' WHERE id = $1`, [waiting.id]);
  await assert.rejects(evaluations.cancel(waiting.id), {
    code: 'CONFLICT',
    message: `evaluation ${waiting.id} is SUCCEEDED; only one that has not ended can be cancelled`,
    field: ['input', 'evaluationId'],
  });
});

test('a refinement that is cancelled takes along what it waits for', async (t) => {
  const { db, dataset, encoderId, refinements, runs, indexes, work } = await setUp(t);
  const config = { backend: 'wasm', batchSize: 16, validationFraction: 0.3 } as const;
  const id = await refinements.start({ datasetId: dataset.id, config, rounds: 1, mining: { rangeMax: 8 } });
  const get = async () => (await refinements.getMany([id]))[0] ?? assert.fail('it is gone');
  const working = work();
  await until(() => childrenOf(process.pid).length === 1);
  const [round] = (await get()).done;
  await refinements.cancel(id);
  assert.equal((await get()).status, 'CANCELLED');
  assert.equal((await runs.get(round?.runId as never)).status, 'CANCELLED');
  await until(() => childrenOf(process.pid).length === 0, 10_000);
  await refinements.cancel(id);
  await assert.rejects(refinements.cancel('no id' as RefinementId), { code: 'NOT_FOUND' });
  await working.stop();
  // Of a second round: the training before it stays, the index that it waits for goes.
  const before = await runs.start({ datasetId: dataset.id, config });
  await db.pool.query(`UPDATE "TrainingRun" SET status = 'SUCCEEDED' WHERE id = $1`, [before.id]);
  const next = await refinements.start({ datasetId: dataset.id, config, rounds: 1, mining: { rangeMax: 8 } });
  const built = await indexes.build({ datasetId: dataset.id, encoderId });
  const done = [
    { round: 0, indexId: null, setId: null, runId: before.id, taken: true },
    { round: 1, indexId: built.id, setId: null, runId: null, taken: null },
  ];
  await db.pool.query('UPDATE "Refinement" SET done = $2 WHERE id = $1', [next, JSON.stringify(done)]);
  await refinements.cancel(next);
  assert.equal((await indexes.get(built.id)).status, 'CANCELLED');
  assert.equal((await runs.get(before.id)).status, 'SUCCEEDED');
});
