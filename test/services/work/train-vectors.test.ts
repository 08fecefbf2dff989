import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SNAPSHOT_FILE } from '../../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../../src/data/snapshot-writer.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { work as train } from '../../../src/services/work/train.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../../../src/training/defaults.ts';
import type { TrainingEvent } from '../../../src/training/events.ts';
import type { BackendChoice } from '../../../src/training/tensors.ts';

const backend = (process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice;
const WIDTH = 32;
const ITEMS = 320;

/**
 * What a vector is of stands in 28 numbers, the same way in all of its kind; the other four are large and say nothing, so that cosines go by
 * them. Numbers that change an item when one of them is left out are what two views disagree about.
 */
async function writeVectors(dir: string): Promise<string> {
  const random = createRandom(6);
  const kinds = Array.from({ length: 5 }, () => Array.from({ length: WIDTH - 4 }, () => random.normal()));
  const path = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(path, 'VECTOR');
  for (let i = 0; i < ITEMS; i++) {
    const own = (kinds[i % 5] as number[]).map((number) => number + 0.8 * random.normal());
    const noise = Array.from({ length: 4 }, () => 6 * random.normal());
    writer.addItem(i + 1, Buffer.from(Float32Array.from([...own, ...noise]).buffer), `kind ${i % 5}`);
  }
  await writer.finish();
  return path;
}

async function trained(t: TestContext, input: TrainingConfigInput, resume: { readonly dir: string } | null = null) {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-vectors-'));
  t.after(() => rm(dir, { recursive: true }));
  const snapshotPath = await writeVectors(dir);
  const config = resolveTrainingConfig({
    encoder: { kind: 'vector-mlp', hidden: 32 },
    positives: 'augmentation',
    metric: 'knnAccuracy',
    batchSize: 64,
    epochs: 15,
    learningRate: 0.01,
    validationFraction: 0.25,
    ...input,
  });
  const events: TrainingEvent[] = [];
  const workDir = join(dir, 'work');
  await mkdir(workDir);
  const result = await train(
    { runId: 'run', config, snapshotPath, resume, checkpointsDir: join(dir, 'checkpoints'), backend },
    {
      emit: async (event) => void events.push(event),
      signal: new AbortController().signal,
      workDir,
      logger: silentLogger,
    },
  );
  const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
  const checkpoint = events.find((event) => event.kind === 'checkpoint');
  const looks = events.flatMap((event) => (event.kind === 'diagnostics' ? [event.figures] : []));
  return { result: result === 'paused' ? assert.fail('nobody paused it') : result, losses, checkpoint, looks };
}

test('two views of each vector, without a label, teach the adapter what in it counts', async (t) => {
  const { result, losses, looks } = await trained(t, {});
  const { baseline, best, verdict } = result;
  t.diagnostic(`kNN accuracy ${baseline?.knnAccuracy} to ${best?.knnAccuracy}, loss ${losses[0]} to ${losses.at(-1)}`);
  // Two views keep 81 % of their numbers in common; the same vector twice would be no task.
  const alike = looks[0]?.positiveSimilarity ?? 0;
  assert.ok(alike > 0.7 && alike < 0.97, `views are alike by ${alike}`);
  assert.equal(verdict?.outcome, 'better');
  assert.ok((best?.knnAccuracy ?? 0) > (baseline?.knnAccuracy ?? 1) + 0.1);
});

test('views of vectors are the same again for a run that goes on from a checkpoint', async (t) => {
  const whole = await trained(t, { checkpointEvery: 3, maxSteps: 8 });
  const { step, dir } = whole.checkpoint ?? assert.fail('no checkpoint');
  const rest = await trained(t, { maxSteps: 8 }, { dir });
  assert.deepEqual(rest.losses, whole.losses.slice(step));
});
