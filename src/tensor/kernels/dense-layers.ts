import { createKernels } from './kernels.ts';
import { GrowingBlock, type Pointer } from './memory.ts';

/** Rows multiplied at a time. */
const CHUNK = 64;

interface Matrix {
  readonly at: Pointer;
  /** I */
  readonly inputs: number;
  /** O */
  readonly outputs: number;
}

/**
 * Products with matrices that stay, in the memory of a kernel instance: what an encoder of dense layers needs for inference without a
 * tensor library. A row times a matrix is a weighted bag of all the matrix's rows, so the kernel of static tables serves. A row's
 * result does not depend on the rows beside it.
 */
export class DenseLayers {
  readonly #kernels = createKernels();
  readonly #matrices = new Map<string, Matrix>();
  /** 0 to I - 1, once for each row of a chunk, by I. */
  readonly #ids = new Map<number, Pointer>();
  readonly #offsets: Pointer;
  readonly #rows: GrowingBlock;
  readonly #out: GrowingBlock;

  /** @param matrices [I, O] each, row-major; copied. O must be a multiple of 8. */
  constructor(matrices: Iterable<{ readonly name: string; readonly numbers: Float32Array; readonly outputs: number }>) {
    const { memory } = this.#kernels;
    for (const { name, numbers, outputs } of matrices) {
      const at = memory.allocate(numbers.length * 4);
      memory.float32(at, numbers.length).set(numbers);
      this.#matrices.set(name, { at, inputs: numbers.length / outputs, outputs });
    }
    this.#offsets = memory.allocate((CHUNK + 1) * 4);
    this.#rows = new GrowingBlock(memory);
    this.#out = new GrowingBlock(memory);
  }

  /** @param rows shape [R, I]. @returns rows times the matrix, shape [R, O] */
  product(rows: Float32Array, name: string): Float32Array {
    const matrix = this.#matrices.get(name);
    if (matrix === undefined) throw new RangeError(`there is no matrix ${name}`);
    const { at, inputs, outputs } = matrix;
    const { memory } = this.#kernels;
    const ids = this.#idsOf(inputs);
    const rowsAt = this.#rows.reserve(CHUNK * inputs * 4);
    const outAt = this.#out.reserve(CHUNK * outputs * 4);
    const offsets = memory.int32(this.#offsets, CHUNK + 1);
    for (let row = 0; row <= CHUNK; row++) offsets[row] = row * inputs;
    const count = rows.length / inputs;
    const result = new Float32Array(count * outputs);
    for (let from = 0; from < count; from += CHUNK) {
      const part = rows.subarray(from * inputs, Math.min(count, from + CHUNK) * inputs);
      const bags = part.length / inputs;
      memory.float32(rowsAt, part.length).set(part);
      this.#kernels.bagForward(at, ids, rowsAt, this.#offsets, outAt, bags, outputs);
      result.set(memory.float32(outAt, bags * outputs), from * outputs);
    }
    return result;
  }

  #idsOf(inputs: number): Pointer {
    let at = this.#ids.get(inputs);
    if (at === undefined) {
      const { memory } = this.#kernels;
      at = memory.allocate(CHUNK * inputs * 4);
      this.#ids.set(inputs, at);
      const ids = memory.int32(at, CHUNK * inputs);
      for (let i = 0; i < ids.length; i++) ids[i] = i % inputs;
    }
    return at;
  }
}
