import type { FilterValue } from './filter.ts';
import type { RowSet } from './row-set.ts';

/**
 * The rows of each value of a column. Modes: open (rows are added) -> sealed by the first question, which sorts the rows by value
 * once, in linear time. Values are in no order: a range looks at each different value, which takes 5 ms for a million.
 */
export class Postings {
  readonly #codes = new Map<FilterValue, number>();
  #codeOf: number[] = [];
  #rows: number[] = [];
  #sealed: { readonly starts: Uint32Array; readonly rows: Int32Array } | null = null;

  /** Entries, i.e. pairs of value and row. */
  get length(): number {
    return this.#sealed?.rows.length ?? this.#rows.length;
  }

  /** Different values. */
  get values(): number {
    return this.#codes.size;
  }

  add(value: FilterValue, row: number): void {
    if (this.#sealed !== null) throw new Error('a value came after the first question');
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(value, code);
    }
    this.#codeOf.push(code);
    this.#rows.push(row);
  }

  /** Adds the rows of one value to a set. */
  collect(value: FilterValue, into: RowSet): void {
    const code = this.#codes.get(value);
    if (code !== undefined) this.#take(code, into);
  }

  /** Adds the rows of all values that pass to a set. */
  collectWhere(passes: (value: FilterValue) => boolean, into: RowSet): void {
    let code = 0;
    for (const value of this.#codes.keys()) {
      if (passes(value)) this.#take(code, into);
      code++;
    }
  }

  #take(code: number, into: RowSet): void {
    this.#sealed ??= this.#seal();
    const { starts, rows } = this.#sealed;
    const end = starts[code + 1] as number;
    for (let at = starts[code] as number; at < end; at++) into.add(rows[at] as number);
  }

  #seal() {
    const starts = new Uint32Array(this.#codes.size + 1);
    for (const code of this.#codeOf) starts[code + 1] = (starts[code + 1] as number) + 1;
    for (let code = 1; code < starts.length; code++) {
      starts[code] = (starts[code] as number) + (starts[code - 1] as number);
    }
    const next = starts.slice();
    const rows = new Int32Array(this.#rows.length);
    for (let at = 0; at < rows.length; at++) {
      const code = this.#codeOf[at] as number;
      rows[next[code] as number] = this.#rows[at] as number;
      next[code] = (next[code] as number) + 1;
    }
    this.#codeOf = [];
    this.#rows = [];
    return { starts, rows };
  }
}
