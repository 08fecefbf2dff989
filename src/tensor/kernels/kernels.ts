import { readFileSync } from 'node:fs';
import { KernelMemory, type Pointer } from './memory.ts';

/*
 * The door to kernels.wasm. Letters: V table rows, D width (a multiple of 8), B bags, N entries (one token of one bag),
 * U touched rows. Arguments are addresses in `memory` unless they are counts; what each kernel does is said in kernels.as.
 */
export interface Kernels {
  readonly memory: KernelMemory;
  bagForward(
    table: Pointer,
    ids: Pointer,
    weights: Pointer,
    offsets: Pointer,
    out: Pointer,
    bags: number,
    width: number,
  ): void;
  /** @returns U */
  transposeBags(
    ids: Pointer,
    weights: Pointer,
    offsets: Pointer,
    bags: number,
    slots: Pointer,
    rows: Pointer,
    rowOffsets: Pointer,
    entryBags: Pointer,
    entryWeights: Pointer,
  ): number;
  bagBackward(
    upstream: Pointer,
    rowOffsets: Pointer,
    entryBags: Pointer,
    entryWeights: Pointer,
    gradients: Pointer,
    from: number,
    to: number,
    width: number,
  ): void;
  /** @returns the sum of the gradients' squares */
  lazyAdam(
    table: Pointer,
    first: Pointer,
    second: Pointer,
    steps: Pointer,
    rows: Pointer,
    gradients: Pointer,
    from: number,
    to: number,
    width: number,
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
    corrections: Pointer,
    correctionCount: number,
  ): number;
  moveRows(copy: Pointer, table: Pointer, rows: Pointer, shares: Pointer, count: number, width: number): void;
  /** @returns the sum of the gradients' squares */
  lazyMomentum(
    table: Pointer,
    velocity: Pointer,
    rows: Pointer,
    gradients: Pointer,
    from: number,
    to: number,
    width: number,
    learningRate: number,
    momentum: number,
    decay: number,
  ): number;
  sumOfSquares(x: Pointer, n: number): number;
  momentumStep(
    parameters: Pointer,
    velocity: Pointer,
    gradients: Pointer,
    n: number,
    scale: number,
    learningRate: number,
    momentum: number,
    decay: number,
  ): void;
  adamStep(
    parameters: Pointer,
    first: Pointer,
    second: Pointer,
    gradients: Pointer,
    n: number,
    scale: number,
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    meanFix: number,
    varianceFix: number,
    decay: number,
  ): void;
  normaliseForward(x: Pointer, inverse: Pointer, fallback: Pointer, bags: number, width: number): void;
  normaliseBackward(y: Pointer, inverse: Pointer, gradient: Pointer, bags: number, width: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance with a memory of its own; compiled once per process. */
export function createKernels(): Kernels {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
  const memory = new KernelMemory();
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: memory.memory } });
  return { ...(exports as unknown as Omit<Kernels, 'memory'>), memory };
}
