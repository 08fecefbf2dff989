import { GrowingBlock, type Pointer } from '../../tensor/kernels/memory.ts';
import type { PreparedText } from './features.ts';
import type { Pooled, StaticTable } from './static-table.ts';

/** The touched rows of everything accumulated, ready for `bagBackward`. */
export interface TouchedRows {
  readonly count: number;
  readonly upstream: Pointer;
  readonly rows: Pointer;
  readonly rowOffsets: Pointer;
  readonly entryBags: Pointer;
  readonly entryWeights: Pointer;
}

/**
 * Gradients before they reach the table: bags with dL/dpooled of each, of any number of backward passes. A row's gradient is only
 * summed when the optimizer is about to use it, so no gradient of the table's size is ever held.
 */
export class GradientBags {
  readonly #table: StaticTable;
  readonly #slots: Pointer;
  readonly #ids: GrowingBlock;
  readonly #weights: GrowingBlock;
  readonly #offsets: GrowingBlock;
  readonly #upstream: GrowingBlock;
  readonly #outputs: GrowingBlock;
  readonly #inverse: GrowingBlock;
  readonly #rows: GrowingBlock;
  readonly #rowOffsets: GrowingBlock;
  readonly #entryBags: GrowingBlock;
  readonly #entryWeights: GrowingBlock;
  #bags = 0;
  #entries = 0;
  #touched: TouchedRows | null = null;

  constructor(table: StaticTable) {
    this.#table = table;
    const { memory } = table;
    this.#slots = memory.allocate(table.rows * 4);
    this.#ids = new GrowingBlock(memory);
    this.#weights = new GrowingBlock(memory);
    this.#offsets = new GrowingBlock(memory);
    this.#upstream = new GrowingBlock(memory);
    this.#outputs = new GrowingBlock(memory);
    this.#inverse = new GrowingBlock(memory);
    this.#rows = new GrowingBlock(memory);
    this.#rowOffsets = new GrowingBlock(memory);
    this.#entryBags = new GrowingBlock(memory);
    this.#entryWeights = new GrowingBlock(memory);
  }

  /** @param gradient dL/dembeddings, shape [B, D] */
  add(batch: readonly PreparedText[], { embeddings, inverse }: Pooled, gradient: Float32Array): void {
    const { memory, kernels, width } = this.#table;
    const bags = batch.length;
    this.#touched = null;
    const size = bags * width;
    const outputs = this.#outputs.reserve(size * 4);
    const inverseAt = this.#inverse.reserve(bags * 4);
    const upstream = this.#upstream.reserve((this.#bags * width + size) * 4, this.#bags * width * 4);
    const added = upstream + this.#bags * width * 4;
    memory.float32(outputs, size).set(embeddings);
    memory.float32(inverseAt, bags).set(inverse);
    memory.float32(added, size).set(gradient);
    kernels.normaliseBackward(outputs, inverseAt, added, bags, width);
    this.#append(batch);
  }

  #append(batch: readonly PreparedText[]): void {
    const { memory } = this.#table;
    let entries = this.#entries;
    for (const prepared of batch) entries += prepared.length / 2;
    const idsAt = this.#ids.reserve(entries * 4, this.#entries * 4);
    const weightsAt = this.#weights.reserve(entries * 4, this.#entries * 4);
    const offsetsAt = this.#offsets.reserve((this.#bags + batch.length + 1) * 4, (this.#bags + 1) * 4);
    const ids = memory.int32(idsAt, entries);
    const weights = memory.int32(weightsAt, entries);
    const offsets = memory.int32(offsetsAt, this.#bags + batch.length + 1);
    offsets[0] = 0;
    for (const prepared of batch) {
      const n = prepared.length / 2;
      ids.set(prepared.subarray(0, n), this.#entries);
      weights.set(prepared.subarray(n), this.#entries);
      this.#entries += n;
      offsets[++this.#bags] = this.#entries;
    }
  }

  /** Multiplies all that was accumulated. */
  scale(factor: number): void {
    const upstream = this.#table.memory.float32(this.#upstream.pointer, this.#bags * this.#table.width);
    for (let i = 0; i < upstream.length; i++) upstream[i]! *= factor;
  }

  /** What was accumulated, by row. Valid until the next `add`. */
  touched(): TouchedRows {
    this.#touched ??= this.#transpose();
    return this.#touched;
  }

  clear(): void {
    this.#bags = 0;
    this.#entries = 0;
    this.#touched = null;
  }

  #transpose(): TouchedRows {
    const bags = this.#bags;
    const entries = this.#entries;
    const found = {
      upstream: this.#upstream.pointer,
      rows: this.#rows.reserve(entries * 4),
      rowOffsets: this.#rowOffsets.reserve((entries + 1) * 4),
      entryBags: this.#entryBags.reserve(entries * 4),
      entryWeights: this.#entryWeights.reserve(entries * 4),
    };
    if (bags === 0) return { ...found, count: 0 };
    const count = this.#table.kernels.transposeBags(
      this.#ids.pointer,
      this.#weights.pointer,
      this.#offsets.pointer,
      bags,
      this.#slots,
      found.rows,
      found.rowOffsets,
      found.entryBags,
      found.entryWeights,
    );
    return { ...found, count };
  }
}
