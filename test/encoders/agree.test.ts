import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { test } from 'node:test';
import type { BackendName } from '../../src/domain/training.ts';
import type { Trained } from './fixtures/train-encoders.ts';

/** One process a backend: tensors of two don't mix. @returns undefined where the backend can't be loaded */
function trainOn(backend: BackendName): Promise<readonly Trained[] | undefined> {
  const child = fork(new URL('fixtures/train-encoders.ts', import.meta.url), [backend], { stdio: 'pipe' });
  let problem = '';
  child.stderr?.on('data', (chunk) => {
    problem += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('message', (trained) => resolve(trained as readonly Trained[]));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (problem.includes('BACKEND_UNAVAILABLE')) resolve(undefined);
      else reject(new Error(`training on ${backend} ended with ${code}: ${problem}`));
    });
  });
}

test('wasm is within 1e-4 of tensorflow after 50 steps of every encoder and paradigm', async (t) => {
  const [native, wasm] = await Promise.all([trainOn('tensorflow'), trainOn('wasm')]);
  if (native === undefined) return t.skip('tensorflow is not there');
  assert.ok(wasm !== undefined);
  for (const [index, { name, losses, weights }] of native.entries()) {
    const other = wasm[index]!;
    const apart = (a: readonly number[], b: readonly number[]) =>
      a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
    t.diagnostic(`${name}: losses ${apart(losses, other.losses)} apart, weights ${apart(weights, other.weights)}`);
    assert.ok(apart(losses, other.losses) < 1e-4, `${name}: losses are ${apart(losses, other.losses)} apart`);
    assert.ok(apart(weights, other.weights) < 1e-4, `${name}: weights are ${apart(weights, other.weights)} apart`);
  }
});
