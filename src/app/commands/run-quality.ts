import { QUALITY_METRICS, type QualityMetric } from '../../domain/quality.ts';
import type { FollowedMetrics } from '../client/operations.ts';
import { digits } from '../terminal/output.ts';
import { asEnum } from './options.ts';

/** Metrics as people write them. */
const NAMES: Readonly<Record<QualityMetric, string>> = {
  ndcgAt10: 'nDCG@10',
  mrrAt10: 'MRR@10',
  mapAt100: 'MAP@100',
  accuracyAt1: 'accuracy@1',
  recallAt1: 'recall@1',
  recallAt5: 'recall@5',
  recallAt10: 'recall@10',
  recallAt50: 'recall@50',
  recallAt100: 'recall@100',
  knnAccuracy: 'kNN accuracy',
};
const BY_ENUM = new Map(QUALITY_METRICS.map((metric) => [asEnum(metric), metric]));

/** @param name of a metric, as the API has it: `KNN_ACCURACY` */
export function metricNamed(name: string): { readonly name: string; of(metrics: FollowedMetrics | null): string } {
  const metric = BY_ENUM.get(name) ?? 'ndcgAt10';
  return { name: NAMES[metric], of: (metrics) => digits(metrics?.[metric]) };
}
