import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { createBuildIndexHandler } from '../../src/jobs/handlers/build-index.ts';
import { createMineHandler } from '../../src/jobs/handlers/mine.ts';
import { createRefineHandler } from '../../src/jobs/handlers/refine.ts';
import { createTrainHandler } from '../../src/jobs/handlers/train.ts';
import { HardNegativesService } from '../../src/services/hard-negatives.ts';
import { IndexesService } from '../../src/services/indexes.ts';
import { MiningExecutionsService } from '../../src/services/mining-executions.ts';
import { RefinementExecutionsService } from '../../src/services/refinement-executions.ts';
import { RefinementsService } from '../../src/services/refinements.ts';
import { RunExecutionsService } from '../../src/services/run-execution.ts';
import { RunsService } from '../../src/services/runs.ts';
import { addTrainQuestions } from '../services/mining-fixtures.ts';
import { addDataset, openHouse, sentences } from '../services/search-fixtures.ts';
import { openQueue, REAL_CHILD_ENTRY, worker } from './harness.ts';
import { until } from './processes.ts';

test('a refinement whose worker is stopped at every stage goes on, and trains nothing twice', {
  timeout: 300_000,
}, async (t) => {
  const house = await openHouse(t);
  const { db, artifacts, snapshots, encoders } = house;
  const queue = await openQueue(t, db);
  const { enqueue } = queue;
  const runs = new RunsService({ db, enqueue });
  const indexes = new IndexesService({ db, artifacts, encoders, enqueue });
  t.after(() => indexes.close());
  const negatives = new HardNegativesService({ db, artifacts, encoders, enqueue });
  const refinements = new RefinementsService({ db, enqueue });
  const deps = { db, artifacts, snapshots };
  const work = () =>
    worker(t, {
      db,
      queue,
      workRoot: path.join(house.dataDir, 'work'),
      childEntry: REAL_CHILD_ENTRY,
      handlers: {
        train: createTrainHandler({ executions: new RunExecutionsService(deps), backend: 'wasm' }),
        'build-index': createBuildIndexHandler({ builds: house.builds }),
        mine: createMineHandler({ executions: new MiningExecutionsService(deps) }),
        refine: createRefineHandler({
          executions: new RefinementExecutionsService({ ...deps, runs, indexes, negatives }),
          backend: 'wasm',
        }),
      },
    });
  const { id: datasetId } = await addDataset(db, sentences(120));
  await addTrainQuestions(db, datasetId, 100);
  const config = {
    backend: 'wasm',
    batchSize: 16,
    epochs: 2,
    validationFraction: 0.3,
    encoder: { dimensions: 16, vocabularySize: 256 },
  } as const;
  const id = await refinements.start({ datasetId, config, rounds: 1, mining: { excludeEqualLabels: false } });
  const get = async () => (await refinements.getMany([id]))[0] ?? assert.fail('it is gone');
  /** What there is by now: each further one is a stage further. */
  const stage = async () => {
    const { done, status, indexId } = await get();
    const made = done.flatMap((round) => [round.runId, round.encoderId, round.indexId, round.setId, round.verdict]);
    return made.filter((one) => one !== null).length + (indexId === null ? 0 : 1) + (status === 'SUCCEEDED' ? 1 : 0);
  };
  let last = -1;
  for (let stops = 0; (await get()).status !== 'SUCCEEDED'; stops++) {
    assert.ok(stops < 20, `it does not come to an end: ${JSON.stringify(await get())}`);
    assert.notEqual((await get()).status, 'FAILED', JSON.stringify(await get()));
    const running = work();
    await until(async () => (await stage()) > last || (await get()).status === 'FAILED', 120_000);
    last = await stage();
    await running.stop();
  }
  const { done, encoderId, indexId } = await get();
  assert.deepEqual(
    done.map(({ round }) => round),
    [0, 1],
  );
  const [first, second] = done;
  assert.equal(first?.taken, true);
  assert.equal(second?.taken, (second?.verdict?.difference ?? -1) >= 0);
  assert.equal(encoderId, second?.taken ? second.encoderId : first?.encoderId);
  assert.equal((await indexes.get(indexId as NonNullable<typeof indexId>)).encoderId, encoderId);
  assert.equal((await negatives.get(second?.setId as never)).encoderId, first?.encoderId);
  const counted = async (table: string) => (await db.pool.query(`SELECT count(*)::int AS n FROM "${table}"`)).rows[0].n;
  assert.deepEqual(
    [await counted('TrainingRun'), await counted('Encoder'), await counted('HardNegativeSet')],
    [2, 2, 1],
  );
  assert.equal(await counted('IndexVersion'), second?.taken ? 2 : 1);
  const { config: trained } = await runs.get(second?.runId as NonNullable<NonNullable<typeof second>['runId']>);
  assert.equal(trained.hardNegativeSetId, second?.setId);
});
