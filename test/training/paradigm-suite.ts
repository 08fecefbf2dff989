import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRandom } from '../../src/platform/random.ts';
import type { Tensors } from '../../src/tensor/backend.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import { curve, runTask, syntheticTask } from './synthetic-task.ts';

type ParadigmInput = NonNullable<TrainingConfigInput['paradigm']>;

/** The paradigms that remember or draw something from step to step, each with the settings that make it remember most. */
export const PARADIGMS: Readonly<Record<string, ParadigmInput>> = {
  'in-batch negatives, cached, with hard ones and a learned temperature': {
    name: 'in-batch-negatives',
    hardNegatives: 1,
    gradCacheChunk: 10,
    learnTemperature: true,
    symmetric: true,
  },
  'end-to-end': { name: 'end-to-end', negatives: 8 },
  'end-to-end with given negatives and a learned temperature': {
    name: 'end-to-end',
    negatives: 12,
    negativesFrom: 'given',
    shareNegatives: true,
    learnTemperature: true,
  },
  'memory bank by nce': { name: 'memory-bank', negatives: 40 },
  'memory bank by sampled InfoNCE, a tenth of it given': {
    name: 'memory-bank',
    loss: 'sampled-info-nce',
    negatives: 40,
    hardFraction: 0.1,
    initialise: 'random',
    shareNegatives: true,
  },
  'memory bank by full softmax': { name: 'memory-bank', loss: 'full-softmax', proximalWeight: 0.1 },
  'momentum encoder with given keys': { name: 'momentum-encoder', momentum: 0.9, queueSize: 100, hardFraction: 0.3 },
  'momentum encoder without a queue': {
    name: 'momentum-encoder',
    negativesFrom: 'batch',
    momentum: 0.9,
    rampMomentum: true,
    predictor: true,
  },
};

/** What must hold of each of them on every backend. */
export function paradigmSuite(tensors: Tensors): void {
  for (const [name, paradigm] of Object.entries(PARADIGMS)) {
    const on = `${name}, on ${tensors.name}`;

    test(`learns what can only be learned, and leaves no tensor: ${on}`, async (t) => {
      const counts = new Set<number>();
      const onEvent = () => counts.add(tensors.tf.memory().numTensors);
      const { result } = await runTask(t, syntheticTask(tensors, { paradigm, epochs: 10 }), { onEvent });
      const [before, after] = [result.baseline, result.best].map((one) => one?.metrics.ndcgAt10 ?? Number.NaN);
      assert.ok(before! < 0.2 && after! > 0.45, `nDCG@10 from ${before} to ${after}`);
      assert.equal(counts.size, 1);
    });

    for (const asymmetric of [false, true]) {
      test(`goes on from any checkpoint bit for bit, ${asymmetric ? 'two towers' : 'one tower'}: ${on}`, async (t) => {
        const config: TrainingConfigInput = { paradigm, epochs: 2, checkpointEvery: 1, evaluateEvery: 7 };
        const task = syntheticTask(tensors, config, { asymmetric });
        const whole = await runTask(t, task);
        const names = (await readdir(whole.checkpointsDir)).sort();
        const at = createRandom(Date.now()).int(names.length);
        const again = syntheticTask(tensors, config, { asymmetric });
        const resume = await readCheckpoint(join(whole.checkpointsDir, names[at]!));
        const rest = await runTask(t, again, { resume });
        assert.deepEqual(curve(rest.events), curve(whole.events, at + 1), `resumed after step ${at + 1}`);
        assert.deepEqual(again.tower.state(), task.tower.state());
        assert.deepEqual(again.keyTower.state(), task.keyTower.state());
        assert.deepEqual(again.paradigm.state(), task.paradigm.state());
      });
    }
  }
}
