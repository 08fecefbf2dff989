import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testTensors } from '../support/tensors.ts';
import { DENSE_SPECS, denseTask, PARADIGMS } from './dense-task.ts';

const tensors = await testTensors();

for (const spec of DENSE_SPECS) {
  for (const paradigm of PARADIGMS) {
    test(`${spec.kind} under ${paradigm.name} goes on from a state bit for bit, and keeps the number of tensors`, () => {
      const before = tensors.tf.memory().numTensors;
      const whole = denseTask(tensors, spec, paradigm);
      const resumed = denseTask(tensors, spec, paradigm);
      const at = 1 + (Date.now() % 8);
      const counts = new Set<number>();
      const losses = Array.from({ length: 10 }, (_, step) => {
        if (step === at) resumed.restore(whole.state());
        const loss = whole.step(step);
        counts.add(tensors.tf.memory().numTensors);
        return loss;
      });
      const again = losses.slice(at).map((_, i) => resumed.step(at + i));
      assert.deepEqual(again, losses.slice(at), `resumed after step ${at}`);
      assert.deepEqual(resumed.state(), whole.state());
      assert.equal(counts.size, 1);
      assert.ok(losses.every(Number.isFinite));
      whole.dispose();
      resumed.dispose();
      assert.equal(tensors.tf.memory().numTensors, before);
    });
  }
}
