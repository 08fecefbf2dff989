import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { optimizerInput } from '../../src/app/commands/optimizer-options.ts';
import { asEnum } from '../../src/app/commands/options.ts';
import { PARADIGM_NAMES, paradigmInput } from '../../src/app/commands/paradigm-options.ts';
import { trainCommand } from '../../src/app/commands/train.ts';
import type { Database } from '../../src/store/database.ts';
import { PARADIGM_SETTINGS } from '../../src/training/defaults.ts';
import { type TestServer, testServer } from '../api/harness.ts';
import { insertDataset } from '../services/run-fixtures.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

function quartet(args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function setUp(t: TestContext, worker: boolean): Promise<TestServer> {
  const server = await testServer(t, { worker });
  const pool = new pg.Pool({ connectionString: server.databaseUrl, max: 1 });
  try {
    const id = await insertDataset({ pool } as unknown as Database, 40);
    await pool.query('UPDATE "Dataset" SET "itemCount" = 40, "relevanceCount" = 40 WHERE id = $1', [id]);
  } finally {
    await pool.end();
  }
  return server;
}

test('a run is started with settings of its paradigm, paused, resumed and cancelled', async (t) => {
  const { url, ask } = await setUp(t, false);
  const at = ['--url', url, '--json'];
  const settings = ['--paradigm', 'momentum-encoder', '--queue-size', '64', '--no-symmetric', '--patience', '3'];
  const more = ['--optimizer', 'sgd', '--sgd-momentum', '0.5', '--metric', 'recallAt10', '--negatives-from', 'batch'];
  const started = await quartet(['train', '--no-follow', ...settings, ...more, ...at]);
  assert.equal(started.status, 0, started.stderr + started.stdout);
  const { id } = JSON.parse(started.stdout);
  const { run } = await ask(
    `query ($id: ID!) { run(id: $id) { config { metric earlyStopping { patience } optimizer { ... on SgdConfig { momentum } }
      paradigm { ... on MomentumEncoderConfig { queueSize symmetric negativesFrom } } } } }`,
    { id },
  );
  assert.deepEqual(run.config, {
    metric: 'RECALL_AT_10',
    earlyStopping: { patience: 3 },
    optimizer: { momentum: 0.5 },
    paradigm: { queueSize: 64, symmetric: false, negativesFrom: 'BATCH' },
  });
  for (const [command, status] of [
    ['pause', 'PAUSED'],
    ['resume', 'QUEUED'],
    ['cancel', 'CANCELLED'],
  ] as const) {
    const changed = await quartet([command, id, ...at]);
    assert.equal(JSON.parse(changed.stdout).status, status, changed.stderr);
  }
  const again = await quartet(['pause', id, '--url', url]);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /is CANCELLED; only one that has not ended can be paused/);
});

test('the first Ctrl-C cancels what a command waits for, and so does its id', async (t) => {
  const { url, ask } = await setUp(t, false);
  const args = [CLI, 'refine', '--rounds', '1', '--range-max', '8', '--batch-size', '8', '--url', url];
  const refining = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  refining.stderr.on('data', (text) => {
    said += text;
    if (String(text).includes('Waiting for a worker')) refining.kill('SIGINT');
  });
  const [status] = await once(refining, 'close');
  assert.equal(status, 130, said);
  assert.match(said, /Cancelling the refinement\. Press Ctrl-C again to leave it running\./);
  const { datasets } = await ask('{ datasets { nodes { refinements { nodes { id status } } } } }');
  const [{ id, status: state }] = datasets.nodes[0].refinements.nodes;
  assert.equal(state, 'CANCELLED');
  const again = await quartet(['cancel', id, '--url', url]);
  assert.equal(again.stdout, `Refinement ${id} is CANCELLED.\n`);
  const wrong = await quartet(['cancel', 'nonsense', '--url', url]);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /nonsense is no id of what can be cancelled: training run, index build, map, import,/);
});

test('compare trains paradigms one after another with as many encodings each', { timeout: 480_000 }, async (t) => {
  const { url } = await setUp(t, true);
  const compared = await quartet([
    'compare',
    '--paradigms',
    'in-batch-negatives,momentum-encoder',
    ...['--steps', '8', '--batch-size', '8', '--dimensions', '8', '--url', url, '--json'],
  ]);
  assert.equal(compared.status, 0, compared.stderr + compared.stdout);
  const { runs } = JSON.parse(compared.stdout);
  assert.deepEqual(
    runs.map((row: { paradigm: string; run: { step: number }; encodings: number; negativesPerQuery: number }) => [
      row.paradigm,
      row.run.step,
      row.encodings,
      row.negativesPerQuery,
    ]),
    [
      ['in-batch-negatives', 8, 128, 7],
      ['momentum-encoder', 4, 128, 40],
    ],
  );
  for (const { run, seconds, pairsPerSecond, peakMemoryBytes, curve } of runs) {
    assert.equal(run.status, 'SUCCEEDED');
    assert.ok(seconds > 0 && pairsPerSecond > 0 && peakMemoryBytes > 2 ** 24 && curve.length > 1);
    assert.ok(run.baseline.queries > 0 && run.best.queries > 0 && run.verdict.queries > 0);
  }
  const few = await quartet([
    'compare',
    '--paradigms',
    'memory-bank,end-to-end',
    '--steps',
    '1',
    '--batch-size',
    '8',
    '--url',
    url,
  ]);
  assert.equal(few.status, 2);
  assert.match(few.stderr, /--steps 1 is 16 encodings, too few for one step with memory-bank/);
});

test('every setting of every paradigm has an option, and one of another paradigm is refused', () => {
  const given = trainCommand().options.map((option) => option.attributeName());
  for (const paradigm of PARADIGM_NAMES) {
    for (const setting of Object.keys(PARADIGM_SETTINGS[paradigm])) {
      assert.ok(given.includes(setting), `--${setting} of ${paradigm}`);
    }
  }
  assert.deepEqual(paradigmInput('memory-bank', { loss: 'full-softmax', shareNegatives: true, epochs: 3 }), {
    memoryBank: { loss: 'FULL_SOFTMAX', shareNegatives: true },
  });
  assert.throws(
    () => paradigmInput('in-batch-negatives', { queueSize: 8 }),
    /--queue-size belongs to momentum-encoder/,
  );
  assert.deepEqual(optimizerInput({ optimizer: 'sgd', sgdMomentum: 0, weightDecay: 1 }), {
    sgd: { momentum: 0, weightDecay: 1 },
  });
  assert.throws(() => optimizerInput({ sgdMomentum: 0 }), /--sgd-momentum belongs to --optimizer sgd/);
  assert.throws(() => optimizerInput({ optimizer: 'sgd', beta1: 0 }), /belong to --optimizer adamw/);
});

test('names are spelled as the enums of the API spell them', () => {
  assert.deepEqual(['ndcgAt10', 'sampled-info-nce', 'knnAccuracy', 'queue'].map(asEnum), [
    'NDCG_AT_10',
    'SAMPLED_INFO_NCE',
    'KNN_ACCURACY',
    'QUEUE',
  ]);
});
