/**
 * Counts (batch, row) pairs in flat arrays, open addressing with linear probing: a Map of a million entries would cost ten
 * times the memory and garbage. At most `capacity` distinct pairs.
 */
export class RowSet {
  readonly #mask: number;
  readonly #batches: Int32Array;
  readonly #rows: Int32Array;
  /** 0 where a pair was removed: its slot stays taken, so that probing goes on past it. */
  readonly #counts: Int32Array;

  constructor(capacity: number) {
    // Twice the entries that can ever be: half of them may be removed ones.
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 4)));
    this.#mask = size - 1;
    this.#batches = new Int32Array(size).fill(-1);
    this.#rows = new Int32Array(size);
    this.#counts = new Int32Array(size);
  }

  has(batch: number, row: number): boolean {
    return (this.#counts[this.#slot(batch, row)] as number) > 0;
  }

  add(batch: number, row: number): void {
    const slot = this.#slot(batch, row);
    this.#batches[slot] = batch;
    this.#rows[slot] = row;
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
  }

  remove(batch: number, row: number): void {
    const slot = this.#slot(batch, row);
    this.#counts[slot] = Math.max(0, (this.#counts[slot] as number) - 1);
  }

  #slot(batch: number, row: number): number {
    let hash = Math.imul(batch, 0x9e37_79b1) ^ Math.imul(row, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.#mask;
    while (this.#batches[slot] !== -1 && (this.#batches[slot] !== batch || this.#rows[slot] !== row)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}
