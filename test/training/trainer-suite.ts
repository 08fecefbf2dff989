import assert from 'node:assert/strict';
import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { QuartetError } from '../../src/domain/errors.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Tensors } from '../../src/tensor/backend.ts';
import { createBatches } from '../../src/training/batches.ts';
import { readCheckpoint, readFirstWhole } from '../../src/training/checkpoint.ts';
import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import type { TrainingEvent } from '../../src/training/events.ts';
import { curve, runTask, syntheticTask } from './synthetic-task.ts';

/** What must hold of the loop on every backend. */
export function trainerSuite(tensors: Tensors): void {
  const on = `on ${tensors.name}`;
  const symmetric: TrainingConfigInput = { paradigm: { symmetric: true, learnTemperature: true } };

  for (const [name, config] of [
    ['one direction', { paradigm: { symmetric: false } }],
    ['both directions and a learned temperature', symmetric],
  ] as const) {
    test(`learns what can only be learned, ${name}, ${on}`, async (t) => {
      const { events, result } = await runTask(t, syntheticTask(tensors, config));
      const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
      assert.ok((losses.at(-1) as number) < 0.5 * (losses[0] as number), `loss from ${losses[0]} to ${losses.at(-1)}`);
      assert.ok((result.baseline?.metrics.ndcgAt10 as number) < 0.2, `baseline ${result.baseline?.metrics.ndcgAt10}`);
      assert.ok((result.best?.metrics.ndcgAt10 as number) > 0.7, `trained ${result.best?.metrics.ndcgAt10}`);
    });
  }

  test(`reports plan, baseline, then steps and evaluations in order, ${on}`, async (t) => {
    const { events } = await runTask(t, syntheticTask(tensors, { epochs: 2 }));
    assert.deepEqual(
      events.slice(0, 4).map((event) => event.kind),
      ['plan', 'evaluation', 'diagnostics', 'step'],
    );
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'diagnostics' ? [event.step] : [])),
      [0, 10, 20],
    );
    const last = events.findLast((event) => event.kind === 'diagnostics')?.figures ?? {};
    for (const name of ['alignment', 'effectiveRank', 'temperature', 'gradientNorm']) {
      assert.ok(Number.isFinite(last[name]), `${name} is ${last[name]}`);
    }
    const evaluations = events.filter((event) => event.kind === 'evaluation');
    assert.deepEqual(
      evaluations.map(({ step, baseline }) => [step, baseline]),
      [
        [0, true],
        [10, false],
        [20, false],
      ],
    );
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
    assert.deepEqual(
      steps,
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  test(`gives the same curve for the same seed and another for another, ${on}`, async (t) => {
    const [a, b, c] = await Promise.all(
      [1, 1, 2].map((seed) => runTask(t, syntheticTask(tensors, { ...symmetric, seed, epochs: 2 }))),
    );
    assert.deepEqual(curve(a?.events ?? []), curve(b?.events ?? []));
    assert.notDeepEqual(curve(a?.events ?? []), curve(c?.events ?? []));
  });

  for (const asymmetric of [false, true]) {
    test(`goes on from any checkpoint bit for bit, ${asymmetric ? 'two towers' : 'one tower'}, ${on}`, async (t) => {
      const config: TrainingConfigInput = { ...symmetric, epochs: 4, checkpointEvery: 1, evaluateEvery: 7 };
      const task = syntheticTask(tensors, config, { asymmetric });
      const whole = await runTask(t, task);
      const random = createRandom(Date.now());
      const names = (await readdir(whole.checkpointsDir)).sort();
      assert.equal(names.length, 39);
      for (const at of [0, random.int(39), random.int(39)]) {
        const again = syntheticTask(tensors, config, { asymmetric });
        const resume = await readCheckpoint(join(whole.checkpointsDir, names[at] as string));
        const rest = await runTask(t, again, { resume });
        assert.deepEqual(curve(rest.events), curve(whole.events, at + 1), `resumed after step ${at + 1}`);
        assert.deepEqual(rest.result.best, whole.result.best);
        assert.deepEqual(again.tower.state(), task.tower.state());
        assert.deepEqual(again.keyTower.state(), task.keyTower.state());
        assert.deepEqual(again.paradigm.state(), task.paradigm.state());
      }
    });
  }

  test(`ends in the state of its best evaluation, ${on}`, async (t) => {
    const task = syntheticTask(tensors, { evaluateEvery: 10, epochs: 6 });
    const random = createRandom(3);
    // Most of what was learned is lost after step 50 of 60, so the last evaluation is a bad one.
    const onEvent = (event: { kind: string; step?: number }) => {
      if (event.kind === 'step' && event.step === 51) task.tower.table.set(task.tower.table.map(() => random.normal()));
    };
    const { events, result } = await runTask(t, task, { onEvent });
    const evaluations = events.flatMap((event) => (event.kind === 'evaluation' && !event.baseline ? [event] : []));
    const highest = evaluations.reduce((best, one) => (one.metrics.ndcgAt10 > best.metrics.ndcgAt10 ? one : best));
    assert.notEqual(highest.step, evaluations.at(-1)?.step);
    assert.equal(result.best?.step, highest.step);
    assert.deepEqual(result.best?.metrics, highest.metrics);
    const { step: _, ...kept } = result.best ?? assert.fail('no best evaluation');
    assert.deepEqual(await task.evaluate?.(new AbortController().signal), kept);
  });

  test(`keeps the number of tensors constant over steps, ${on}`, async (t) => {
    const counts = new Set<number>();
    const onEvent = () => counts.add(tensors.tf.memory().numTensors);
    const everything = { matryoshka: [8], clipNorm: 1, accumulateSteps: 2, diagnosticsEvery: 1 };
    await runTask(t, syntheticTask(tensors, { ...symmetric, ...everything, epochs: 3 }), { onEvent });
    assert.equal(counts.size, 1);
  });

  test(`goes on bit for bit after a pause, and the pause takes a checkpoint, ${on}`, async (t) => {
    const config: TrainingConfigInput = { ...symmetric, epochs: 3, evaluateEvery: 4, clipNorm: 0.5 };
    const whole = await runTask(t, syntheticTask(tensors, config));
    const controller = new AbortController();
    const onEvent = (event: TrainingEvent) => {
      if (event.kind === 'step' && event.step === 7) controller.abort();
    };
    const first = await runTask(t, syntheticTask(tensors, config), { pause: controller.signal, onEvent });
    assert.equal(first.result.finished, false);
    const last = first.events.at(-1);
    assert.ok(last?.kind === 'checkpoint' && last.step === 7);
    const rest = await runTask(t, syntheticTask(tensors, config), { resume: await readCheckpoint(last.dir) });
    assert.deepEqual(curve(rest.events), curve(whole.events, 7));
    assert.deepEqual(rest.result.best, whole.result.best);
  });

  test(`makes of two batches the step that their mean gradient makes, ${on}`, async (t) => {
    const config = { maxSteps: 4, batchSize: 16, optimizer: { name: 'sgd', momentum: 0 }, learningRate: 1 } as const;
    const schedule = { schedule: 'constant', warmupFraction: 0 } as const;
    const task = syntheticTask(tensors, { ...config, ...schedule, accumulateSteps: 2, clipNorm: 0.05 });
    const { events } = await runTask(t, task);
    // By hand: the sum of both batches' gradients, halved, and cut to the bound.
    const twin = syntheticTask(tensors, { ...config, ...schedule });
    const batches = createBatches(twin);
    const losses: number[] = [];
    for (let step = 0; step < 4; step++) {
      const [a, b] = [0, 1].map((part) => twin.paradigm.step({ ...batches.at(2 * step + part), progress: 0 }));
      losses.push(((a as number) + (b as number)) / 2);
      const norm = twin.tower.gradientNorm() / 2;
      assert.ok(norm > 0.05);
      twin.tower.applyGradients(1, 0.05 / norm / 2);
    }
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'step' ? [event.loss] : [])),
      losses,
    );
    for (const [i, weight] of twin.tower.table.entries())
      assert.ok(Math.abs(weight - (task.tower.table[i] ?? 0)) < 1e-6);
    assert.equal(task.config.epochs * Math.ceil(createBatches(task).perEpoch / 2) > 4, true);
  });

  test(`trains by SGD with momentum and decay, under a bound on the gradient, and goes on bit for bit, ${on}`, async (t) => {
    const optimizer = { name: 'sgd', momentum: 0.9, weightDecay: 0.001 } as const;
    const config = { optimizer, clipNorm: 1, learningRate: 1, checkpointEvery: 9, epochs: 6 };
    const task = syntheticTask(tensors, config);
    const whole = await runTask(t, task);
    assert.ok((whole.result.best?.metrics.ndcgAt10 as number) > 0.5, `${whole.result.best?.metrics.ndcgAt10}`);
    const resume = await readCheckpoint(join(whole.checkpointsDir, 'step-0000000018'));
    const again = syntheticTask(tensors, config);
    const rest = await runTask(t, again, { resume });
    assert.deepEqual(curve(rest.events), curve(whole.events, 18));
    assert.deepEqual(again.tower.state(), task.tower.state());
    const other = await runTask(t, syntheticTask(tensors, { ...config, clipNorm: null }));
    assert.notDeepEqual(curve(other.events), curve(whole.events));
  });

  test(`ends early when its metric stops rising, in the best state, also when it is resumed on the way, ${on}`, async (t) => {
    const config: TrainingConfigInput = {
      epochs: 30,
      evaluateEvery: 3,
      schedule: 'constant',
      metric: 'recallAt1',
      earlyStopping: { patience: 3, minDelta: 0.02 },
      checkpointEvery: 10,
    };
    const { events, result, checkpointsDir } = await runTask(t, syntheticTask(tensors, config));
    assert.ok(result.steps < 300, `${result.steps} steps`);
    const measured = events.flatMap((e) => (e.kind === 'evaluation' && !e.baseline ? [e] : []));
    // Told once more from the evaluations alone, without the trainer's bookkeeping.
    let reference = Number.NEGATIVE_INFINITY;
    let waited = 0;
    for (const { metrics } of measured) {
      assert.ok(waited < 3, 'it went on after its patience was over');
      const recall = metrics.recallAt[1] as number;
      if (recall > reference + 0.02) [reference, waited] = [recall, 0];
      else waited++;
    }
    assert.equal(waited, 3);
    assert.equal(measured.at(-1)?.step, result.steps);
    const highest = measured.reduce((best, e) =>
      (e.metrics.recallAt[1] ?? 0) > (best.metrics.recallAt[1] ?? 0) ? e : best,
    );
    assert.equal(result.best?.step, highest.step);
    const message = events.find((event) => event.kind === 'log');
    assert.ok(message?.kind === 'log' && message.message.includes('recallAt1 has not risen'));
    const resume = await readCheckpoint(join(checkpointsDir, 'step-0000000010'));
    const rest = await runTask(t, syntheticTask(tensors, config), { resume });
    assert.deepEqual(rest.result.best, result.best);
    assert.equal(rest.result.steps, result.steps);
  });

  test(`stops at the next step when the signal is aborted, ${on}`, async (t) => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = runTask(t, syntheticTask(tensors, {}), {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind !== 'step') return;
        seen.push(event.step);
        if (event.step === 5) controller.abort(new Error('not wanted any more'));
      },
    });
    await assert.rejects(run, /not wanted any more/);
    assert.equal(seen.at(-1), 5);
  });

  test(`says at which step it diverged and why, ${on}`, async (t) => {
    const spoiled = syntheticTask(tensors, {});
    const onEvent = (event: { kind: string; step?: number }) => {
      if (event.kind === 'step' && event.step === 3) spoiled.tower.table.fill(Number.NaN);
    };
    await assert.rejects(runTask(t, spoiled, { onEvent }), (error: QuartetError) => {
      assert.equal(error.code, 'TRAINING_DIVERGED');
      assert.match(error.message, /step 4: the loss is NaN.*learning rate/);
      return true;
    });
    const spoiledFromTheStart = syntheticTask(tensors, {});
    spoiledFromTheStart.tower.table.fill(Number.NaN);
    await assert.rejects(runTask(t, spoiledFromTheStart), /step 1: .*points at the input/);
  });

  test(`passes over a broken checkpoint to the one before, ${on}`, async (t) => {
    const { checkpointsDir } = await runTask(t, syntheticTask(tensors, { epochs: 1, checkpointEvery: 2 }));
    const dirs = (await readdir(checkpointsDir))
      .sort()
      .reverse()
      .map((name) => join(checkpointsDir, name));
    await truncate(join(dirs[0] as string, 'state.safetensors'), 1_000);
    await writeFile(join(dirs[1] as string, 'checkpoint.json'), '{"version":1');
    const broken: string[] = [];
    const content = await readFirstWhole(dirs, (error) => broken.push(`${error.code} ${error.message}`));
    assert.equal(content?.progress.step, 4);
    assert.equal(broken.length, 2);
    assert.match(broken[0] as string, /CORRUPT_ARTIFACT.*state.safetensors that does not match its hash/);
    assert.equal(await readFirstWhole(dirs.slice(0, 2), () => undefined), null);
    await assert.rejects(runTask(t, syntheticTask(tensors, { epochs: 1, seed: 9 }), { resume: content }), {
      code: 'CONFLICT',
    });
  });

  test(`refuses to train on nothing, ${on}`, async (t) => {
    const task = {
      ...syntheticTask(tensors, {}),
      pairs: { queryRows: new Int32Array(0), itemRows: new Int32Array(0) },
    };
    await assert.rejects(runTask(t, task), { code: 'NOT_READY' });
  });
}
