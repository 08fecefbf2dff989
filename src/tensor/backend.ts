import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import util from 'node:util';
import { QuartetError } from '../domain/errors.ts';
import type { BackendName } from '../domain/training.ts';
import { createRawOp, type NativeBackend, type RawOp } from './raw-ops.ts';

export type { DataType, Rank, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, TensorInfo } from '@tensorflow/tfjs-core';
export type { RawAttribute, RawOp } from './raw-ops.ts';

export type Tf = typeof import('@tensorflow/tfjs-core');
export type BackendChoice = BackendName | 'auto';

/** The tensor library of this process, ready to use. */
export interface Tensors {
  readonly tf: Tf;
  readonly name: BackendName;
  /** For people, e.g. `CPU, 2 cores` or `WebAssembly SIMD, 1 thread`. */
  readonly device: string;
  /** Version of TensorFlow or of the wasm backend. */
  readonly version: string;
  /** How to get the faster backend; absent when it runs. */
  readonly hint?: string;
  /** Any eager TensorFlow op; absent on wasm, so every use needs a twin in plain ops. */
  readonly raw?: RawOp;
}

/** The part of a logger that is used here (this folder may not import one). */
export interface BackendLogger {
  info(message: string): void;
  debug(message: string): void;
}

const REMEDY = 'run `npm run setup` (it needs a C++ compiler, and Python with pip to fetch TensorFlow)';
const require = createRequire(import.meta.url);
let loaded: Promise<Tensors> | undefined;

/**
 * Loads the tensor library, once per process: later calls get the same object. `auto` takes native TensorFlow where it was
 * built, else WebAssembly. Logs one line that says which runs and how to get the faster one.
 * @throws QuartetError BACKEND_UNAVAILABLE when the backend asked for can't be loaded, or another one runs already in this
 *   process (tensors of two backends don't mix)
 */
export async function loadTensors(choice: BackendChoice, logger?: BackendLogger): Promise<Tensors> {
  loaded ??= load(choice).then((tensors) => {
    logger?.info(describe(tensors));
    return tensors;
  });
  const attempt = loaded;
  try {
    const tensors = await attempt;
    if (choice === 'auto' || choice === tensors.name) return tensors;
    throw new QuartetError(
      'BACKEND_UNAVAILABLE',
      `Backend ${choice} was asked for, but this process already runs ${tensors.name}; start another process for it.`,
    );
  } catch (error) {
    // A failed load must not stick: `auto` may still succeed where `tensorflow` did not.
    if (
      loaded === attempt &&
      !(await attempt.then(
        () => true,
        () => false,
      ))
    )
      loaded = undefined;
    throw error;
  }
}

/** One line for a log or for `quartet doctor`. */
export function describe({ name, device, version, hint }: Tensors): string {
  return `tensor backend: ${name} ${version} on ${device}${hint === undefined ? '' : `; ${hint}`}`;
}

async function load(choice: BackendChoice): Promise<Tensors> {
  if (choice === 'wasm') return loadWasm(undefined);
  try {
    return loadNative();
  } catch (cause) {
    if (choice === 'auto') return loadWasm(`native TensorFlow is several times faster: ${REMEDY}`);
    const reason = cause instanceof Error ? cause.message.split('\n')[0]?.trim() : String(cause);
    throw new QuartetError(
      'BACKEND_UNAVAILABLE',
      `Backend tensorflow can't be loaded (${reason}). To get it, ${REMEDY}, or set QUARTET_BACKEND=wasm.`,
      { cause },
    );
  }
}

function loadNative(): Tensors {
  // The binding calls these two, which Node 23 removed.
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  // TensorFlow writes its start-up notes straight to standard error; 2 leaves errors.
  process.env.TF_CPP_MIN_LOG_LEVEL = '2';
  // Through require, so that there is one copy of the core: an ES import of it would be a second module instance.
  require('@tensorflow/tfjs-node-gpu');
  const tf = require('@tensorflow/tfjs-core') as Tf;
  tf.env().set('PROD', true);
  const backend = tf.backend() as unknown as NativeBackend;
  const cores = availableParallelism();
  return Object.freeze({
    tf,
    name: 'tensorflow',
    device: backend.isUsingGpuDevice ? 'GPU' : `CPU, ${cores} ${cores === 1 ? 'core' : 'cores'}`,
    version: backend.binding.TF_Version,
    raw: createRawOp(backend),
  });
}

async function loadWasm(hint: string | undefined): Promise<Tensors> {
  const tf = require('@tensorflow/tfjs-core') as Tf;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  // The threaded build starts its workers from blob: URLs, which Node's Worker refuses, and then fails to initialise.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.env().set('PROD', true);
  if (!(await tf.setBackend('wasm'))) {
    throw new QuartetError(
      'BACKEND_UNAVAILABLE',
      'Backend wasm failed to start; `npm run setup` reinstalls its files.',
    );
  }
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  return Object.freeze({
    tf,
    name: 'wasm',
    device: `WebAssembly${simd ? ' SIMD' : ''}, 1 thread`,
    version: wasm.version_wasm,
    ...(hint === undefined ? {} : { hint }),
  });
}
