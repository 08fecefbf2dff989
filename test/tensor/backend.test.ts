import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { QuartetError } from '../../src/domain/errors.ts';
import { describe, loadTensors } from '../../src/tensor/backend.ts';

interface Report {
  readonly name?: string;
  readonly product?: number[];
  readonly lines: string[];
  readonly hint?: string | undefined;
  readonly code?: string;
  readonly message?: string;
}

/** One process, one backend: each choice is tried in a process of its own. */
async function loadElsewhere(...choices: string[]): Promise<Report> {
  const child = fork(fileURLToPath(new URL('fixtures/load-backend.ts', import.meta.url)), choices, { stdio: 'pipe' });
  const [message] = (await once(child, 'message')) as [Report];
  return message;
}

function nativeIsBuilt(): boolean {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
    return true;
  } catch {
    return false;
  }
}

const native = nativeIsBuilt() ? false : 'native TensorFlow is not set up here (npm run setup)';

test('wasm runs when it is asked for, and says so in one line without advice', async () => {
  const { name, product, lines } = await loadElsewhere('wasm');
  assert.equal(name, 'wasm');
  assert.deepEqual(product, [19, 22, 43, 50]);
  assert.equal(lines.length, 1);
  assert.match(lines[0] as string, /^tensor backend: wasm [\d.]+ on WebAssembly SIMD, 1 thread$/);
});

test('tensorflow runs when it is asked for, and says so in one line', { skip: native }, async () => {
  const { name, product, lines } = await loadElsewhere('tensorflow');
  assert.equal(name, 'tensorflow');
  assert.deepEqual(product, [19, 22, 43, 50]);
  assert.match(lines.join('|'), /^tensor backend: tensorflow 2\.\d+\.\d+ on (CPU, \d+ cores?|GPU)$/);
});

test('auto takes what is built, and without it says how to get the faster one', async () => {
  const { name, hint } = await loadElsewhere('auto');
  assert.equal(name, native === false ? 'tensorflow' : 'wasm');
  if (native === false) assert.equal(hint, undefined);
  else assert.match(hint ?? '', /npm run setup/);
});

test('auto falls back to wasm with advice where the native library can’t be loaded', async () => {
  const { name, product, lines } = await loadElsewhere('--without-native', 'auto');
  assert.equal(name, 'wasm');
  assert.deepEqual(product, [19, 22, 43, 50]);
  assert.match(lines.join('|'), /native TensorFlow is several times faster: run `npm run setup`/);
});

test('asked for tensorflow without having it, the error names the remedy, and auto still works afterwards', async () => {
  const { code, message } = await loadElsewhere('--without-native', 'tensorflow');
  assert.equal(code, 'BACKEND_UNAVAILABLE');
  assert.match(message ?? '', /npm run setup.*QUARTET_BACKEND=wasm/);
  const { name } = await loadElsewhere('--without-native', 'tensorflow', 'auto');
  assert.equal(name, 'wasm');
});

test('a second backend in one process is refused', async () => {
  const tensors = await loadTensors('wasm');
  assert.equal(await loadTensors('auto'), tensors);
  assert.equal(await loadTensors('wasm'), tensors);
  await assert.rejects(loadTensors('tensorflow'), (error) => {
    assert.ok(error instanceof QuartetError);
    assert.equal(error.code, 'BACKEND_UNAVAILABLE');
    return true;
  });
  assert.match(describe(tensors), /^tensor backend: wasm/);
});

test('raw reaches a fused op of TensorFlow that gives loss and gradient', { skip: native }, async () => {
  const { product } = await loadElsewhere('--raw', 'tensorflow');
  // logits 0 0, target 1 0: loss ln 2, gradient p - t.
  assert.deepEqual(
    product?.map((x) => x.toFixed(4)),
    ['0.6931', '-0.5000', '0.5000'],
  );
});
