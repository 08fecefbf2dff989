import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './run.ts';
import { faissFigures } from './vectors/faiss.ts';
import { buildGraph, curve, graphTask, round, speedAt, trueNearest } from './vectors/graph-task.ts';
import { medquadTask } from './vectors/medquad-task.ts';

const RECALLS = [0.95, 0.99, 0.999];

/**
 * Queries a second of one core at recall@10 0.95, 0.99 and 0.999 against exact search, in process, one by one, for 100,000
 * vectors of 128 dimensions (M 16, efConstruction 200), or for MedQuAD's answers searched with its test questions (`--medquad FILE`). With
 * `--python` beside faiss HNSW. `--quick`: 10,000 vectors. The claim: at
 * least 1.0 of faiss.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string' },
      queries: { type: 'string', default: '1000' },
      python: { type: 'string' },
      medquad: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const count = Number(values.count ?? (values.quick ? 10_000 : 100_000));
  const task =
    values.medquad === undefined ? graphTask(count, Number(values.queries)) : await medquadTask(values.medquad);
  const { graph } = await buildGraph(task);
  const truth = trueNearest(task, graph);
  const ours = curve(task, graph, truth);
  const begun = performance.now();
  const batch = await graph.searchMany(
    task.queries,
    { k: 10, ef: 64, allowed: null, budget: 0 },
    availableParallelism(),
  );
  const batchPerSecond = (1_000 * batch.length) / (performance.now() - begun);
  const faiss = values.python === undefined ? null : await faissFigures(task, values.python, availableParallelism());
  for (const recall of RECALLS) {
    const [our, their] = [speedAt(ours, recall), faiss === null ? null : speedAt(faiss.points, recall)];
    print({
      count: task.count,
      dimensions: task.dimensions,
      recallAt10: recall,
      queriesPerSecond: our === null ? null : Math.round(our),
      faissPerSecond: their === null ? null : Math.round(their),
      timesFaiss: our === null || their === null ? null : round(our / their, 2),
    });
  }
  print({ byEf: ours.map(rounded), faissByEf: faiss?.points.map(rounded), faissVersion: faiss?.version });
  print({
    batchOf: batch.length,
    ef: 64,
    threads: availableParallelism(),
    queriesPerSecond: Math.round(batchPerSecond),
  });
};

function rounded({ ef, recallAt10, perSecond }: { ef: number; recallAt10: number; perSecond: number }) {
  return { ef, recallAt10: round(recallAt10), perSecond: Math.round(perSecond) };
}
