import { createRequire } from 'node:module';

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
