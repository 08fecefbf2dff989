import type { RowSet } from './filter/row-set.ts';
import type { Neighbours } from './nearest.ts';

/*
 * Two engines build and search the same files. `native` is Quartet's own addon over hnswlib's memory (native/graph.h): it adds on
 * many threads, reads typed arrays, filters by a bitset and compares rows itself. `hnswlib-node` is there where that could not be
 * compiled: the same answers, from one thread, with a JavaScript call for each candidate of a filtered search. It is also the twin
 * that the addon is tested against.
 */
export type GraphEngine = 'native' | 'hnswlib-node';

/** How vectors lie in memory: float32, or one signed byte a value and a scale for each vector, to be scored anew from float32. */
export type VectorStorage = 'float32' | 'int8';

export interface GraphQuery {
  readonly k: number;
  /** Candidates kept; less than k counts as k. */
  readonly ef: number;
  /** The only rows that are kept as candidates; null for all. */
  readonly allowed: RowSet | null;
  /** Vectors compared at which a filtered search gives up, sooner where few near the query are allowed; 0 for no bound. Only the addon counts them. */
  readonly budget: number;
}

/** Either being built or being searched. Vectors and queries are finite unit vectors of D numbers: callers have checked. */
export interface Graph {
  /** Whether `scan` works here. */
  readonly scans: boolean;
  add(vector: Float32Array, row: number): void;
  /** @param vectors shape [n, D] @param threads more than one: the graph depends on who came first; one: on the order alone */
  addMany(vectors: Float32Array, rows: Int32Array, threads: number): Promise<void>;
  /** @returns null when the budget was spent */
  search(query: Float32Array, asked: GraphQuery): Neighbours | null;
  /** As `search`, off this thread where the engine can. The query must not change until then. */
  searchSoon(query: Float32Array, asked: GraphQuery): Promise<Neighbours | null>;
  /** @param queries shape [Q, D], searched on so many threads, off this one where the engine can */
  searchMany(queries: Float32Array, asked: GraphQuery, threads: number): Promise<(Neighbours | null)[]>;
  /** Compares the rows from `first` to `last` that are allowed. */
  scan(
    query: Float32Array,
    asked: { readonly k: number; readonly allowed: RowSet | null },
    first: number,
    last: number,
  ): Neighbours;
  /** @returns shape [D] */
  vector(row: number): Float32Array;
  write(path: string): Promise<void>;
  /** Frees the memory off this thread. */
  release(): Promise<void>;
}

export interface NewGraph {
  readonly dimensions: number;
  readonly capacity: number;
  readonly m: number;
  readonly efConstruction: number;
  readonly seed: number;
  readonly storage: VectorStorage;
}
