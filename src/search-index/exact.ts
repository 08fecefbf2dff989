import { nextTurn } from '../platform/turns.ts';
import { Nearest, type Neighbours } from './nearest.ts';

/*
 * Exact search: every row is compared. It is the oracle that HNSW is measured against, and the answer where a graph can't
 * give one (k near the number of rows). Shapes: N rows, D dimensions, Q queries; rows and queries have unit norm, so that the
 * dot product is the cosine.
 */

/** Multiply-adds between two turns of the event loop: about 5 ms. */
const WORK_PER_TURN = 4_000_000;
/** Floats of a block of rows that stays in the cache while all queries pass over it. */
const BLOCK_FLOATS = 32_768;

export interface VectorRows {
  /** shape [N, D], row-major */
  readonly vectors: Float32Array;
  /** D */
  readonly dimensions: number;
}

/** The k nearest rows of each of Q queries, from rows that come in blocks and need not be in memory together. */
export class ExactScan {
  readonly #queries: Float32Array;
  readonly #dimensions: number;
  readonly #nearest: readonly Nearest[];

  /** @param queries shape [Q, D] @param k hits kept of each query, 0 or more */
  constructor(queries: Float32Array, dimensions: number, k: number) {
    this.#queries = queries;
    this.#dimensions = dimensions;
    this.#nearest = Array.from({ length: queries.length / dimensions }, () => new Nearest(k));
  }

  /** @param vectors shape [n, D]: the rows `firstRow` to `firstRow + n - 1` */
  add(vectors: Float32Array, firstRow: number): void {
    const width = this.#dimensions;
    const step = width * Math.max(1, Math.floor(BLOCK_FLOATS / width));
    const nearest = this.#nearest;
    for (let start = 0; start < vectors.length; start += step) {
      const block: Block = { vectors: vectors.subarray(start, start + step), firstRow: firstRow + start / width };
      let query = 0;
      for (; query + 4 <= nearest.length; query += 4) {
        scanFour(block, this.#queries.subarray(query * width, (query + 4) * width), nearest, query);
      }
      for (; query < nearest.length; query++) {
        scanOne(block, this.#queries.subarray(query * width, (query + 1) * width), nearest[query] as Nearest);
      }
    }
  }

  /** @returns one answer for each query: at most k rows, fewer only when there were fewer. The scan is empty afterwards. */
  take(): Neighbours[] {
    return this.#nearest.map((nearest) => nearest.take());
  }
}

/** @param query shape [D] @returns at most k rows, fewer only when there are fewer */
export function exactNearest({ vectors, dimensions }: VectorRows, query: Float32Array, k: number): Neighbours {
  const scan = new ExactScan(query, dimensions, Math.min(k, vectors.length / dimensions));
  scan.add(vectors, 0);
  return scan.take()[0] as Neighbours;
}

/** As `exactNearest`, giving way to the event loop every few milliseconds. */
export async function exactNearestInTurns(rows: VectorRows, query: Float32Array, k: number): Promise<Neighbours> {
  const { vectors, dimensions } = rows;
  const scan = new ExactScan(query, dimensions, Math.min(k, vectors.length / dimensions));
  const step = dimensions * Math.max(1, Math.floor(WORK_PER_TURN / dimensions));
  for (let from = 0; from < vectors.length; from += step) {
    if (from > 0) await nextTurn();
    scan.add(vectors.subarray(from, from + step), from / dimensions);
  }
  return scan.take()[0] as Neighbours;
}

/** As `exactNearestInTurns`, comparing the allowed rows only. */
export async function exactNearestAmong(
  { vectors, dimensions }: VectorRows,
  query: Float32Array,
  k: number,
  allowed: Int32Array,
): Promise<Neighbours> {
  const nearest = new Nearest(Math.min(k, allowed.length));
  const step = Math.max(1, Math.floor(WORK_PER_TURN / dimensions));
  for (let from = 0; from < allowed.length; from += step) {
    if (from > 0) await nextTurn();
    for (const row of allowed.subarray(from, from + step)) {
      const base = row * dimensions;
      scanOne({ vectors: vectors.subarray(base, base + dimensions), firstRow: row }, query, nearest);
    }
  }
  return nearest.take();
}

interface Block {
  readonly vectors: Float32Array;
  readonly firstRow: number;
}

/** Four sums side by side: one alone would wait for its own addition each time. */
function scanOne({ vectors, firstRow }: Block, query: Float32Array, nearest: Nearest): void {
  const width = query.length;
  const whole = width - (width % 4);
  for (let row = firstRow, base = 0; base < vectors.length; row++, base += width) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < whole; i += 4) {
      a += (query[i] as number) * (vectors[base + i] as number);
      b += (query[i + 1] as number) * (vectors[base + i + 1] as number);
      c += (query[i + 2] as number) * (vectors[base + i + 2] as number);
      d += (query[i + 3] as number) * (vectors[base + i + 3] as number);
    }
    for (let i = whole; i < width; i++) a += (query[i] as number) * (vectors[base + i] as number);
    nearest.offer(row, a + b + (c + d));
  }
}

/** One row against four queries: each value of the row is read and widened once. @param queries shape [4, D] */
function scanFour({ vectors, firstRow }: Block, queries: Float32Array, all: readonly Nearest[], at: number): void {
  const width = queries.length / 4;
  for (let row = firstRow, base = 0; base < vectors.length; row++, base += width) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < width; i++) {
      const value = vectors[base + i] as number;
      a += value * (queries[i] as number);
      b += value * (queries[width + i] as number);
      c += value * (queries[2 * width + i] as number);
      d += value * (queries[3 * width + i] as number);
    }
    (all[at] as Nearest).offer(row, a);
    (all[at + 1] as Nearest).offer(row, b);
    (all[at + 2] as Nearest).offer(row, c);
    (all[at + 3] as Nearest).offer(row, d);
  }
}
