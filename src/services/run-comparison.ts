import type { DatasetId } from '../domain/ids.ts';
import { qualityOf } from '../domain/quality.ts';
import type { TrainingConfig } from '../domain/training.ts';
import { encodingsBefore, encodingsPerStep, negativesPerQuery, type TrainingSize } from '../domain/training-cost.ts';
import { SECOND } from '../platform/clock.ts';
import type { Database } from '../store/database.ts';
import { findDatasets } from '../store/datasets.ts';
import { curveOf, type RunCurve } from '../store/run-curves.ts';
import type { Run } from '../store/runs.ts';

/** Points of a curve at most. */
const MOST_POINTS = 20;

export interface ComparedRun {
  readonly run: Run;
  readonly curve: readonly CurvePoint[];
  /** From the first start to the end, pauses and waiting for a next worker included; null while it goes on. */
  readonly seconds: number | null;
  readonly pairsPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
  readonly negativesPerQuery: number;
  readonly encodings: number;
}

export interface CurvePoint {
  readonly step: number;
  readonly loss: number | null;
  /** By the run's own metric. */
  readonly quality: number;
}

export interface SettingDifference {
  /** e.g. `paradigm.temperature` */
  readonly setting: string;
  /** Of each run, in the order of the runs; null where a run has no such setting. */
  readonly values: readonly unknown[];
}

export interface RunComparison {
  readonly runs: readonly ComparedRun[];
  readonly differences: readonly SettingDifference[];
}

/** Holds runs against each other: where their settings differ, and what came of each. */
export async function compareRuns(db: Database, runs: readonly Run[]): Promise<RunComparison> {
  const datasets = await findDatasets(db.pool, [...new Set(runs.map(({ datasetId }) => datasetId))]);
  const compared = runs.map(async (run): Promise<ComparedRun> => {
    const { evaluations, ...recorded } = await curveOf(db.pool, run.id);
    const size = sizeOf(run, datasets);
    return {
      run,
      curve: keyPoints(evaluations, run.config),
      seconds: run.startedAt && run.finishedAt && (run.finishedAt.getTime() - run.startedAt.getTime()) / SECOND,
      ...recorded,
      negativesPerQuery: negativesPerQuery(run.config, size),
      encodings: run.step * encodingsPerStep(run.config, size) + encodingsBefore(run.config, size),
    };
  });
  return { runs: await Promise.all(compared), differences: differencesOf(runs.map(({ config }) => config)) };
}

interface CountedDataset {
  readonly id: DatasetId;
  readonly itemCount: number;
  readonly relevanceCount: number;
}

function sizeOf({ datasetId, config }: Run, datasets: readonly CountedDataset[]): TrainingSize {
  const dataset = datasets.find(({ id }) => id === datasetId);
  const items = dataset?.itemCount ?? 0;
  return { items, pairs: config.positives === 'relevance' ? (dataset?.relevanceCount ?? 0) : items };
}

/** First, last, the best, and others between at equal distances. */
function keyPoints(evaluations: RunCurve['evaluations'], { metric }: TrainingConfig): CurvePoint[] {
  const points = evaluations.map(({ step, loss, metrics }) => ({ step, loss, quality: qualityOf(metrics, metric) }));
  const best = points.reduce((top, { quality }, i) => (quality > (points[top]?.quality ?? 0) ? i : top), 0);
  const stride = Math.max(1, (points.length - 1) / (MOST_POINTS - 2));
  const kept = new Set([best]);
  for (let at = 0; at <= points.length - 1; at += stride) kept.add(Math.round(at));
  if (points.length > 0) kept.add(points.length - 1);
  return points.filter((_, i) => kept.has(i));
}

function differencesOf(configs: readonly TrainingConfig[]): SettingDifference[] {
  const flat = configs.map((config) => new Map(settingsIn(config, [])));
  const names = new Set(flat.flatMap((settings) => [...settings.keys()]));
  return [...names]
    .map((setting) => ({ setting, values: flat.map((settings) => settings.get(setting) ?? null) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}

function* settingsIn(value: object, path: readonly string[]): Generator<[string, unknown]> {
  for (const [name, inner] of Object.entries(value)) {
    const own = [...path, name];
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) yield* settingsIn(inner, own);
    else yield [own.join('.'), inner];
  }
}
