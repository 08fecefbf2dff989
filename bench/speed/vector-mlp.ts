import { createVectorMlp } from '../../src/encoders/vector-mlp/trainable.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Contest } from './contest.ts';
import { inBatchStep } from './in-batch-step.ts';

const [INPUTS, HIDDEN, DIMENSIONS, BATCH] = [768, 512, 128, 512] as const;

export const vectorMlp: Contest = {
  name: 'vector-mlp 768-512-128',
  batch: BATCH,
  target: 0.75,
  script: 'vector_mlp.py',
  task: { inputs: INPUTS, hidden: HIDDEN, dimensions: DIMENSIONS, batch: BATCH },
  prepare(tensors) {
    const random = createRandom(1);
    const adam = { name: 'adamw', weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const tower = createVectorMlp({ dimensions: DIMENSIONS, hidden: HIDDEN }, INPUTS, random, tensors, adam);
    const vectors = () =>
      Array.from({ length: BATCH }, () =>
        Float32Array.from({ length: INPUTS }, () => random.normal() / Math.sqrt(INPUTS)),
      );
    const [queries, keys] = [vectors(), vectors()];
    const { step, dispose } = inBatchStep(tower, BATCH, tensors, 1e-3);
    return { step: () => step(queries, keys), dispose };
  },
};
