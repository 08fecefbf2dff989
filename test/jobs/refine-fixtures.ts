import assert from 'node:assert/strict';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { createBuildIndexHandler } from '../../src/jobs/handlers/build-index.ts';
import { createMineHandler } from '../../src/jobs/handlers/mine.ts';
import { createRefineHandler } from '../../src/jobs/handlers/refine.ts';
import { createTrainHandler } from '../../src/jobs/handlers/train.ts';
import { HardNegativesService } from '../../src/services/hard-negatives.ts';
import { IndexesService } from '../../src/services/indexes.ts';
import { MiningExecutionsService } from '../../src/services/mining-executions.ts';
import { RefinementExecutionsService } from '../../src/services/refinement-executions.ts';
import { type RefinementRow, RefinementsService, type StartRefinement } from '../../src/services/refinements.ts';
import { RunExecutionsService } from '../../src/services/run-execution.ts';
import { RunsService } from '../../src/services/runs.ts';
import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import { addTrainQuestions } from '../services/mining-fixtures.ts';
import { addDataset, openHouse, sentences } from '../services/search-fixtures.ts';
import { openQueue, REAL_CHILD_ENTRY, worker } from './harness.ts';
import { until } from './processes.ts';

/** A dataset to refine on, the services around it, and a worker to be started and stopped. */
export async function openRefine(t: TestContext) {
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
  const start = async (config: TrainingConfigInput, more: Partial<StartRefinement>) => {
    const id = await refinements.start({ datasetId, config: { ...CONFIG, ...config }, ...more });
    return { get: async () => (await refinements.getMany([id]))[0] ?? assert.fail('it is gone') };
  };
  const counted = async (table: string) => (await db.pool.query(`SELECT count(*)::int AS n FROM "${table}"`)).rows[0].n;
  return { ...house, runs, indexes, negatives, refinements, work, start, counted };
}

const CONFIG = {
  backend: 'wasm',
  batchSize: 16,
  epochs: 2,
  validationFraction: 0.3,
  encoder: { dimensions: 16, vocabularySize: 256 },
} as const;
export const mining = { excludeEqualLabels: false };

/** Starts a worker and stops it again whenever `stage` has got further, until the refinement is done. */
export async function stopAtEveryStage(
  { work }: Pick<Awaited<ReturnType<typeof openRefine>>, 'work'>,
  get: () => Promise<RefinementRow>,
  stage: () => Promise<number>,
): Promise<number> {
  let last = -1;
  let stops = 0;
  for (; (await get()).status !== 'SUCCEEDED'; stops++) {
    assert.ok(stops < 20, `it does not come to an end: ${JSON.stringify(await get())}`);
    assert.notEqual((await get()).status, 'FAILED', JSON.stringify(await get()));
    const running = work();
    await until(async () => (await stage()) > last || (await get()).status === 'FAILED', 120_000);
    last = await stage();
    await running.stop();
  }
  return stops;
}
