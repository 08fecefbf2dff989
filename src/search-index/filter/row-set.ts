const BITS = 32;

/** A set of rows of one index, a bit each: 125 KB for a million rows. Sets are combined only with sets of the same size. */
export class RowSet {
  /** Rows of the index, in the set or not: N. */
  readonly rows: number;
  /** Row r is bit r mod 32 of word r / 32; bits past the last row are 0. The native search reads these very words. */
  readonly words: Uint32Array;

  /** Empty. */
  constructor(rows: number) {
    this.rows = rows;
    this.words = new Uint32Array(Math.ceil(rows / BITS));
  }

  static all(rows: number): RowSet {
    return new RowSet(rows).complement();
  }

  static of(rows: number, members: Iterable<number>): RowSet {
    const set = new RowSet(rows);
    for (const row of members) set.add(row);
    return set;
  }

  /** How many rows are in it; counted anew each time. */
  get size(): number {
    let size = 0;
    for (let at = 0; at < this.words.length; at++) size += bitCount(this.words[at] as number);
    return size;
  }

  has(row: number): boolean {
    return (((this.words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  /** @throws RangeError for a row that the index does not have */
  add(row: number): void {
    this.#require(row);
    this.words[row >>> 5] = (this.words[row >>> 5] as number) | (1 << (row & 31));
  }

  /** @throws RangeError for a row that the index does not have */
  remove(row: number): void {
    this.#require(row);
    this.words[row >>> 5] = (this.words[row >>> 5] as number) & ~(1 << (row & 31));
  }

  and(other: RowSet): RowSet {
    return this.#combined(other, (mine, theirs) => mine & theirs);
  }

  or(other: RowSet): RowSet {
    return this.#combined(other, (mine, theirs) => mine | theirs);
  }

  without(other: RowSet): RowSet {
    return this.#combined(other, (mine, theirs) => mine & ~theirs);
  }

  complement(): RowSet {
    const result = new RowSet(this.rows);
    for (let at = 0; at < this.words.length; at++) result.words[at] = ~(this.words[at] as number);
    const rest = this.rows % BITS;
    if (rest !== 0) result.words[result.words.length - 1] = (result.words.at(-1) as number) & ((1 << rest) - 1);
    return result;
  }

  clone(): RowSet {
    const copy = new RowSet(this.rows);
    copy.words.set(this.words);
    return copy;
  }

  /** @returns the rows in it, ascending */
  toRows(): Int32Array {
    const rows = new Int32Array(this.size);
    let next = 0;
    for (let at = 0; at < this.words.length; at++) {
      for (let word = this.words[at] as number; word !== 0; word &= word - 1) {
        rows[next++] = at * BITS + 31 - Math.clz32(word & -word);
      }
    }
    return rows;
  }

  #combined(other: RowSet, combine: (mine: number, theirs: number) => number): RowSet {
    if (other.rows !== this.rows) throw new RangeError(`a set over ${other.rows} rows and one over ${this.rows}`);
    const result = new RowSet(this.rows);
    for (let at = 0; at < this.words.length; at++) {
      result.words[at] = combine(this.words[at] as number, other.words[at] as number);
    }
    return result;
  }

  #require(row: number): void {
    if (!Number.isInteger(row) || row < 0 || row >= this.rows) throw new RangeError(`row ${row} of ${this.rows}`);
  }
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
