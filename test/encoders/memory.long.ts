import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testTensors } from '../support/tensors.ts';
import { ENCODER_SPECS, encoderTask, PARADIGMS } from './encoder-task.ts';

const tensors = await testTensors();
const STEPS = 5_000;
/** Until then caches, heap and the allocators' arenas take their size. */
const WARM_UP = 1_000;
const EVERY = 100;
const MIB = 2 ** 20;
/** A leak of one small tensor a step would be more. */
const ALLOWED = 24 * MIB;

for (const spec of ENCODER_SPECS) {
  for (const paradigm of PARADIGMS) {
    test(`${spec.kind} under ${paradigm.name} holds as much memory after ${STEPS} steps as after ${WARM_UP}`, (t) => {
      const task = encoderTask(tensors, spec, paradigm);
      const counts = new Set<number>();
      const held: number[] = [];
      for (let step = 0; step < STEPS; step++) {
        task.step(step);
        if (step < WARM_UP || step % EVERY !== 0) continue;
        counts.add(tensors.tf.memory().numTensors);
        held.push(process.memoryUsage.rss());
      }
      task.dispose();
      // Medians of a quarter each: a collection of garbage may come at any step.
      const quarter = Math.floor(held.length / 4);
      const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] as number;
      const [first, last] = [median(held.slice(0, quarter)), median(held.slice(-quarter))];
      t.diagnostic(`${(first / MIB).toFixed(0)} MiB, then ${(last / MIB).toFixed(0)} MiB`);
      assert.equal(counts.size, 1, `numbers of tensors: ${[...counts]}`);
      assert.ok(last - first < ALLOWED, `it grew by ${((last - first) / MIB).toFixed(1)} MiB`);
    });
  }
}
