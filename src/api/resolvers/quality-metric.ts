import type { QualityMetric as DomainMetric } from '../../domain/quality.ts';
import type { QualityMetric } from '../generated/resolvers.ts';

/** `ndcgAt10` in the domain, `NDCG_AT_10` as an enum. */
export const qualityMetrics: Readonly<Record<DomainMetric, QualityMetric>> = {
  ndcgAt10: 'NDCG_AT_10',
  mrrAt10: 'MRR_AT_10',
  mapAt100: 'MAP_AT_100',
  accuracyAt1: 'ACCURACY_AT_1',
  recallAt1: 'RECALL_AT_1',
  recallAt5: 'RECALL_AT_5',
  recallAt10: 'RECALL_AT_10',
  recallAt50: 'RECALL_AT_50',
  recallAt100: 'RECALL_AT_100',
  knnAccuracy: 'KNN_ACCURACY',
};

const domainMetrics = new Map(Object.entries(qualityMetrics).map(([name, metric]) => [metric, name as DomainMetric]));

export function toDomainMetric(metric: QualityMetric): DomainMetric {
  return domainMetrics.get(metric) as DomainMetric;
}
