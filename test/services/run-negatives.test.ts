import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { NegativeSetId } from '../../src/domain/ids.ts';
import type { RunEventBody } from '../../src/domain/training.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { RefinementsService } from '../../src/services/refinements.ts';
import { negativesOfRun } from '../../src/services/run-negatives.ts';
import { RunsService } from '../../src/services/runs.ts';
import type { GivenNegatives } from '../../src/services/work/mined-negatives.ts';
import { work as train } from '../../src/services/work/train.ts';
import type { Run } from '../../src/store/runs.ts';
import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import { openMine } from './mining-fixtures.ts';

const SMALL: TrainingConfigInput = {
  backend: 'wasm',
  batchSize: 16,
  maxSteps: 3,
  validationFraction: 0,
  encoder: { dimensions: 16, vocabularySize: 256 },
};

/** Trains as a worker's child does. @returns the losses */
async function losses(
  t: TestContext,
  { id: runId, config }: Run,
  snapshotPath: string,
  negatives: GivenNegatives | null,
): Promise<number[]> {
  const workDir = await mkdtemp(join(tmpdir(), 'quartet-test-train-'));
  t.after(() => rm(workDir, { recursive: true, force: true }));
  const checkpointsDir = join(workDir, 'checkpoints');
  const seen: number[] = [];
  await train(
    { runId, config, snapshotPath, negatives, resume: null, checkpointsDir },
    {
      workDir,
      logger: silentLogger,
      signal: new AbortController().signal,
      emit: async (event) => {
        if (event.kind === 'step') seen.push((event as Extract<RunEventBody, { kind: 'step' }>).loss);
      },
    },
  );
  return seen;
}

const PARADIGMS: readonly [paradigm: object, use: object][] = [
  [{ name: 'in-batch-negatives' }, { hardNegatives: 1 }],
  [
    { name: 'end-to-end', negatives: 4 },
    { negatives: 4, negativesFrom: 'given' },
  ],
  [
    { name: 'memory-bank', loss: 'sampled-info-nce', negatives: 8 },
    { negatives: 8, hardFraction: 0.5 },
  ],
  [{ name: 'momentum-encoder', momentum: 0.9 }, { hardFraction: 0.5 }],
];

test('every paradigm trains with a mined set, by default with some of it, and differently than without', async (t) => {
  const house = await openMine(t, { items: 120, questions: 60 });
  const { db, artifacts, dataset, snapshots } = house;
  const runs = new RunsService({ db, enqueue: async () => undefined });
  const set = await house.mineNow({ settings: { excludeEqualLabels: false, corpus: 'all' } });
  const { path } = await snapshots.snapshotDataset(dataset.id);
  for (const [paradigm, use] of PARADIGMS) {
    const config = { ...SMALL, paradigm, hardNegativeSetId: set.id };
    const run = await runs.start({ datasetId: dataset.id, config });
    assert.deepEqual({ ...run.config.paradigm, ...use }, run.config.paradigm);
    const found = await negativesOfRun({ db, artifacts }, run);
    const [given, without] = [await losses(t, run, path, found?.given ?? null), await losses(t, run, path, null)];
    assert.equal(given.length, 3);
    assert.notDeepEqual(given, without, run.config.paradigm.name);
    assert.deepEqual(await losses(t, run, path, found?.given ?? null), given);
  }
});

test('a set that nothing would be made of is refused, with what to change', async (t) => {
  const house = await openMine(t, { items: 120, questions: 60 });
  const { db, dataset } = house;
  const enqueue = async () => undefined;
  const runs = new RunsService({ db, enqueue });
  const refinements = new RefinementsService({ db, enqueue });
  const set = await house.mineNow();
  const start = (paradigm: object, rest: TrainingConfigInput = {}) =>
    runs.start({
      datasetId: dataset.id,
      config: { ...SMALL, ...rest, paradigm, hardNegativeSetId: rest.hardNegativeSetId ?? set.id },
    });
  const unused: readonly [object, RegExp][] = [
    [{ name: 'in-batch-negatives', hardNegatives: 0 }, /hardNegatives is 0; take 1 or more/],
    [{ name: 'end-to-end', negativesFrom: 'uniform' }, /negativesFrom is uniform; take given/],
    [{ name: 'memory-bank', hardFraction: 0 }, /hardFraction is 0/],
    [{ name: 'memory-bank', loss: 'full-softmax' }, /full-softmax looks at every item anyhow/],
    [{ name: 'momentum-encoder', hardFraction: 0 }, /hardFraction is 0/],
  ];
  for (const [paradigm, message] of unused) {
    await assert.rejects(start(paradigm), { code: 'BAD_INPUT', message });
  }
  await assert.rejects(start({ name: 'in-batch-negatives' }, { positives: 'label' }), {
    code: 'BAD_INPUT',
    message: /mined for positives by relevance, the run takes them by label/,
  });
  const nobody = newUuid() as NegativeSetId;
  await assert.rejects(start({ name: 'in-batch-negatives' }, { hardNegativeSetId: nobody }), { code: 'NOT_FOUND' });
  const queued = await house.negatives.mine({ datasetId: dataset.id });
  await assert.rejects(start({ name: 'in-batch-negatives' }, { hardNegativeSetId: queued }), { code: 'NOT_READY' });

  const refine = (config: TrainingConfigInput, mining = {}) =>
    refinements.start({ datasetId: dataset.id, config: { ...SMALL, ...config }, mining });
  await assert.rejects(refine({ paradigm: { name: 'memory-bank', loss: 'full-softmax' } }), {
    code: 'BAD_INPUT',
    message: /mined negatives would add nothing/,
  });
  await assert.rejects(refine({}, { rangeMin: 118 }), { code: 'BAD_INPUT', message: /leaves 2 ranks/ });
  for (const name of ['in-batch-negatives', 'end-to-end', 'memory-bank', 'momentum-encoder'] as const) {
    assert.ok(await refine({ paradigm: { name } }));
  }
});
