import { createRequire } from 'node:module';
import { HnswBuilder } from './hnsw.ts';
import { nativeAddon } from './native/addon.ts';

/**
 * Builds a small index and searches it, to prove that the native library loads and runs on this processor.
 * @returns seconds per search
 * @throws Error when it can't be loaded or finds a wrong neighbour
 */
export async function selfTest(): Promise<number> {
  const { HierarchicalNSW } = createRequire(import.meta.url)('hnswlib-node') as typeof import('hnswlib-node');
  const dimensions = 64;
  const searches = 500;
  const index = new HierarchicalNSW('ip', dimensions);
  index.initIndex(dimensions);
  const axis = (i: number): number[] => Array.from({ length: dimensions }, (_, j) => (j === i ? 1 : 0));
  for (let i = 0; i < dimensions; i++) index.addPoint(axis(i), i);
  // As wide as the index, so that it is an exact search: points this even leave a graph nothing to follow.
  index.setEf(dimensions);
  const started = performance.now();
  for (let i = 0; i < searches; i++) {
    const wanted = i % dimensions;
    if (index.searchKnn(axis(wanted), 1).neighbors[0] !== wanted)
      throw new Error('hnswlib-node finds a wrong neighbour');
  }
  return (performance.now() - started) / 1000 / searches;
}

/**
 * The same for Quartet's own addon, with each storage of vectors that it has.
 * @returns seconds per search; null where it is not there
 * @throws Error when it finds a wrong neighbour
 */
export function addonSelfTest(): number | null {
  if (nativeAddon() === null) return null;
  const dimensions = 64;
  const searches = 250;
  const axis = (i: number) => Float32Array.from({ length: dimensions }, (_, j) => (j === i ? 1 : 0));
  let milliseconds = 0;
  for (const storage of ['float32', 'int8'] as const) {
    const shape = { dimensions, capacity: dimensions, m: 16, efConstruction: dimensions, seed: 1 };
    const graph = new HnswBuilder({ ...shape, storage, engine: 'native' });
    for (let i = 0; i < dimensions; i++) graph.add(axis(i), i);
    const started = performance.now();
    for (let i = 0; i < searches; i++) {
      const wanted = i % dimensions;
      if (graph.search(axis(wanted), 1, dimensions).rows[0] !== wanted) {
        throw new Error(`the search addon finds a wrong neighbour in ${storage}`);
      }
    }
    milliseconds += performance.now() - started;
  }
  return milliseconds / 1_000 / (2 * searches);
}
