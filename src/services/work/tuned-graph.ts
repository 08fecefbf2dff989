import type { IndexTuning } from '../../domain/index-tuning.ts';
import { ExactScan } from '../../search-index/exact.ts';
import type { HnswBuilder } from '../../search-index/hnsw.ts';
import type { IndexParameters } from '../../search-index/parameters.ts';
import { MeasuredGraph, RECALL_K, type ReadRow, type RecallSample } from './graph-measuring.ts';
import { breathe, type LinkProgress, type LinkSource, linkRows, progressOf } from './link-graph.ts';
import {
  type GraphSetting,
  type MeasuredTrial,
  measureTrial,
  SETTINGS,
  TRIAL_ROWS,
  worthBuilding,
} from './tune-graph.ts';
import type { WorkContext } from './work.ts';

/** What one build gives, beside the files. */
export interface Built extends Omit<IndexParameters, 'storage'> {
  readonly graph: HnswBuilder;
  readonly recallAt10: number | null;
  readonly recallLoss: number | null;
  readonly tuning: IndexTuning | null;
}

export interface TuningTask {
  /** All rows, in the order to link them in. */
  readonly order: Int32Array;
  readonly source: Omit<LinkSource, keyof GraphSetting>;
  readonly sample: RecallSample;
  readonly measured: (graph: HnswBuilder) => MeasuredGraph;
  readonly context: Pick<WorkContext<LinkProgress>, 'signal' | 'emit'>;
}

/** Chooses the parameters by building with several, as told in tune-graph.ts. */
export async function tuned(
  targetRecall: number,
  { order, source, sample, measured, context }: TuningTask,
): Promise<Built> {
  const count = order.length;
  const part = order.subarray(0, TRIAL_ROWS);
  // As far as is known: a heavier setting may have to follow.
  const progress = progressOf(context, count, count + SETTINGS.length * part.length);
  const trials: MeasuredTrial[] = [];
  const small = await subsetOf(part, source, sample);
  for (const setting of SETTINGS) {
    const begun = performance.now();
    const graph = await linkRows(small.order, { ...source, ...small, ...setting }, progress);
    const buildSeconds = (performance.now() - begun) / 1_000;
    const asked = new MeasuredGraph(graph, { storage: source.storage, read: small.writer.read, sample: small.sample });
    trials.push(measureTrial(asked, targetRecall, { ...setting, count: part.length, buildSeconds }));
    await graph.release();
    await breathe(context);
  }
  const worth = worthBuilding(trials);
  for (const [at, setting] of worth.entries()) {
    const begun = performance.now();
    const graph = await linkRows(order, { ...source, ...setting }, progress);
    const buildSeconds = (performance.now() - begun) / 1_000;
    const finished = measured(graph);
    const trial = measureTrial(finished, targetRecall, { ...setting, count, buildSeconds });
    trials.push(trial);
    if (!trial.reached && at < worth.length - 1) {
      await graph.release();
      continue;
    }
    const { efSearch, recallAt10, reached } = trial;
    const tuning = { targetRecall, reached, trials: trials.map(({ reached: _, ...shown }) => shown) };
    return { graph, ...setting, efSearch, recallAt10, recallLoss: finished.recallLoss(), tuning };
  }
  throw new Error('no setting to build with');
}

/** Some rows as if they were all: their vectors in memory, and what is truly nearest among them. */
async function subsetOf(
  rows: Int32Array,
  { writer, dimensions }: Pick<LinkSource, 'writer' | 'dimensions'>,
  of: RecallSample,
) {
  const vectors = new Float32Array(rows.length * dimensions);
  const vector = (at: number) => vectors.subarray(at * dimensions, (at + 1) * dimensions);
  const exact = new ExactScan(of.queries, dimensions, RECALL_K + 1);
  for (const [at, row] of rows.entries()) writer.read(row, vector(at));
  exact.add(vectors, 0);
  const places = new Map(Array.from(rows, (row, at) => [row, at]));
  const sample = { ...of, rows: of.rows.map((row) => places.get(row) ?? -1), truth: exact.take() };
  const read: ReadRow = (at, into) => into.set(vector(at));
  return { order: Int32Array.from(rows.keys()), sample, writer: { read } };
}
