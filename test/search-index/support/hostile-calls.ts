/** Run as a process of its own: prints what each call that must not abort came to. */
import { QuartetError } from '../../../src/domain/errors.ts';
import { HnswBuilder, HnswIndex } from '../../../src/search-index/hnsw.ts';
import { buildGraph, clusteredVectors, rowOf } from './vectors.ts';

const D = 8;
const vectors = clusteredVectors(5, D);
const good = rowOf(vectors, D, 0);
const graph = buildGraph(vectors, D);
const empty = new HnswBuilder({ dimensions: D, capacity: 0, m: 4, efConstruction: 10, seed: 1 });
const filled = (value: number) => new Float32Array(D).fill(value);

const calls: Record<string, () => unknown> = {
  'short query': () => graph.search(good.subarray(1), 3, 10),
  'long query': () => graph.search(new Float32Array(D + 1), 3, 10),
  'NaN query': () => graph.search(filled(Number.NaN), 3, 10),
  'infinite query': () => graph.search(filled(Number.POSITIVE_INFINITY), 3, 10),
  'zero query': () => graph.search(filled(0), 3, 10),
  'query of norm 2': () =>
    graph.search(
      good.map((value) => 2 * value),
      3,
      10,
    ),
  'k of 0': () => graph.search(good, 0, 10),
  'k of -1': () => graph.search(good, -1, 10),
  'k of 2.5': () => graph.search(good, 2.5, 10),
  'k of NaN': () => graph.search(good, Number.NaN, 10),
  'ef of 0': () => graph.search(good, 3, 0),
  'NaN point': () =>
    new HnswBuilder({ dimensions: D, capacity: 1, m: 4, efConstruction: 10, seed: 1 }).add(filled(Number.NaN), 0),
  'point of other width': () =>
    new HnswBuilder({ dimensions: D, capacity: 1, m: 4, efConstruction: 10, seed: 1 }).add(new Float32Array(D - 1), 0),
  'one point too many': () => graph.add(good, 5),
  'more memory than there is': () =>
    new HnswBuilder({ dimensions: 1_024, capacity: 2 ** 31, m: 100, efConstruction: 10, seed: 1 }),
  'missing file': () => HnswIndex.load('/nowhere/index.hnsw', { count: 5, dimensions: D, m: 16 }),
  'full disk': () => graph.write('/dev/full'),
  'k beyond count': () => `${graph.search(good, 1_000, 10).rows.length} rows`,
  'empty index': () => `${empty.search(good, 3, 10).rows.length} rows`,
};

const outcomes: Record<string, unknown> = {};
for (const [name, call] of Object.entries(calls)) {
  try {
    outcomes[name] = await call();
  } catch (error) {
    outcomes[name] = error instanceof QuartetError ? error.code : (error as Error).name;
  }
}
console.log(JSON.stringify(outcomes));
