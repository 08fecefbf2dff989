import type { HierarchicalNSW } from 'hnswlib-node';
import { QuartetError } from '../domain/errors.ts';
import type { RowSet } from './filter/row-set.ts';
import { checkHnswLayout, type HnswShape } from './hnsw-layout.ts';
import { nativeBytes, newNative, releaseNative, requireMemory } from './hnsw-native.ts';
import type { Neighbours } from './nearest.ts';

/*
 * HNSW (Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
 * world graphs", 2016) by hnswlib. Labels are rows. An index is either being built
 * (`HnswBuilder`, in a child process) or being searched (`HnswIndex`, immutable): the library forbids doing both at once.
 */

export interface HnswOptions {
  /** D */
  readonly dimensions: number;
  /** Points that will be added; room for them is taken at once. */
  readonly capacity: number;
  readonly m: number;
  readonly efConstruction: number;
  /** Draws the layer of each point: the same seed, points and order give the same file. */
  readonly seed: number;
}

export class HnswBuilder {
  readonly #native: HierarchicalNSW;
  readonly #options: HnswOptions;
  readonly #point: number[];
  readonly #added: Uint8Array;
  #count = 0;

  /** @throws QuartetError RETRY_LATER when it would not fit into memory */
  constructor(options: HnswOptions) {
    const { dimensions, capacity, m, efConstruction, seed } = options;
    requireMemory(nativeBytes(capacity, dimensions, m), `an index of ${capacity} x ${dimensions}`);
    this.#options = options;
    this.#native = newNative(dimensions);
    this.#native.initIndex(Math.max(1, capacity), m, efConstruction, seed >>> 0);
    this.#point = new Array<number>(dimensions).fill(0);
    this.#added = new Uint8Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Adds a row, each once, in any order. A random order is best: neighbours that come one after another (a corpus sorted by
   * topic) link to each other only, and the graph has fewer ways between topics.
   * @param vector shape [D], unit norm
   * @throws QuartetError DIMENSION_MISMATCH, BAD_INPUT when it is not finite or not of unit norm
   */
  add(vector: Float32Array, row: number): void {
    if (this.#added[row] !== 0)
      throw new RangeError(`row ${row} was added before, or is none of ${this.#added.length}`);
    copyUnitVector(vector, this.#point, `vector of row ${row}`);
    this.#native.addPoint(this.#point, row);
    this.#added[row] = 1;
    this.#count++;
  }

  /** As the index will answer once it is written and loaded. */
  search(query: Float32Array, k: number, ef: number): Neighbours {
    return searchNative(this.#native, this.#count, { query, point: this.#point, k, ef });
  }

  /**
   * Writes the graph, off the main thread.
   * @throws QuartetError DISK_FULL when the file came out short: the library itself does not notice
   */
  async write(path: string): Promise<void> {
    await this.#native.writeIndex(path);
    const { dimensions, m } = this.#options;
    const flaw = await checkHnswLayout(path, { dimensions, m, count: this.#count });
    if (flaw !== null) {
      throw new QuartetError('DISK_FULL', `the index was not written whole (${flaw}); free disk space and build again`);
    }
  }
}

export class HnswIndex {
  /** null for an index without points. */
  #native: HierarchicalNSW | null;
  #released = false;
  readonly #shape: HnswShape;
  readonly #point: number[];

  private constructor(native: HierarchicalNSW | null, shape: HnswShape) {
    this.#native = native;
    this.#shape = shape;
    this.#point = new Array<number>(shape.dimensions).fill(0);
  }

  /**
   * Loads a file whose checksum the caller has compared, off the main thread and always into a fresh object: the library
   * frees the old graph before it reads the new one.
   * @throws QuartetError CORRUPT_ARTIFACT when the file is not of this shape, RETRY_LATER when it does not fit into memory
   */
  static async load(path: string, shape: HnswShape): Promise<HnswIndex> {
    const flaw = await checkHnswLayout(path, shape);
    if (flaw !== null) throw new QuartetError('CORRUPT_ARTIFACT', `${path} ${flaw}; build the index again`);
    if (shape.count === 0) return new HnswIndex(null, shape);
    requireMemory(
      nativeBytes(shape.count, shape.dimensions, shape.m),
      `an index of ${shape.count} x ${shape.dimensions}`,
    );
    const native = newNative(shape.dimensions);
    await native.readIndex(path).catch((cause: unknown) => {
      throw new QuartetError('CORRUPT_ARTIFACT', `${path} can't be loaded; build the index again`, { cause });
    });
    return new HnswIndex(native, shape);
  }

  get count(): number {
    return this.#shape.count;
  }

  get dimensions(): number {
    return this.#shape.dimensions;
  }

  /** Bytes in memory, about. */
  get bytes(): number {
    return nativeBytes(this.count, this.dimensions, this.#shape.m);
  }

  /**
   * @param query shape [D], unit norm  @param k 1 or more; more than there are rows is all of them
   * @param ef candidates kept; less than k counts as k
   * @param allowed the only rows that are kept as candidates; the walk leads over all
   * @returns best first, at most k: a graph may find fewer than exist
   * @throws QuartetError DIMENSION_MISMATCH or BAD_INPUT for a query that is not a unit vector of D finite numbers
   */
  search(query: Float32Array, k: number, ef: number, allowed: RowSet | null = null): Neighbours {
    if (this.#released) throw new Error('searched after its release');
    return searchNative(this.#native, this.count, { query, point: this.#point, k, ef, allowed });
  }

  /** @throws QuartetError what `search` would throw for this query */
  requireUnit(query: Float32Array): void {
    copyUnitVector(query, this.#point, 'query vector');
  }

  /** @returns the vector of a row, shape [D] @throws RangeError for a row that is not there */
  vector(row: number): Float32Array {
    if (this.#native === null || !Number.isInteger(row) || row < 0 || row >= this.count) {
      throw new RangeError(`row ${row} of an index of ${this.count}`);
    }
    return Float32Array.from(this.#native.getPoint(row));
  }

  /** Frees the memory now. A search afterwards is a fault and throws. */
  async release(): Promise<void> {
    const native = this.#native;
    this.#native = null;
    this.#released = true;
    if (native !== null) await releaseNative(native);
  }
}

interface NativeQuery {
  readonly query: Float32Array;
  /** Scratch: the library takes plain arrays only. */
  readonly point: number[];
  readonly k: number;
  readonly ef: number;
  readonly allowed?: RowSet | null;
}

function searchNative(native: HierarchicalNSW | null, count: number, asked: NativeQuery): Neighbours {
  const { query, point, k, ef, allowed } = asked;
  copyUnitVector(query, point, 'query vector');
  const wanted = Math.min(count, k);
  if (!Number.isInteger(k) || k < 1) throw new QuartetError('BAD_INPUT', `k must be a whole number from 1, got ${k}`);
  if (!Number.isInteger(ef) || ef < 1)
    throw new QuartetError('BAD_INPUT', `ef must be a whole number from 1, got ${ef}`);
  if (native === null || wanted === 0) return { rows: new Int32Array(0), scores: new Float32Array(0) };
  native.setEf(ef);
  const { neighbors, distances } = allowed
    ? native.searchKnn(point, wanted, (row) => allowed.has(row))
    : native.searchKnn(point, wanted);
  return { rows: Int32Array.from(neighbors), scores: Float32Array.from(distances, cosineOfDistance) };
}

/** Rounding can carry the dot product of unit vectors a little past 1. */
function cosineOfDistance(distance: number): number {
  return Math.max(-1, Math.min(1, 1 - distance));
}

/** Squared norms further than this from 1 are not rounding. */
const NORM_TOLERANCE = 1e-3;

function copyUnitVector(vector: Float32Array, target: number[], what: string): void {
  if (vector.length !== target.length) {
    throw new QuartetError(
      'DIMENSION_MISMATCH',
      `the ${what} has ${vector.length} dimensions, the index has ${target.length}; use the encoder that built the index`,
    );
  }
  let squares = 0;
  for (let i = 0; i < target.length; i++) {
    const value = vector[i] as number;
    target[i] = value;
    squares += value * value;
  }
  // NaN and infinity fail this too.
  if (!(Math.abs(squares - 1) <= NORM_TOLERANCE)) {
    throw new QuartetError('BAD_INPUT', `the ${what} must be finite with norm 1, its norm is ${Math.sqrt(squares)}`);
  }
}
