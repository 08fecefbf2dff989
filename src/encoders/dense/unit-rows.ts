import { createKernels } from '../../tensor/kernels/kernels.ts';
import { GrowingBlock } from '../../tensor/kernels/memory.ts';

export interface UnitRows {
  /** shape [B, D], every row of unit L2 norm; a row shorter than 1e-12 became the vector of equal coordinates. */
  readonly rows: Float32Array;
  /** Reciprocal norms before, [B]; 0 where the fallback stands. */
  readonly inverse: Float32Array;
}

/** y = x / |x| for each row and its gradient, by kernels: the same bits on every tensor backend and without one. */
export class UnitRowKernel {
  readonly #width: number;
  readonly #kernels = createKernels();
  readonly #fallback: number;
  readonly #rows: GrowingBlock;
  readonly #gradient: GrowingBlock;
  readonly #inverse: GrowingBlock;

  /** @param width D, a multiple of 8 */
  constructor(width: number) {
    const { memory } = this.#kernels;
    this.#width = width;
    this.#fallback = memory.allocate(width * 4);
    memory.float32(this.#fallback, width).fill(1 / Math.sqrt(width));
    this.#rows = new GrowingBlock(memory);
    this.#gradient = new GrowingBlock(memory);
    this.#inverse = new GrowingBlock(memory);
  }

  /** @param x shape [B, D] */
  forward(x: Float32Array): UnitRows {
    const { memory } = this.#kernels;
    const count = x.length / this.#width;
    const rows = this.#rows.reserve(x.length * 4);
    const inverse = this.#inverse.reserve(count * 4);
    memory.float32(rows, x.length).set(x);
    this.#kernels.normaliseForward(rows, inverse, this.#fallback, count, this.#width);
    return { rows: memory.float32(rows, x.length).slice(), inverse: memory.float32(inverse, count).slice() };
  }

  /** @returns dL/dx = inverse (dL/dy - y (y . dL/dy)), shape [B, D] */
  backward({ rows: y, inverse }: UnitRows, gradient: Float32Array): Float32Array {
    const { memory } = this.#kernels;
    const rowsAt = this.#rows.reserve(y.length * 4);
    const inverseAt = this.#inverse.reserve(inverse.length * 4);
    const gradientAt = this.#gradient.reserve(y.length * 4);
    memory.float32(rowsAt, y.length).set(y);
    memory.float32(inverseAt, inverse.length).set(inverse);
    memory.float32(gradientAt, y.length).set(gradient);
    this.#kernels.normaliseBackward(rowsAt, inverseAt, gradientAt, inverse.length, this.#width);
    return memory.float32(gradientAt, y.length).slice();
  }
}
