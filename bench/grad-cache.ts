import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { GradCacheResult, GradCacheTask } from './grad-cache/one-batch.ts';
import type { Bench } from './run.ts';

/**
 * Memory of one training step of `image-conv` (32 x 32 x 3) with in-batch negatives, each in a process of its own: a batch of 256 as a whole, and
 * 16,384 in chunks of 256 (GradCache, 2101.06983). One line each, and one with the ratio of the memory that the steps took over what the
 * process held before them. The claim: a ratio near 1, where without the cache it would be 64. `--quick`: a batch of 2,048.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      large: { type: 'string' },
      small: { type: 'string', default: '256' },
      filters: { type: 'string', default: '8' },
      backend: { type: 'string', default: 'auto' },
    },
  });
  const [small, large] = [Number(values.small), Number(values.large ?? (values.quick ? 2_048 : 16_384))];
  const measure = async (batch: number, chunk: number | null) => {
    const task = { batch, chunk, filters: Number(values.filters), backend: values.backend as 'auto' };
    const result = await oneBatch(task);
    print({ batch, chunk, ...result });
    return result.stepMiB;
  };
  const whole = await measure(small, null);
  const cached = await measure(large, small);
  print({
    batch: large,
    toBatch: small,
    memoryRatio: Number((cached / whole).toFixed(2)),
    withoutCache: large / small,
  });
};

function oneBatch(task: GradCacheTask): Promise<GradCacheResult> {
  const child = fork(new URL('grad-cache/one-batch.ts', import.meta.url), [JSON.stringify(task)]);
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as GradCacheResult));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`a batch of ${task.batch} ended with ${code}`)));
  });
}
