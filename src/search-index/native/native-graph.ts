import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { QuartetError } from '../../domain/errors.ts';
import type { RowSet } from '../filter/row-set.ts';
import type { Graph, GraphQuery, NewGraph, VectorStorage } from '../graph.ts';
import type { Neighbours } from '../nearest.ts';

/** What addon.cc exports. It checks the types and lengths of its arguments and throws; it never ends the process. */
interface AddonGraph {
  readonly count: number;
  load(path: string): Promise<void>;
  add(vector: Float32Array, row: number): void;
  addMany(vectors: Float32Array, rows: Int32Array, threads: number): Promise<void>;
  search(
    query: Float32Array,
    k: number,
    ef: number,
    allowed: Uint32Array | null,
    budget: number,
    rows: Int32Array,
    scores: Float32Array,
  ): number;
  searchMany(
    queries: Float32Array,
    k: number,
    ef: number,
    allowed: Uint32Array | null,
    budget: number,
    rows: Int32Array,
    scores: Float32Array,
    counts: Int32Array,
    threads: number,
  ): Promise<void>;
  scan(
    query: Float32Array,
    k: number,
    allowed: Uint32Array | null,
    first: number,
    last: number,
    rows: Int32Array,
    scores: Float32Array,
  ): number;
  vector(row: number, into: Float32Array): void;
  write(path: string): Promise<void>;
  release(): Promise<void>;
}

interface Addon {
  readonly NativeGraph: new (dimensions: number, int8: boolean, ...building: number[]) => AddonGraph;
}

/** Where scripts/setup puts it. */
const FILE = fileURLToPath(new URL('../../../node_modules/.quartet/graph.node', import.meta.url));
let addon: Addon | null | undefined;

/** @returns null where the set-up could not compile it, or it does not load */
export function nativeAddon(): Addon | null {
  if (addon === undefined) {
    try {
      addon = createRequire(import.meta.url)(FILE) as Addon;
    } catch {
      addon = null;
    }
  }
  return addon;
}

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

function wordsOf(allowed: RowSet | null): Uint32Array | null {
  return allowed === null ? null : allowed.words;
}
