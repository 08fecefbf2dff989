import { QuartetError } from '../domain/errors.ts';
import { shownPath } from '../platform/shown-path.ts';
import { bestEngine, loadGraph, newGraph } from './engines.ts';
import type { RowSet } from './filter/row-set.ts';
import type { Graph, GraphEngine, VectorStorage } from './graph.ts';
import { checkHnswLayout, type HnswShape } from './hnsw-layout.ts';
import { nativeBytes, requireMemory } from './hnsw-native.ts';
import type { Neighbours } from './nearest.ts';

/*
 * HNSW (Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
 * world graphs", 2016). Labels are rows. An index is either being built (`HnswBuilder`, in a child process) or being searched
 * (`HnswIndex`, immutable): no engine can do both at once. Whatever an engine would stumble over is refused here first.
 */

export interface HnswOptions {
  /** D */
  readonly dimensions: number;
  /** Points that will be added; room for them is taken at once. */
  readonly capacity: number;
  readonly m: number;
  readonly efConstruction: number;
  /** Draws the layer of each point: the same seed, points and order give the same file, when they are added on one thread. */
  readonly seed: number;
  /** Default float32. */
  readonly storage?: VectorStorage;
  /** Default: the best there is. */
  readonly engine?: GraphEngine;
}

export class HnswBuilder {
  readonly #graph: Graph;
  readonly #options: HnswOptions;
  readonly #added: Uint8Array;
  #count = 0;

  /** @throws QuartetError RETRY_LATER when it would not fit into memory, BACKEND_UNAVAILABLE for int8 without the addon */
  constructor(options: HnswOptions) {
    const { dimensions, capacity, m, storage = 'float32', engine = bestEngine() } = options;
    requireMemory(nativeBytes(capacity, { dimensions, m, storage }), `an index of ${capacity} x ${dimensions}`);
    this.#options = options;
    this.#graph = newGraph({ ...options, storage }, engine);
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
    this.#claim(vector, row);
    this.#graph.add(vector, row);
    this.#count++;
  }

  /**
   * As `add` for many rows at a time, on several threads and off this one where the engine can. Wait for it before anything else.
   * @param vectors shape [n, D]
   */
  async addMany(vectors: Float32Array, rows: Int32Array, threads: number): Promise<void> {
    const width = this.#options.dimensions;
    for (const [at, row] of rows.entries()) this.#claim(vectors.subarray(at * width, (at + 1) * width), row);
    await this.#graph.addMany(vectors, rows, threads);
    this.#count += rows.length;
  }

  /** As the index will answer once it is written and loaded. */
  search(query: Float32Array, k: number, ef: number): Neighbours {
    requireUnitVector(query, this.#options.dimensions, 'query vector');
    return searchGraph(this.#graph, this.#count, query, { k, ef, allowed: null, budget: 0 }) as Neighbours;
  }

  /** The k nearest of all rows as they are stored, of int8 storage too. Needs every row, and the addon. */
  scan(query: Float32Array, k: number): Neighbours {
    return this.#graph.scan(query, { k: Math.min(k, this.#count), allowed: null }, 0, this.#count);
  }

  /**
   * Writes the graph, off the main thread.
   * @throws QuartetError DISK_FULL when the file came out short: the library itself does not notice
   */
  async write(path: string): Promise<void> {
    await this.#graph.write(path);
    const { dimensions, m, storage = 'float32' } = this.#options;
    const flaw = await checkHnswLayout(path, { dimensions, m, count: this.#count, storage });
    if (flaw !== null) {
      throw new QuartetError('DISK_FULL', `the index was not written whole (${flaw}); free disk space and build again`);
    }
  }

  /** Frees the memory without waiting for the garbage collector, which does not see how much it is. Nothing may follow. */
  async release(): Promise<void> {
    await this.#graph.release();
  }

  #claim(vector: Float32Array, row: number): void {
    if (this.#added[row] !== 0)
      throw new RangeError(`row ${row} was added before, or is none of ${this.#added.length}`);
    requireUnitVector(vector, this.#options.dimensions, `vector of row ${row}`);
    this.#added[row] = 1;
  }
}

export interface HnswQuery {
  /** 1 or more; more than there are rows is all of them. */
  readonly k: number;
  /** Candidates kept; less than k counts as k. */
  readonly ef: number;
  /** The only rows that are kept as candidates; the walk leads over all. Null for all. */
  readonly allowed: RowSet | null;
  /** Vectors compared before a filtered search gives up, 0 for no bound. */
  readonly budget: number;
}

export class HnswIndex {
  /** null for an index without points, and after the release. */
  #graph: Graph | null;
  #released = false;
  readonly #shape: HnswShape;

  private constructor(graph: Graph | null, shape: HnswShape) {
    this.#graph = graph;
    this.#shape = shape;
  }

  /**
   * Loads a file whose checksum the caller has compared, off the main thread and always into a fresh object.
   * @param engine default: the best there is
   * @throws QuartetError CORRUPT_ARTIFACT when the file is not of this shape, RETRY_LATER when it does not fit into memory,
   * BACKEND_UNAVAILABLE for int8 without the addon
   */
  static async load(path: string, shape: HnswShape, engine: GraphEngine = bestEngine()): Promise<HnswIndex> {
    const flaw = await checkHnswLayout(path, shape);
    if (flaw !== null) throw new QuartetError('CORRUPT_ARTIFACT', `${shownPath(path)} ${flaw}; build the index again`);
    if (shape.count === 0) return new HnswIndex(null, shape);
    requireMemory(nativeBytes(shape.count, shape), `an index of ${shape.count} x ${shape.dimensions}`);
    const graph = await loadGraph(path, { storage: 'float32', ...shape }, engine).catch((cause: unknown) => {
      if (cause instanceof QuartetError) throw cause;
      throw new QuartetError('CORRUPT_ARTIFACT', `${shownPath(path)} can't be loaded; build the index again`, {
        cause,
      });
    });
    return new HnswIndex(graph, shape);
  }

  get count(): number {
    return this.#shape.count;
  }

  get dimensions(): number {
    return this.#shape.dimensions;
  }

  /** Bytes in memory, about. */
  get bytes(): number {
    return nativeBytes(this.count, this.#shape);
  }

  /** Whether `scan` can compare rows exactly. */
  get scans(): boolean {
    return this.#graph === null || this.#graph.scans;
  }

  /**
   * @param query shape [D], unit norm
   * @returns best first, at most k: a graph may find fewer than exist; null when the budget was spent
   * @throws QuartetError DIMENSION_MISMATCH or BAD_INPUT for a query that is not a unit vector of D finite numbers
   */
  search(query: Float32Array, asked: HnswQuery): Neighbours | null {
    this.requireUnit(query);
    return searchGraph(this.#living(), this.count, query, asked);
  }

  /** As `search`, off this thread where the engine can: for who has other work meanwhile. A release waits for it. */
  async searchSoon(query: Float32Array, asked: HnswQuery): Promise<Neighbours | null> {
    this.requireUnit(query);
    requireBounds(asked);
    const graph = this.#living();
    const k = Math.min(asked.k, this.count);
    return graph === null || k === 0 ? nothing() : await graph.searchSoon(query, { ...asked, k });
  }

  /** As `search` for many queries, shape [Q, D], off this thread where the engine can. */
  async searchMany(queries: Float32Array, asked: HnswQuery, threads: number): Promise<(Neighbours | null)[]> {
    const width = this.dimensions;
    const each = Array.from({ length: queries.length / width }, (_, at) =>
      queries.subarray(at * width, (at + 1) * width),
    );
    for (const query of each) this.requireUnit(query);
    requireBounds(asked);
    const graph = this.#living();
    const k = Math.min(asked.k, this.count);
    if (graph === null || k === 0) return each.map(() => nothing());
    return await graph.searchMany(queries, { ...asked, k }, threads);
  }

  /** Compares the rows from `first` to `last` that are allowed. Only where `scans`. */
  scan(query: Float32Array, asked: Pick<HnswQuery, 'k' | 'allowed'>, first: number, last: number): Neighbours {
    return this.#living()?.scan(query, asked, first, last) ?? nothing();
  }

  /** @throws QuartetError what `search` would throw for this query */
  requireUnit(query: Float32Array): void {
    requireUnitVector(query, this.dimensions, 'query vector');
  }

  /** @returns the vector of a row, shape [D]; of int8 storage what is left of it @throws RangeError for a row that is not there */
  vector(row: number): Float32Array {
    if (this.#graph === null || !Number.isInteger(row) || row < 0 || row >= this.count) {
      throw new RangeError(`row ${row} of an index of ${this.count}`);
    }
    return this.#graph.vector(row);
  }

  /** Frees the memory now. A search afterwards is a fault and throws. */
  async release(): Promise<void> {
    const graph = this.#graph;
    this.#graph = null;
    this.#released = true;
    if (graph !== null) await graph.release();
  }

  #living(): Graph | null {
    if (this.#released) throw new Error('searched after its release');
    return this.#graph;
  }
}

function searchGraph(graph: Graph | null, count: number, query: Float32Array, asked: HnswQuery): Neighbours | null {
  requireBounds(asked);
  const k = Math.min(count, asked.k);
  return graph === null || k === 0 ? nothing() : graph.search(query, { ...asked, k });
}

function requireBounds({ k, ef }: HnswQuery): void {
  if (!Number.isInteger(k) || k < 1) throw new QuartetError('BAD_INPUT', `k must be a whole number from 1, got ${k}`);
  if (!Number.isInteger(ef) || ef < 1)
    throw new QuartetError('BAD_INPUT', `ef must be a whole number from 1, got ${ef}`);
}

function nothing(): Neighbours {
  return { rows: new Int32Array(0), scores: new Float32Array(0) };
}

/** Squared norms further than this from 1 are not rounding. */
const NORM_TOLERANCE = 1e-3;

function requireUnitVector(vector: Float32Array, dimensions: number, what: string): void {
  if (vector.length !== dimensions) {
    throw new QuartetError(
      'DIMENSION_MISMATCH',
      `the ${what} has ${vector.length} dimensions, the index has ${dimensions}; use the encoder that built the index`,
    );
  }
  let squares = 0;
  for (let i = 0; i < dimensions; i++) squares += (vector[i] as number) ** 2;
  // NaN and infinity fail this too.
  if (!(Math.abs(squares - 1) <= NORM_TOLERANCE)) {
    throw new QuartetError('BAD_INPUT', `the ${what} must be finite with norm 1, its norm is ${Math.sqrt(squares)}`);
  }
}
