import { parseArgs } from 'node:util';
import type { Bench } from './run.ts';
import { faissFigures } from './vectors/faiss.ts';
import { buildGraph, curve, graphTask, round, trueNearest } from './vectors/graph-task.ts';

/**
 * Seconds to build on 1 and 2 threads, the recall@10 that each graph gives at the same ef, and, with `--python`, faiss on 2 threads.
 * `--growth`: for 10,000 to 1,000,000 vectors (or to `--count`) on 2 threads, and the exponent of time and latency, fitted by least
 * squares of the logarithms. `--quick`: a tenth of it. The claim: at most 0.9 of faiss' time on 2 threads at equal recall.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string' },
      python: { type: 'string' },
      growth: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const scale = values.quick ? 0.1 : 1;
  if (values.growth) return await growth(Number(values.count ?? 1_000_000 * scale), scale, print);
  const task = graphTask(Number(values.count ?? 100_000 * scale), 500);
  const built = { one: await buildGraph(task, 1), two: await buildGraph(task, 2) };
  const truth = trueNearest(task, built.one.graph);
  const faiss = values.python === undefined ? null : await faissFigures(task, values.python, 2);
  const theirs = new Map(faiss?.points.map(({ ef, recallAt10 }) => [ef, recallAt10]));
  print({
    count: task.count,
    secondsOneThread: round(built.one.seconds, 2),
    secondsTwoThreads: round(built.two.seconds, 2),
    faissSecondsTwoThreads: faiss === null ? null : round(faiss.buildSeconds, 2),
    timesFaiss: faiss === null ? null : round(built.two.seconds / faiss.buildSeconds, 2),
  });
  const two = curve(task, built.two.graph, truth);
  for (const [at, { ef, recallAt10 }] of curve(task, built.one.graph, truth).entries()) {
    print({ ef, oneThread: round(recallAt10), twoThreads: two[at]?.recallAt10 ?? null, faiss: theirs.get(ef) ?? null });
  }
};

const EF = 64;

async function growth(most: number, scale: number, print: Parameters<Bench>[1]): Promise<void> {
  const rows: { count: number; seconds: number; milliseconds: number }[] = [];
  for (const full of [10_000, 30_000, 100_000, 300_000, 1_000_000]) {
    if (full * scale > most) break;
    const task = graphTask(full * scale, 500);
    const { graph, seconds } = await buildGraph(task, 2);
    const begun = performance.now();
    for (let at = 0; at < 500; at++) {
      const query = task.queries.subarray(at * task.dimensions, (at + 1) * task.dimensions);
      graph.search(query, { k: 10, ef: EF, allowed: null, budget: 0 });
    }
    const milliseconds = (performance.now() - begun) / 500;
    rows.push({ count: task.count, seconds, milliseconds });
    print({ count: task.count, buildSeconds: round(seconds, 2), ef: EF, millisecondsASearch: round(milliseconds) });
    await graph.release();
  }
  const exponent = (of: 'seconds' | 'milliseconds') =>
    round(slope(rows.map((row) => [Math.log(row.count), Math.log(row[of])] as const)), 2);
  print({ exponentOfBuild: exponent('seconds'), exponentOfSearch: exponent('milliseconds') });
}

/** Of the line that is nearest to the points, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const along = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return along / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
