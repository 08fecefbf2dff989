import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BackendName } from '../../src/domain/training.ts';
import type { Trained } from './fixtures/train-paradigms.ts';

/** One process a backend: tensors of two don't mix. @returns undefined where the backend can't be loaded */
async function trainOn(t: TestContext, backend: BackendName): Promise<Record<string, Trained> | undefined> {
  const workDir = await mkdtemp(join(tmpdir(), 'quartet-agree-'));
  t.after(() => rm(workDir, { recursive: true }));
  const child = fork(new URL('fixtures/train-paradigms.ts', import.meta.url), [backend, workDir], { stdio: 'pipe' });
  let problem = '';
  child.stderr?.on('data', (chunk) => {
    problem += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('message', (trained) => resolve(trained as Record<string, Trained>));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) return;
      if (problem.includes('BACKEND_UNAVAILABLE')) resolve(undefined);
      else reject(new Error(`training on ${backend} ended with ${code}: ${problem}`));
    });
  });
}

test('wasm is within 1e-4 of tensorflow after 50 steps of every paradigm', async (t) => {
  const [native, wasm] = await Promise.all([trainOn(t, 'tensorflow'), trainOn(t, 'wasm')]);
  if (native === undefined) return t.skip('tensorflow is not there');
  assert.ok(wasm !== undefined);
  for (const [name, { losses, weights }] of Object.entries(native)) {
    const other = wasm[name]!;
    assert.equal(losses.length, 50);
    for (const [step, loss] of losses.entries()) {
      assert.ok(
        Math.abs(loss - other.losses[step]!) < 1e-4,
        `${name}, step ${step + 1}: ${loss} and ${other.losses[step]}`,
      );
    }
    const apart = weights.map((weight, i) => Math.abs(weight - other.weights[i]!));
    const largest = apart.reduce((most, x) => Math.max(most, x), 0);
    assert.ok(largest < 1e-4, `${name}: weights are ${largest} apart`);
    t.diagnostic(`${name}: weights are ${largest.toExponential(1)} apart`);
  }
});
