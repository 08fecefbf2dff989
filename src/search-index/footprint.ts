import type { VectorStorage } from './graph.ts';
import { vectorBytes } from './hnsw-layout.ts';
import { nativeBytes } from './hnsw-native.ts';

export interface IndexShape {
  readonly count: number;
  readonly dimensions: number;
  readonly m: number;
  readonly storage: VectorStorage;
}

/** What an index takes, in bytes, told before it is built. */
export interface Footprint {
  /** In the memory of every process that searches it. */
  readonly memory: number;
  /** In the memory of the process that builds it, itself included. */
  readonly building: number;
  /** On disk: float32 vectors for exact search, beside the graph with its own. */
  readonly disk: number;
}

/** A child process with an encoder, blocks of vectors and the sample's answers. */
const CHILD_BYTES = 192 * 2 ** 20;

export function footprint({ count, dimensions, m, storage }: IndexShape): Footprint {
  const graph = nativeBytes(count, { dimensions, m, storage });
  const ids = 4 * count;
  const point = vectorBytes(dimensions, storage) + (2 * m + 1) * 4 + 8;
  // A point in about 1 of m has links in upper layers: m + 1 of them each.
  const upper = 4 + (4 * (m + 1)) / (m - 1);
  return {
    memory: graph + ids,
    building: graph + 2 * ids + CHILD_BYTES,
    disk: Math.ceil(count * (4 * dimensions + point + upper + 4)),
  };
}
