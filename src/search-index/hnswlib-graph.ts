import type { HierarchicalNSW } from 'hnswlib-node';
import type { Graph, GraphQuery, NewGraph, VectorStorage } from './graph.ts';
import { newNative, releaseNative } from './hnsw-native.ts';
import { NativeGraph } from './native/native-graph.ts';
import type { Neighbours } from './nearest.ts';

/** hnswlib-node as an engine. It takes plain arrays and float32 only, adds on one thread and compares no rows by itself. */
export class HnswlibGraph implements Graph {
  readonly scans = false;
  readonly #native: HierarchicalNSW;
  readonly #point: number[];

  private constructor(native: HierarchicalNSW, dimensions: number) {
    this.#native = native;
    this.#point = new Array<number>(dimensions).fill(0);
  }

  static create({ dimensions, capacity, m, efConstruction, seed, storage }: NewGraph): HnswlibGraph {
    requireFloat(storage);
    const native = newNative(dimensions);
    native.initIndex(Math.max(1, capacity), m, efConstruction, seed >>> 0);
    return new HnswlibGraph(native, dimensions);
  }

  static async load(
    path: string,
    { dimensions, storage }: { dimensions: number; storage: VectorStorage },
  ): Promise<HnswlibGraph> {
    requireFloat(storage);
    const native = newNative(dimensions);
    await native.readIndex(path);
    return new HnswlibGraph(native, dimensions);
  }

  add(vector: Float32Array, row: number): void {
    this.#native.addPoint(this.#plain(vector), row);
  }

  async addMany(vectors: Float32Array, rows: Int32Array): Promise<void> {
    const width = this.#point.length;
    for (const [at, row] of rows.entries()) this.add(vectors.subarray(at * width, (at + 1) * width), row);
  }

  search(query: Float32Array, { k, ef, allowed }: GraphQuery): Neighbours {
    this.#native.setEf(ef);
    const filter = allowed === null ? undefined : (row: number) => allowed.has(row);
    const { neighbors, distances } = this.#native.searchKnn(this.#plain(query), k, filter);
    return { rows: Int32Array.from(neighbors), scores: Float32Array.from(distances, cosineOfDistance) };
  }

  async searchSoon(query: Float32Array, asked: GraphQuery): Promise<Neighbours> {
    return this.search(query, asked);
  }

  async searchMany(queries: Float32Array, asked: GraphQuery): Promise<Neighbours[]> {
    const width = this.#point.length;
    const count = queries.length / width;
    return Array.from({ length: count }, (_, at) => this.search(queries.subarray(at * width, (at + 1) * width), asked));
  }

  scan(): never {
    throw new Error('hnswlib-node compares no rows by itself');
  }

  vector(row: number): Float32Array {
    return Float32Array.from(this.#native.getPoint(row));
  }

  async write(path: string): Promise<void> {
    await this.#native.writeIndex(path);
  }

  async release(): Promise<void> {
    await releaseNative(this.#native);
  }

  #plain(vector: Float32Array): number[] {
    for (let i = 0; i < this.#point.length; i++) this.#point[i] = vector[i] as number;
    return this.#point;
  }
}

function requireFloat(storage: VectorStorage): void {
  if (storage !== 'float32') throw NativeGraph.missing('an index of int8 vectors');
}

/** Rounding can carry the dot product of unit vectors a little past 1. */
function cosineOfDistance(distance: number): number {
  return Math.max(-1, Math.min(1, 1 - distance));
}
