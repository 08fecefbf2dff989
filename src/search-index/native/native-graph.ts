import { QuartetError } from '../../domain/errors.ts';
import type { RowSet } from '../filter/row-set.ts';
import type { Graph, GraphQuery, NewGraph, VectorStorage } from '../graph.ts';
import type { Neighbours } from '../nearest.ts';
import { type Addon, type AddonGraph, nativeAddon } from './addon.ts';
import { Walkers } from './walkers.ts';

/** Begun with the first search that they are for; null where the system gives no thread. */
let walkers: Walkers | null | undefined;

/** The addon as an engine. */
export class NativeGraph implements Graph {
  readonly scans: boolean;
  readonly #graph: AddonGraph;
  readonly #dimensions: number;

  private constructor(graph: AddonGraph, dimensions: number, storage: VectorStorage) {
    this.#graph = graph;
    this.#dimensions = dimensions;
    // What it would compare is rounded.
    this.scans = storage === 'float32';
  }

  static create({ dimensions, capacity, m, efConstruction, seed, storage }: NewGraph): NativeGraph {
    const building = [capacity, m, efConstruction, seed >>> 0];
    return new NativeGraph(instance(dimensions, storage, ...building), dimensions, storage);
  }

  static async load(
    path: string,
    { dimensions, storage }: { dimensions: number; storage: VectorStorage },
  ): Promise<NativeGraph> {
    const graph = instance(dimensions, storage);
    await graph.load(path);
    return new NativeGraph(graph, dimensions, storage);
  }

  /** What to say where it is needed and not there. */
  static missing(what: string): QuartetError {
    return new QuartetError(
      'BACKEND_UNAVAILABLE',
      `${what} needs Quartet's own addon, which is not there; run \`npm run setup\` on a machine with a C++ compiler`,
    );
  }

  add(vector: Float32Array, row: number): void {
    this.#graph.add(vector, row);
  }

  async addMany(vectors: Float32Array, rows: Int32Array, threads: number): Promise<void> {
    await this.#graph.addMany(vectors, rows, threads);
  }

  search(query: Float32Array, { k, ef, allowed, budget }: GraphQuery): Neighbours | null {
    const rows = new Int32Array(k);
    const scores = new Float32Array(k);
    const found = this.#graph.search(query, k, ef, wordsOf(allowed), budget, rows, scores);
    if (found === k) return { rows, scores };
    return found < 0 ? null : { rows: rows.slice(0, found), scores: scores.slice(0, found) };
  }

  async searchSoon(query: Float32Array, asked: GraphQuery): Promise<Neighbours | null> {
    if (!Walkers.takes(this.#dimensions, asked.k)) return (await this.searchMany(query, asked, 1))[0] ?? null;
    if (walkers === undefined) walkers = begunWalkers();
    return walkers === null ? this.search(query, asked) : await walkers.search(this.#graph, query, asked);
  }

  async searchMany(
    queries: Float32Array,
    { k, ef, allowed, budget }: GraphQuery,
    threads: number,
  ): Promise<(Neighbours | null)[]> {
    const counts = new Int32Array(queries.length / this.#dimensions);
    const rows = new Int32Array(counts.length * k);
    const scores = new Float32Array(counts.length * k);
    await this.#graph.searchMany(queries, k, ef, wordsOf(allowed), budget, rows, scores, counts, threads);
    // Views: whoever asks for many together uses them together.
    return Array.from(counts, (found, at) =>
      found < 0
        ? null
        : { rows: rows.subarray(at * k, at * k + found), scores: scores.subarray(at * k, at * k + found) },
    );
  }

  scan(
    query: Float32Array,
    { k, allowed }: { readonly k: number; readonly allowed: RowSet | null },
    first: number,
    last: number,
  ): Neighbours {
    const room = Math.max(0, Math.min(k, last - first));
    const rows = new Int32Array(room);
    const scores = new Float32Array(room);
    const found = this.#graph.scan(query, room, wordsOf(allowed), first, last, rows, scores);
    return { rows: rows.subarray(0, found), scores: scores.subarray(0, found) };
  }

  vector(row: number): Float32Array {
    const vector = new Float32Array(this.#dimensions);
    this.#graph.vector(row, vector);
    return vector;
  }

  async write(path: string): Promise<void> {
    await this.#graph.write(path);
  }

  async release(): Promise<void> {
    await this.#graph.release();
  }
}

function instance(dimensions: number, storage: VectorStorage, ...building: number[]): AddonGraph {
  const loaded = nativeAddon();
  if (loaded === null) throw NativeGraph.missing('this engine');
  return new loaded.NativeGraph(dimensions, storage === 'int8', ...building);
}

function begunWalkers(): Walkers | null {
  try {
    return new Walkers(nativeAddon() as Addon);
  } catch {
    return null;
  }
}

function wordsOf(allowed: RowSet | null): Uint32Array | null {
  return allowed === null ? null : allowed.words;
}
