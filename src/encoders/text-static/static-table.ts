import { createKernels, type Kernels } from '../../tensor/kernels/kernels.ts';
import { GrowingBlock, type KernelMemory, type Pointer } from '../../tensor/kernels/memory.ts';
import type { PreparedText } from './features.ts';

/** Texts pooled at a time in bulk encoding. */
const CHUNK = 256;

/** Bags in the kernels' memory: ids [N], weights [N], offsets [B + 1]. */
export interface LoadedBags {
  readonly ids: Pointer;
  readonly weights: Pointer;
  readonly offsets: Pointer;
  readonly bags: number;
  readonly entries: number;
}

/** Embeddings of a batch, copied out of the kernels' memory. */
export interface Pooled {
  /** shape [B, D], unit rows */
  readonly embeddings: Float32Array;
  /** Reciprocal norms before normalisation, [B]; 0 for a text without tokens. */
  readonly inverse: Float32Array;
}

/** The table of vectors [V, D] in the memory of a kernel instance, and what pools texts over it. Knows no training. */
export class StaticTable {
  readonly rows: number;
  readonly width: number;
  readonly kernels: Kernels;
  readonly pointer: Pointer;
  readonly #fallback: Pointer;
  readonly #ids: GrowingBlock;
  readonly #weights: GrowingBlock;
  readonly #offsets: GrowingBlock;
  readonly #out: GrowingBlock;
  readonly #inverse: GrowingBlock;

  /** @throws QuartetError BAD_INPUT when the table does not fit into 4 GiB */
  constructor(rows: number, width: number) {
    this.rows = rows;
    this.width = width;
    this.kernels = createKernels();
    const { memory } = this.kernels;
    this.pointer = memory.allocate(rows * width * 4);
    this.#fallback = memory.allocate(width * 4);
    memory.float32(this.#fallback, width).fill(1 / Math.sqrt(width));
    this.#ids = new GrowingBlock(memory);
    this.#weights = new GrowingBlock(memory);
    this.#offsets = new GrowingBlock(memory);
    this.#out = new GrowingBlock(memory);
    this.#inverse = new GrowingBlock(memory);
  }

  get memory(): KernelMemory {
    return this.kernels.memory;
  }

  /** A view, stale after the next allocation. Shape [V, D]. */
  vectors(): Float32Array {
    return this.memory.float32(this.pointer, this.rows * this.width);
  }

  /** Bags stay loaded until the next call. */
  load(batch: readonly PreparedText[]): LoadedBags {
    let entries = 0;
    for (const prepared of batch) entries += prepared.length / 2;
    const bags = batch.length;
    const loaded = {
      ids: this.#ids.reserve(entries * 4),
      weights: this.#weights.reserve(entries * 4),
      offsets: this.#offsets.reserve((bags + 1) * 4),
      bags,
      entries,
    };
    const ids = this.memory.int32(loaded.ids, entries);
    // Weights travel as bits: a prepared text is one Int32Array.
    const weights = this.memory.int32(loaded.weights, entries);
    const offsets = this.memory.int32(loaded.offsets, bags + 1);
    let at = 0;
    offsets[0] = 0;
    for (let b = 0; b < bags; b++) {
      const prepared = batch[b]!;
      const n = prepared.length / 2;
      ids.set(prepared.subarray(0, n), at);
      weights.set(prepared.subarray(n), at);
      at += n;
      offsets[b + 1] = at;
    }
    return loaded;
  }

  pool(batch: readonly PreparedText[]): Pooled {
    const { bags, out, inverse } = this.#pool(batch, this.pointer);
    return {
      embeddings: this.memory.float32(out, bags * this.width).slice(),
      inverse: this.memory.float32(inverse, bags).slice(),
    };
  }

  /**
   * Any number of texts.
   * @param table another table of the same shape in the same memory, in place of this one
   * @returns shape [B, D], unit rows
   */
  encode(batch: readonly PreparedText[], table: Pointer = this.pointer): Float32Array {
    const result = new Float32Array(batch.length * this.width);
    for (let from = 0; from < batch.length; from += CHUNK) {
      const { bags, out } = this.#pool(batch.slice(from, from + CHUNK), table);
      result.set(this.memory.float32(out, bags * this.width), from * this.width);
    }
    return result;
  }

  #pool(batch: readonly PreparedText[], table: Pointer): { bags: number; out: Pointer; inverse: Pointer } {
    const { ids, weights, offsets, bags } = this.load(batch);
    const out = this.#out.reserve(bags * this.width * 4);
    const inverse = this.#inverse.reserve(bags * 4);
    this.kernels.bagForward(table, ids, weights, offsets, out, bags, this.width);
    this.kernels.normaliseForward(out, inverse, this.#fallback, bags, this.width);
    return { bags, out, inverse };
  }
}
