import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { testTensors } from '../support/tensors.ts';
import { ENCODER_SPECS, encoderTask, PARADIGMS } from './encoder-task.ts';

const tensors = await testTensors();
const STEPS = 10_000;
/** Until then caches, heap and the allocators' arenas take their size: images on wasm do so at steps 1,750 and 3,750, and keep it. */
const WARM_UP = 5_000;
const EVERY = 100;
const MIB = 2 ** 20;
/** A leak of one small tensor a step would be more. */
const ALLOWED = 24 * MIB;
/** What is reachable hardly changes at all: 200 bytes a step would be more. */
const REACHABLE = MIB;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

for (const spec of ENCODER_SPECS) {
  for (const paradigm of PARADIGMS) {
    test(`${spec.kind} under ${paradigm.name} holds as much memory after ${STEPS} steps as after ${WARM_UP}`, (t) => {
      const task = encoderTask(tensors, spec, paradigm);
      const counts = new Set<number>();
      // After garbage was collected: how large V8 lets its heap become meanwhile is its own affair, and it takes tens of MiB at once.
      const held: number[] = [];
      const reachable: number[] = [];
      for (let step = 0; step < STEPS; step++) {
        task.step(step);
        if (step < WARM_UP || step % EVERY !== 0) continue;
        counts.add(tensors.tf.memory().numTensors);
        collectGarbage();
        held.push(process.memoryUsage.rss());
        reachable.push(process.memoryUsage().heapUsed);
      }
      task.dispose();
      const [first, last] = ends(held);
      const [few, many] = ends(reachable);
      t.diagnostic(`${(first / MIB).toFixed(0)} MiB, then ${(last / MIB).toFixed(0)} MiB`);
      t.diagnostic(`of it reachable in V8's heap ${(few / MIB).toFixed(2)} MiB, then ${(many / MIB).toFixed(2)} MiB`);
      assert.equal(counts.size, 1, `numbers of tensors: ${[...counts]}`);
      assert.ok(last - first < ALLOWED, `it grew by ${((last - first) / MIB).toFixed(1)} MiB`);
      assert.ok(many - few < REACHABLE, `the heap grew by ${((many - few) / MIB).toFixed(2)} MiB`);
    });
  }
}

/** The medians of the first and the last quarter. */
function ends(of: readonly number[]): [number, number] {
  const quarter = Math.floor(of.length / 4);
  const median = (some: readonly number[]) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)] as number;
  return [median(of.slice(0, quarter)), median(of.slice(-quarter))];
}
