import { QuartetError } from '../../domain/errors.ts';
import type { NamedArrays } from '../../encoders/encoder.ts';
import type { Tensor2D, Tensors } from '../../tensor/backend.ts';

/** Rows of one block: large enough that few ops do much, small enough that logits against it stay in the cache. */
const BLOCK_ROWS = 1_024;

/** Some keys of the queue and the pairs that they come from. */
export interface QueueBlock {
  /** shape [C, D], unit rows */
  readonly keys: Tensor2D;
  /** Snapshot rows, shape [C] */
  readonly queryRows: Int32Array;
  readonly itemRows: Int32Array;
}

/** Keys of one step, with the pairs that they come from. */
export interface NewKeys {
  /** shape [n, D] */
  readonly keys: Float32Array;
  readonly queryRows: Int32Array;
  readonly itemRows: Int32Array;
}

/**
 * The latest K keys (MoCo 1911.05722, section 3.2), as a ring of places cut into blocks of 1,024: a step makes one or two of them
 * anew instead of copying all K. It starts empty and fills; the code of MoCo starts with random unit vectors instead, which
 * are negatives that no query could be taken for. The number of tensors is the same from the beginning on.
 */
export class KeyQueue {
  readonly #tensors: Tensors;
  readonly #capacity: number;
  readonly #width: number;
  readonly #queryRows: Int32Array;
  readonly #itemRows: Int32Array;
  readonly #blocks: Tensor2D[];
  /** The next place to be written, and the number of those that hold a key. */
  #next = 0;
  #filled = 0;

  constructor(tensors: Tensors, capacity: number, width: number) {
    this.#tensors = tensors;
    this.#capacity = capacity;
    this.#width = width;
    this.#queryRows = new Int32Array(capacity);
    this.#itemRows = new Int32Array(capacity);
    this.#blocks = Array.from({ length: Math.ceil(capacity / BLOCK_ROWS) }, () => this.#tensor(new Float32Array(0)));
  }

  /** Keys held by now, at most K. */
  get size(): number {
    return this.#filled;
  }

  /** Those that hold keys. Tensors stay the queue's, and go with the next `enqueue`. */
  blocks(): QueueBlock[] {
    const held = this.#blocks.slice(0, Math.ceil(this.#filled / BLOCK_ROWS));
    return held.map((keys, b) => {
      const [from, to] = [b * BLOCK_ROWS, b * BLOCK_ROWS + keys.shape[0]];
      return { keys, queryRows: this.#queryRows.subarray(from, to), itemRows: this.#itemRows.subarray(from, to) };
    });
  }

  /** Takes the place of the oldest keys. Of more than K only the last K stay. */
  enqueue({ keys, queryRows, itemRows }: NewKeys): void {
    const width = this.#width;
    for (let i = Math.max(0, queryRows.length - this.#capacity); i < queryRows.length; ) {
      const block = Math.floor(this.#next / BLOCK_ROWS);
      const end = Math.min(this.#capacity, (block + 1) * BLOCK_ROWS);
      const count = Math.min(queryRows.length - i, end - this.#next);
      this.#queryRows.set(queryRows.subarray(i, i + count), this.#next);
      this.#itemRows.set(itemRows.subarray(i, i + count), this.#next);
      // A copy: tensors take over the array they are given, and some backends read it later.
      this.#replace(block, this.#next - block * BLOCK_ROWS, keys.slice(i * width, (i + count) * width));
      this.#filled = Math.max(this.#filled, this.#next + count);
      this.#next = (this.#next + count) % this.#capacity;
      i += count;
    }
  }

  /** Keys in the order of their places. */
  state(): NamedArrays {
    const keys = new Float32Array(this.#filled * this.#width);
    this.blocks().forEach((block, b) => {
      keys.set(block.keys.dataSync<'float32'>(), b * BLOCK_ROWS * this.#width);
    });
    const [queryRows, itemRows] = [this.#queryRows, this.#itemRows].map((rows) => rows.slice(0, this.#filled));
    return { keys, queryRows, itemRows, next: Int32Array.of(this.#next) } as NamedArrays;
  }

  /** @throws QuartetError CORRUPT_ARTIFACT when the state is of a larger queue or another width */
  restore({ keys, queryRows, itemRows, next }: NamedArrays): void {
    const filled = queryRows?.length ?? 0;
    if (filled > this.#capacity || keys?.length !== filled * this.#width || itemRows?.length !== filled) {
      throw new QuartetError(
        'CORRUPT_ARTIFACT',
        `the checkpoint's queue has ${keys?.length ?? 'no'} numbers for ${filled} keys, at most ${this.#capacity} of ${this.#width} dimensions were expected`,
      );
    }
    this.#queryRows.set(queryRows as Int32Array);
    this.#itemRows.set(itemRows);
    this.#filled = filled;
    this.#next = next?.[0] ?? 0;
    const size = BLOCK_ROWS * this.#width;
    this.#blocks.forEach((block, b) => {
      block.dispose();
      this.#blocks[b] = this.#tensor((keys as Float32Array).slice(b * size, (b + 1) * size));
    });
  }

  dispose(): void {
    for (const block of this.#blocks) block.dispose();
  }

  /** Writes rows into a block from one of its rows on. */
  #replace(block: number, from: number, values: Float32Array): void {
    const { tf } = this.#tensors;
    const old = this.#blocks[block] as Tensor2D;
    const to = from + values.length / this.#width;
    const after = Math.max(0, old.shape[0] - to);
    this.#blocks[block] = tf.tidy(() => {
      const parts = [this.#tensor(values)];
      if (from > 0) parts.unshift(tf.slice2d(old, [0, 0], [from, -1]));
      if (after > 0) parts.push(tf.slice2d(old, [to, 0], [after, -1]));
      return parts.length === 1 ? (parts[0] as Tensor2D) : tf.concat2d(parts, 0);
    });
    old.dispose();
  }

  #tensor(values: Float32Array): Tensor2D {
    return this.#tensors.tf.tensor2d(values, [values.length / this.#width, this.#width]);
  }
}
