import { createImageConv } from '../../src/encoders/image-conv/trainable.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Contest } from './contest.ts';
import { inBatchStep } from './in-batch-step.ts';

const [SIZE, CHANNELS, FILTERS, DIMENSIONS, BATCH] = [32, 3, 32, 128, 256] as const;

export const imageConv: Contest = {
  name: 'image-conv 32x32x3',
  batch: BATCH,
  target: 0.75,
  script: 'image_conv.py',
  task: { size: SIZE, channels: CHANNELS, filters: FILTERS, dimensions: DIMENSIONS, batch: BATCH },
  prepare(tensors) {
    const random = createRandom(1);
    const adam = { name: 'adamw', weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const spec = { dimensions: DIMENSIONS, filters: FILTERS };
    const size = { height: SIZE, width: SIZE, channels: CHANNELS };
    const tower = createImageConv(spec, size, random, tensors, adam);
    const images = () =>
      Array.from({ length: BATCH }, () => Uint8Array.from({ length: SIZE * SIZE * CHANNELS }, () => random.int(256)));
    const [queries, keys] = [images(), images()];
    const { step, dispose } = inBatchStep(tower, BATCH, tensors, 1e-3);
    return { step: () => step(queries, keys), dispose };
  },
};
