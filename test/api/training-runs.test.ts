import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { parseGlobalId, toGlobalId } from '../../src/api/global-ids.ts';
import type { DatasetId, RunId } from '../../src/domain/ids.ts';
import type { RunEventBody } from '../../src/domain/training.ts';
import type { Database } from '../../src/store/database.ts';
import { appendEvents } from '../../src/store/run-events.ts';
import {
  EARLY_STOPPING_SETTINGS,
  ENCODER_SETTINGS,
  OPTIMIZER_SETTINGS,
  PARADIGM_SETTINGS,
  TRAINING_SETTINGS,
} from '../../src/training/defaults.ts';
import { evaluationEvent, insertDataset, stepEvent } from '../services/run-fixtures.ts';
import { type TestServer, testServer } from './harness.ts';

const START = `mutation ($input: StartTrainingInput!) {
  startTraining(input: $input) {
    run { id config {
      positives matryoshka batchSize accumulateSteps clipNorm metric keepCheckpoints diagnosticsEvery
      optimizer { __typename ... on SgdConfig { momentum weightDecay } ... on AdamWConfig { beta1 beta2 epsilon decay: weightDecay } }
      earlyStopping { patience minDelta }
      paradigm { __typename
        ... on InBatchNegativesConfig { hardNegatives gradCacheChunk maskEqualLabel }
        ... on EndToEndConfig { negatives negativesFrom shareNegatives }
        ... on MemoryBankConfig { negatives loss bankMomentum initialise proximalWeight hardFraction }
        ... on MomentumEncoderConfig { from: negativesFrom queueSize momentum rampMomentum twoWays: symmetric predictor hardFraction }
      }
    } }
    userErrors { code field message }
  }
}`;

/** A server without a worker, so that runs stay where they are, and a dataset with pairs. */
async function setUp(t: TestContext): Promise<{ server: TestServer; datasetId: string }> {
  const server = await testServer(t);
  const datasetId = await withPool(server, async (pool) => {
    const id = await insertDataset({ pool } as unknown as Database, 40);
    await pool.query('UPDATE "Dataset" SET "itemCount" = 40, "relevanceCount" = 40 WHERE id = $1', [id]);
    return toGlobalId('Dataset', id satisfies DatasetId);
  });
  return { server, datasetId };
}

/** Connections that are closed before the database goes. */
async function withPool<T>({ databaseUrl }: TestServer, use: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}

test('what a training is asked to do shows in its config, for every paradigm and optimizer', async (t) => {
  const { server, datasetId } = await setUp(t);
  const start = async (input: object) =>
    (await server.ask(START, { input: { datasetId, ...input } })).startTraining as {
      run: { config: Record<string, unknown> };
      userErrors: unknown[];
    };
  const { run: plain } = await start({});
  assert.deepEqual(plain.config, {
    positives: 'RELEVANCE',
    matryoshka: [],
    batchSize: 512,
    accumulateSteps: 1,
    clipNorm: null,
    metric: 'NDCG_AT_10',
    keepCheckpoints: 2,
    diagnosticsEvery: null,
    optimizer: { __typename: 'AdamWConfig', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 },
    earlyStopping: null,
    paradigm: { __typename: 'InBatchNegativesConfig', hardNegatives: 0, gradCacheChunk: null, maskEqualLabel: false },
  });
  const { run: own } = await start({
    positives: 'AUGMENTATION',
    matryoshka: [16, 32],
    accumulateSteps: 2,
    clipNorm: 1.5,
    metric: 'KNN_ACCURACY',
    keepCheckpoints: 3,
    diagnosticsEvery: 7,
    optimizer: { sgd: { momentum: 0.5 } },
    earlyStopping: { patience: 3 },
    paradigm: { inBatchNegatives: { hardNegatives: 2, gradCacheChunk: 64, maskEqualLabel: true } },
  });
  assert.deepEqual(own.config, {
    positives: 'AUGMENTATION',
    matryoshka: [16, 32],
    batchSize: 512,
    accumulateSteps: 2,
    clipNorm: 1.5,
    metric: 'KNN_ACCURACY',
    keepCheckpoints: 3,
    diagnosticsEvery: 7,
    optimizer: { __typename: 'SgdConfig', momentum: 0.5, weightDecay: 0 },
    earlyStopping: { patience: 3, minDelta: 0 },
    paradigm: { __typename: 'InBatchNegativesConfig', hardNegatives: 2, gradCacheChunk: 64, maskEqualLabel: true },
  });
  const paradigms: [object, object][] = [
    [
      { endToEnd: { negatives: 4, negativesFrom: 'GIVEN', shareNegatives: true } },
      { __typename: 'EndToEndConfig', negatives: 4, negativesFrom: 'GIVEN', shareNegatives: true },
    ],
    [
      { memoryBank: { loss: 'FULL_SOFTMAX', initialise: 'RANDOM', proximalWeight: 2 } },
      {
        __typename: 'MemoryBankConfig',
        negatives: 4_096,
        loss: 'FULL_SOFTMAX',
        bankMomentum: 0.5,
        initialise: 'RANDOM',
        proximalWeight: 2,
        hardFraction: 0,
      },
    ],
    [
      { momentumEncoder: { negativesFrom: 'BATCH', momentum: 0.9, predictor: true, hardFraction: 0.25 } },
      {
        __typename: 'MomentumEncoderConfig',
        from: 'BATCH',
        queueSize: 65_536,
        momentum: 0.9,
        rampMomentum: false,
        twoWays: true,
        predictor: true,
        hardFraction: 0.25,
      },
    ],
  ];
  for (const [paradigm, expected] of paradigms) {
    const { run, userErrors } = await start({ paradigm });
    assert.deepEqual(userErrors, []);
    assert.deepEqual(run.config.paradigm, expected);
  }
});

test('a setting outside its bounds is refused at its place in the input, with the bound', async (t) => {
  const { server, datasetId } = await setUp(t);
  const refusals: [object, string[], RegExp][] = [
    [{ clipNorm: 0 }, ['clipNorm'], /clipNorm must be at least 0.000001, got 0/],
    [{ keepCheckpoints: 101 }, ['keepCheckpoints'], /at most 100/],
    [{ earlyStopping: { patience: 0 } }, ['earlyStopping', 'patience'], /earlyStopping.patience must be at least 1/],
    [{ optimizer: { adamw: { beta2: 1 } } }, ['optimizer', 'adamw', 'beta2'], /optimizer.adamw.beta2 .* 0.999999/],
    [{ paradigm: { endToEnd: { negatives: 0 } } }, ['paradigm', 'endToEnd', 'negatives'], /at least 1/],
    [{ paradigm: { memoryBank: { bankMomentum: 1 } } }, ['paradigm', 'memoryBank', 'bankMomentum'], /at most 0.999/],
    [
      { paradigm: { momentumEncoder: { queueSize: 2_000_000 } } },
      ['paradigm', 'momentumEncoder', 'queueSize'],
      /1048576/,
    ],
    [{ matryoshka: [32, 16] }, ['matryoshka'], /ascending/],
    [{ metric: 'KNN_ACCURACY' }, ['metric'], /labels/],
  ];
  for (const [input, field, message] of refusals) {
    const { startTraining } = await server.ask(START, { input: { datasetId, ...input } });
    assert.deepEqual(startTraining.userErrors[0]?.field, ['input', ...field]);
    assert.match(startTraining.userErrors[0].message, message);
    assert.equal(startTraining.userErrors[0].code, 'BAD_INPUT');
  }
  const unknown = await server.send(START, { input: { datasetId, metric: 'QUALITY' } });
  assert.match(String(unknown.errors?.[0]?.message), /"QUALITY" does not exist in "QualityMetric"/);
});

test('every number that has bounds is refused beyond either, with the bound', async (t) => {
  const { server, datasetId } = await setUp(t);
  const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const groups: [(value: object) => object, object][] = [
    [(value) => value, TRAINING_SETTINGS],
    [(value) => ({ earlyStopping: value }), EARLY_STOPPING_SETTINGS],
    ...(['encoder', 'paradigm', 'optimizer'] as const).flatMap((part) => {
      const variants = { encoder: ENCODER_SETTINGS, paradigm: PARADIGM_SETTINGS, optimizer: OPTIMIZER_SETTINGS }[part];
      return Object.entries(variants).map(([name, settings]): [(value: object) => object, object] => [
        (value) => ({ [part]: { [camel(name)]: value } }),
        settings,
      ]);
    }),
  ];
  let refused = 0;
  for (const [placed, settings] of groups) {
    for (const [name, { kind, minimum, maximum, multipleOf }] of Object.entries(settings)) {
      if (kind !== 'number') continue;
      const step = multipleOf ?? 1e-7;
      for (const [value, bound] of [
        [minimum - step, minimum],
        [maximum + step, maximum],
      ]) {
        // GraphQL itself has no Int beyond 32 bits.
        if (multipleOf !== undefined && value > 2 ** 31 - 1) continue;
        const { startTraining } = await server.ask(START, { input: { datasetId, ...placed({ [name]: value }) } });
        const [error] = startTraining.userErrors;
        assert.equal(error?.code, 'BAD_INPUT', `${name} ${value}`);
        assert.equal(error.field.at(-1), name);
        assert.match(error.message, new RegExp(`at (least|most) ${bound}, got`));
        refused++;
      }
    }
  }
  assert.ok(refused > 70, `${refused} refused`);
});

test('a run is paused and resumed, once for an idempotency key, and only when it can be', async (t) => {
  const { server, datasetId } = await setUp(t);
  const { id: runId } = (await server.ask(START, { input: { datasetId } })).startTraining.run;
  const change = async (name: string, input: object = {}) => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { run { status } userErrors { code field message } } }`;
    return (await server.ask(document, { input: { runId, ...input } }))[name];
  };
  const early = await change('resumeRun');
  assert.equal(early.run, null);
  assert.equal(early.userErrors[0].code, 'CONFLICT');
  assert.match(early.userErrors[0].message, /is QUEUED; only a paused one can be resumed/);

  assert.deepEqual(await change('pauseRun'), { run: { status: 'PAUSED' }, userErrors: [] });
  assert.deepEqual(await change('pauseRun'), { run: { status: 'PAUSED' }, userErrors: [] });
  const key = { idempotencyKey: 'on it goes' };
  assert.deepEqual(await change('resumeRun', key), { run: { status: 'QUEUED' }, userErrors: [] });
  assert.deepEqual(await change('resumeRun', key), { run: { status: 'QUEUED' }, userErrors: [] });
  assert.equal((await change('resumeRun')).userErrors[0].code, 'CONFLICT');
  const gone = { runId: toGlobalId('TrainingRun', '0198b3f0-0000-7000-8000-0123456789ab') };
  assert.equal((await change('pauseRun', gone)).userErrors[0].code, 'NOT_FOUND');
  await change('cancelRun');
  assert.equal((await change('pauseRun')).userErrors[0].code, 'CONFLICT');
});

test('runs are compared: where settings differ, curves, time, memory, negatives, compute', async (t) => {
  const { server, datasetId } = await setUp(t);
  const ids: string[] = [];
  for (const paradigm of [{ inBatchNegatives: {} }, { memoryBank: { temperature: 0.1 } }]) {
    const { run } = (await server.ask(START, { input: { datasetId, batchSize: 8, paradigm } })).startTraining;
    ids.push(run.id);
  }
  const first = parseGlobalId(ids[0] as string)?.id as RunId;
  // 10 steps at 100 and 10 at 300 pairs a second: 20 steps in the time of 40/3.
  const reported: RunEventBody[] = [
    evaluationEvent(0, 0.1, true),
    stepEvent(10),
    evaluationEvent(10, 0.5),
    { ...stepEvent(20), pairsPerSecond: 300 },
    evaluationEvent(20, 0.4),
    { kind: 'diagnostics', step: 20, figures: { peakMemoryBytes: 3e9 }, histograms: {} },
  ];
  await withPool(server, async (pool) => {
    await appendEvents(pool, first, 2, reported);
    await pool.query('UPDATE "TrainingRun" SET step = 20 WHERE id = $1', [first]);
  });
  const COMPARE = `query ($ids: [ID!]!) { compareRuns(ids: $ids) {
    runs { run { id } curve { step loss quality } seconds pairsPerSecond peakMemoryBytes negativesPerQuery encodings }
    differences { setting values }
  } }`;
  const { compareRuns } = await server.ask(COMPARE, { ids });
  const [inBatch, bank] = compareRuns.runs;
  assert.deepEqual(inBatch, {
    run: { id: ids[0] },
    curve: [
      { step: 0, loss: null, quality: 0.1 },
      { step: 10, loss: 0.1, quality: 0.5 },
      { step: 20, loss: 0.05, quality: 0.4 },
    ],
    seconds: null,
    pairsPerSecond: 150,
    peakMemoryBytes: 3e9,
    negativesPerQuery: 7,
    encodings: 20 * 2 * 8,
  });
  assert.deepEqual(
    [bank.curve, bank.pairsPerSecond, bank.peakMemoryBytes, bank.negativesPerQuery, bank.encodings],
    [[], null, null, 39, 40],
  );
  const differences = Object.fromEntries(
    compareRuns.differences.map(({ setting, values }: { setting: string; values: unknown[] }) => [setting, values]),
  );
  assert.deepEqual(differences['paradigm.name'], ['in-batch-negatives', 'memory-bank']);
  assert.deepEqual(differences['paradigm.temperature'], [0.05, 0.1]);
  assert.deepEqual(differences['paradigm.loss'], [null, 'nce']);
  assert.equal(differences.batchSize, undefined);
  for (const wrong of [[ids[0]], [ids[0], ids[0]], []]) {
    assert.equal((await server.send(COMPARE, { ids: wrong })).errors?.[0]?.extensions.code, 'BAD_INPUT');
  }
});
