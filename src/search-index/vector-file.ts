import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sha256File } from '../platform/hash.ts';
import { ExactScan } from './exact.ts';
import type { RowSet } from './filter/row-set.ts';
import { corruptIndex, type IndexCard, VECTORS_FILE } from './index-card.ts';
import type { Neighbours } from './nearest.ts';
import { rescore } from './rescore.ts';

/** Read at a time by an exact search. */
const BLOCK_BYTES = 1 << 20;
/** Rows read one by one between two turns of the event loop. */
const ROWS_PER_TURN = 512;
/** Allowed rows are read one by one up to this share of all, above it the file is read from end to end. */
const READ_SINGLY_BELOW = 1 / 16;
/** Squared norms further than this from 1 are not those of a unit vector: what is read is not what was written. */
const NORM_TOLERANCE = 1e-3;

/**
 * The float32 vectors of an index that keeps only int8 in memory. They are read, not mapped: a file that is cut short under a
 * mapping ends the process, a read that comes up short is an error. The operating system's cache makes of the reads of a
 * search, some dozens of single rows, some dozens of microseconds.
 */
export class VectorFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #dimensions: number;
  readonly #count: number;

  private constructor(path: string, file: FileHandle, { dimensions, count }: IndexCard) {
    this.#path = path;
    this.#file = file;
    this.#dimensions = dimensions;
    this.#count = count;
  }

  /** @throws QuartetError CORRUPT_ARTIFACT when the file is not the one that the card names */
  static async open(dir: string, card: IndexCard): Promise<VectorFile> {
    const path = join(dir, VECTORS_FILE);
    const found = await sha256File(path).catch((cause: unknown) => {
      throw corruptIndex(path, "can't be read", cause);
    });
    if (found !== card.files[VECTORS_FILE].sha256) {
      throw corruptIndex(path, 'does not match its checksum: truncated or changed');
    }
    return new VectorFile(path, await open(path, 'r'), card);
  }

  /** @returns shape [D] @throws QuartetError CORRUPT_ARTIFACT */
  vector(row: number): Float32Array {
    const vector = new Float32Array(this.#dimensions);
    this.#read(row, vector);
    return vector;
  }

  /** The k best of some rows by their float32 vectors. @throws QuartetError CORRUPT_ARTIFACT */
  best(query: Float32Array, rows: Int32Array, k: number): Neighbours {
    return rescore(query, rows, k, (row, into) => this.#read(row, into));
  }

  /** Compares every row that may be returned, giving way to the event loop. @param allowed null for all */
  async nearest(query: Float32Array, k: number, allowed: RowSet | null): Promise<Neighbours> {
    const matched = allowed === null ? this.#count : allowed.size;
    const wanted = Math.min(k, matched);
    if (allowed !== null && matched < READ_SINGLY_BELOW * this.#count) {
      return await this.#amongFew(query, wanted, allowed.toRows());
    }
    const scan = new ExactScan(query, this.#dimensions, wanted);
    const step = Math.max(1, Math.floor(BLOCK_BYTES / (4 * this.#dimensions)));
    const block = new Float32Array(Math.min(step, this.#count) * this.#dimensions);
    for (let first = 0; first < this.#count; first += step) {
      const rows = Math.min(step, this.#count - first);
      const part = block.subarray(0, rows * this.#dimensions);
      await this.#readBlock(first, part);
      if (allowed === null) scan.add(part, first);
      else addAllowed(scan, part, { first, rows, allowed });
    }
    return scan.take()[0] as Neighbours;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #amongFew(query: Float32Array, k: number, rows: Int32Array): Promise<Neighbours> {
    const scan = new ExactScan(query, this.#dimensions, k);
    for (const [at, row] of rows.entries()) {
      if (at % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
      scan.add(this.vector(row), row);
    }
    return scan.take()[0] as Neighbours;
  }

  #read(row: number, into: Float32Array): void {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    const start = row * bytes.length;
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.#file.fd, bytes, done, bytes.length - done, start + done);
      if (read === 0) throw corruptIndex(this.#path, `ends at byte ${start + done}`);
      done += read;
    }
    let squares = 0;
    for (const value of into) squares += value * value;
    if (!(Math.abs(squares - 1) <= NORM_TOLERANCE)) throw corruptIndex(this.#path, `holds no vector at row ${row}`);
  }

  async #readBlock(first: number, into: Float32Array): Promise<void> {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    const start = first * this.#dimensions * 4;
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, start + done);
      if (bytesRead === 0) throw corruptIndex(this.#path, `ends at byte ${start + done}`);
      done += bytesRead;
    }
  }
}

function addAllowed(
  scan: ExactScan,
  vectors: Float32Array,
  { first, rows, allowed }: { readonly first: number; readonly rows: number; readonly allowed: RowSet },
): void {
  const width = vectors.length / rows;
  for (let at = 0; at < rows; at++) {
    if (allowed.has(first + at)) scan.add(vectors.subarray(at * width, (at + 1) * width), first + at);
  }
}
