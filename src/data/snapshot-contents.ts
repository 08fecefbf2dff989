import { readSync } from 'node:fs';

const WINDOW_BYTES = 64 * 1024;

/**
 * Contents of one column, read from the file when asked for. A window of the file is kept, so that reading in row order costs
 * one system call for 64 KiB and reading at random one for each row. Memory: the offsets, 8 bytes a row.
 */
export class ContentColumn {
  readonly #fd: number;
  readonly #start: number;
  readonly #offsets: Float64Array;
  #window = Buffer.alloc(WINDOW_BYTES);
  #windowStart = 0;
  #windowEnd = 0;

  /** @param offsets count + 1 byte offsets from `start`, ascending */
  constructor(fd: number, start: number, offsets: Float64Array) {
    this.#fd = fd;
    this.#start = start;
    this.#offsets = offsets;
  }

  /** @throws RangeError when there is no such row */
  text(row: number): string {
    const [from, to] = this.#find(row);
    return this.#window.toString('utf8', from, to);
  }

  /** A copy. @throws RangeError when there is no such row */
  bytes(row: number): Buffer {
    const [from, to] = this.#find(row);
    return Buffer.from(this.#window.subarray(from, to));
  }

  /** @returns where the row is in the window */
  #find(row: number): [number, number] {
    const from = this.#offsets[row];
    const to = this.#offsets[row + 1];
    if (from === undefined || to === undefined) throw new RangeError(`no row ${row} among ${this.#offsets.length - 1}`);
    if (from < this.#windowStart || to > this.#windowEnd) this.#move(from, to);
    return [from - this.#windowStart, to - this.#windowStart];
  }

  #move(from: number, to: number): void {
    const end = this.#offsets[this.#offsets.length - 1] ?? 0;
    const length = Math.min(Math.max(to - from, WINDOW_BYTES), end - from);
    if (length > this.#window.length) this.#window = Buffer.alloc(length);
    this.#windowStart = from;
    this.#windowEnd = from;
    while (this.#windowEnd - from < length) {
      const done = this.#windowEnd - from;
      const count = readSync(this.#fd, this.#window, done, length - done, this.#start + from + done);
      if (count === 0) throw new Error('the snapshot shrank while it was read');
      this.#windowEnd += count;
    }
  }
}
