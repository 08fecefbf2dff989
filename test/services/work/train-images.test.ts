import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireToldApart, shapes, trained } from './image-fixtures.ts';

for (const { positives, count, epochs, below, gain } of [
  { positives: 'augmentation', count: 320, epochs: 5, below: 0.1, gain: 0.1 },
  { positives: 'label', count: 240, epochs: 3, below: 0.3, gain: 0.05 },
] as const) {
  test(`images are told apart, not made one, by ${positives}`, async (t) => {
    await requireToldApart(t, shapes(count), { positives, epochs, below, gain });
  });
}

for (const positives of ['augmentation', 'label'] as const) {
  test(`views are the same again for a run by ${positives} that goes on from a checkpoint`, async (t) => {
    const images = shapes(100);
    const input = { positives, batchSize: 16, maxSteps: 8 } as const;
    const whole = await trained(t, images, { ...input, checkpointEvery: 3 });
    const { step, dir } = whole.checkpoint ?? assert.fail('no checkpoint');
    const rest = await trained(t, images, input, { dir });
    assert.deepEqual(rest.losses, whole.losses.slice(step));
  });
}
