import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type BackendChoice, loadTensors } from '../../src/tensor/backend.ts';
import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import { PARADIGMS } from './paradigm-suite.ts';
import { runTask, syntheticTask } from './synthetic-task.ts';

const tensors = await loadTensors((process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice);

async function lookAt(t: TestContext, config: TrainingConfigInput) {
  const { events } = await runTask(t, syntheticTask(tensors, { epochs: 2, ...config }));
  return {
    looks: events.flatMap((event) => (event.kind === 'diagnostics' ? [event.figures] : [])),
    losses: events.flatMap((event) => (event.kind === 'step' ? [event.loss] : [])),
    warnings: events.flatMap((event) => (event.kind === 'log' && event.level === 'warn' ? [event.message] : [])),
  };
}

for (const [name, paradigm] of Object.entries(PARADIGMS)) {
  test(`looking at a run changes nothing in it: ${name}`, async (t) => {
    const often = await lookAt(t, { paradigm, diagnosticsEvery: 1 });
    const rarely = await lookAt(t, { paradigm, diagnosticsEvery: 1_000 });
    assert.deepEqual(often.losses, rarely.losses);
    const { diagnose: _, ...unseen } = syntheticTask(tensors, { epochs: 2, paradigm });
    const { events } = await runTask(t, unseen);
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'step' ? [event.loss] : [])),
      often.losses,
    );
    assert.equal(often.looks.length, often.losses.length + 1);
    assert.equal(rarely.looks.length, 2);
    assert.ok(often.looks.every((figures) => Number.isFinite(figures.temperature)));
  });
}

test('tells how old the queue is and how far its encoder has fallen behind', async (t) => {
  const looksOf = async (momentum: number) => {
    const paradigm = { name: 'momentum-encoder', momentum, queueSize: 100 } as const;
    return (await lookAt(t, { paradigm, diagnosticsEvery: 1 })).looks;
  };
  const resting = await looksOf(1);
  assert.ok(Math.abs(resting[0]?.keyDrift ?? 1) < 1e-6);
  const batch = resting[1]?.queueSize ?? 0;
  assert.ok(resting[0]?.queueSize === 0 && batch >= 28 && batch <= 32, `${batch} keys after the first step`);
  assert.equal(resting.at(-1)?.queueSize, 100);
  // 100 keys, as many of each step as the first batch had: their mean age.
  assert.ok(Math.abs((resting.at(-1)?.queueAge ?? 0) - (100 / batch + 1) / 2) < 1e-12);
  const [farthest, nearest] = [resting.at(-1)?.keyDrift ?? 0, (await looksOf(0.5)).at(-1)?.keyDrift ?? 1];
  assert.ok(farthest > 0.02 && nearest < 0.5 * farthest, `resting ${farthest}, following ${nearest}`);
});

test('warns when the embeddings collapse', async (t) => {
  const task = syntheticTask(tensors, { epochs: 1, diagnosticsEvery: 1 });
  const messages: string[] = [];
  await runTask(t, task, {
    onEvent(event) {
      if (event.kind === 'step' && event.step === 4)
        task.tower.table.set(task.tower.table.map((_, i) => (i % 16 === 0 ? 1 : 0)));
      if (event.kind === 'log' && event.level === 'warn') messages.push(event.message);
    },
  });
  assert.match(messages[0] ?? '', /^step 4: the embeddings are collapsing/);
});
