import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tensors } from '../../src/tensor/backend.ts';
import { ENCODER_SPECS, encoderTask, PARADIGMS } from './encoder-task.ts';

/** What must hold of every encoder under every paradigm, on every backend. */
export function resumeSuite(tensors: Tensors): void {
  for (const spec of ENCODER_SPECS) {
    for (const paradigm of PARADIGMS) {
      test(`${spec.kind} under ${paradigm.name} goes on from a state bit for bit, and keeps the number of tensors, on ${tensors.name}`, () => {
        const before = tensors.tf.memory().numTensors;
        const whole = encoderTask(tensors, spec, paradigm);
        const resumed = encoderTask(tensors, spec, paradigm);
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
}
