import { availableParallelism } from 'node:os';
import { createRandom } from '../../src/platform/random.ts';
import { bestEngine, newGraph } from '../../src/search-index/engines.ts';
import type { Graph, VectorStorage } from '../../src/search-index/graph.ts';
import { median } from '../median.ts';
import { mixture } from './mixture.ts';

export const K = 10;
const EFS = [10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096];
const REPEATS = 3;

export interface GraphTask {
  readonly count: number;
  readonly dimensions: number;
  readonly m: number;
  readonly efConstruction: number;
  /** shape [count, dimensions] */
  readonly vectors: Float32Array;
  /** shape [Q, dimensions], of the same mixture, in no index */
  readonly queries: Float32Array;
}

/** One setting of ef: how much it finds and how fast, in one thread, one query after another. */
export interface Point {
  readonly ef: number;
  readonly recallAt10: number;
  readonly perSecond: number;
}

export function graphTask(count: number, queryCount: number, dimensions = 128): GraphTask {
  const all = mixture(count + queryCount, dimensions);
  const vectors = all.subarray(0, count * dimensions);
  return { count, dimensions, m: 16, efConstruction: 200, vectors, queries: all.subarray(count * dimensions) };
}

/** As the product builds: in random order. @returns the graph and the seconds it took */
export async function buildGraph(
  task: GraphTask,
  threads = availableParallelism(),
  storage: VectorStorage = 'float32',
) {
  const { count, dimensions, m, efConstruction, vectors } = task;
  const graph = newGraph({ dimensions, capacity: count, m, efConstruction, seed: 100, storage }, bestEngine());
  const order = createRandom(1).shuffle(Int32Array.from({ length: count }, (_, row) => row));
  const shuffled = new Float32Array(vectors.length);
  for (const [at, row] of order.entries()) {
    shuffled.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  }
  const started = performance.now();
  await graph.addMany(shuffled, order, threads);
  return { graph, seconds: (performance.now() - started) / 1_000 };
}

/** @returns the true ten nearest of each query, by comparing every vector */
export function trueNearest({ queries, dimensions, count }: GraphTask, graph: Graph): Set<number>[] {
  return Array.from({ length: queries.length / dimensions }, (_, at) => {
    const query = queries.subarray(at * dimensions, (at + 1) * dimensions);
    return new Set(graph.scan(query, { k: K, allowed: null }, 0, count).rows);
  });
}

/** Median speed of several rounds at each ef, until all is found. */
export function curve({ queries, dimensions }: GraphTask, graph: Graph, truth: readonly Set<number>[]): Point[] {
  const points: Point[] = [];
  for (const ef of EFS) {
    const seconds: number[] = [];
    let found = 0;
    for (let round = 0; round < REPEATS; round++) {
      const answers: Int32Array[] = [];
      const started = performance.now();
      for (let at = 0; at < truth.length; at++) {
        const query = queries.subarray(at * dimensions, (at + 1) * dimensions);
        answers.push(graph.search(query, { k: K, ef, allowed: null, budget: 0 })?.rows ?? new Int32Array(0));
      }
      seconds.push((performance.now() - started) / 1_000);
      found = answers.reduce((sum, rows, at) => sum + rows.filter((row) => truth[at]?.has(row)).length, 0);
    }
    const recallAt10 = found / (truth.length * K);
    points.push({ ef, recallAt10, perSecond: truth.length / median(seconds) });
    if (recallAt10 >= 0.9995) break;
  }
  return points;
}

/** Queries a second at a recall, between the two settings around it; null when none finds so much. */
export function speedAt(points: readonly Point[], recall: number): number | null {
  const next = points.findIndex(({ recallAt10 }) => recallAt10 >= recall);
  const above = points[next];
  if (above === undefined) return null;
  const below = points[next - 1];
  if (below === undefined) return above.perSecond;
  const share = (recall - below.recallAt10) / (above.recallAt10 - below.recallAt10);
  return below.perSecond + share * (above.perSecond - below.perSecond);
}

export function round(value: number, digits = 4): number {
  return Number(value.toFixed(digits));
}
