import { parseArgs } from 'node:util';
import { ExactScan, exactNearest } from '../src/search-index/exact.ts';
import { HnswBuilder } from '../src/search-index/hnsw.ts';
import type { Neighbours } from '../src/search-index/nearest.ts';
import type { Bench } from './run.ts';
import { mixture } from './vectors/mixture.ts';

/*
 * The index itself, in one thread: seconds to build, then recall@10 against exact search and queries a second at several ef, and
 * the exact search as the baseline. Vectors are a Gaussian mixture with 500 centres on the sphere, queries are drawn from it too.
 */

const K = 10;
const EFS = [16, 32, 64, 128, 256];
const EXACT_QUERIES = 50;

export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '20000' },
      dimensions: { type: 'string', default: '128' },
      queries: { type: 'string', default: '1000' },
      m: { type: 'string', default: '16' },
      'ef-construction': { type: 'string', default: '200' },
    },
  });
  const [count, dimensions, queryCount] = [Number(values.count), Number(values.dimensions), Number(values.queries)];
  const all = mixture(count + queryCount, dimensions);
  const vectors = all.subarray(0, count * dimensions);
  const queries = all.subarray(count * dimensions);
  const row = (of: Float32Array, index: number) => of.subarray(index * dimensions, (index + 1) * dimensions);

  const graph = new HnswBuilder({
    dimensions,
    capacity: count,
    m: Number(values.m),
    efConstruction: Number(values['ef-construction']),
    seed: 100,
  });
  const buildSeconds = secondsOf(() => {
    for (let index = 0; index < count; index++) graph.add(row(vectors, index), index);
  });

  const scan = new ExactScan(queries, dimensions, K);
  scan.add(vectors, 0);
  const truth = scan.take().map(({ rows }) => new Set(rows));
  const exactSeconds = secondsOf(() => {
    for (let index = 0; index < EXACT_QUERIES; index++) exactNearest({ vectors, dimensions }, row(queries, index), K);
  });
  const exactPerSecond = EXACT_QUERIES / exactSeconds;

  const byEf = EFS.map((ef) => {
    const answers: Neighbours[] = [];
    const seconds = secondsOf(() => {
      for (let index = 0; index < queryCount; index++) answers.push(graph.search(row(queries, index), K, ef));
    });
    const found = answers.reduce(
      (sum, { rows }, index) => sum + rows.filter((hit) => truth[index]?.has(hit)).length,
      0,
    );
    const perSecond = queryCount / seconds;
    return {
      ef,
      recallAt10: round(found / (queryCount * K), 4),
      queriesPerSecond: Math.round(perSecond),
      timesExact: round(perSecond / exactPerSecond, 1),
    };
  });
  print({
    count,
    dimensions,
    m: Number(values.m),
    efConstruction: Number(values['ef-construction']),
    buildSeconds: round(buildSeconds, 2),
    pointsPerSecond: Math.round(count / buildSeconds),
    exactQueriesPerSecond: Math.round(exactPerSecond),
    byEf,
  });
};

function secondsOf(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1_000;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
