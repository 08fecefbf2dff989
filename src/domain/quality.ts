/** Ranking quality on one split; every figure is a mean over its queries, from 0 to 1. */
export interface RetrievalMetrics {
  /** Queries counted, each with at least one relevant item. */
  readonly queries: number;
  /** Queries of the split left out because no item is relevant to them. */
  readonly queriesWithoutPositives: number;
  readonly corpus: number;
  readonly accuracyAt1: number;
  readonly recallAt: Readonly<Record<number, number>>;
  readonly mrrAt10: number;
  readonly ndcgAt10: number;
  readonly mapAt100: number;
  /** Share of queries whose 20 nearest items vote for their label; only where relevance is an equal label. */
  readonly knnAccuracy?: number;
  /** The same of the leading dimensions alone, by their number; only where a run trains them. */
  readonly prefixes?: Readonly<Record<number, RetrievalMetrics>>;
}

/** Figures of a ranking that a run can be judged by; each is better when it is higher. */
export const QUALITY_METRICS = [
  'ndcgAt10',
  'mrrAt10',
  'mapAt100',
  'accuracyAt1',
  'recallAt1',
  'recallAt5',
  'recallAt10',
  'recallAt50',
  'recallAt100',
  'knnAccuracy',
] as const;
export type QualityMetric = (typeof QUALITY_METRICS)[number];

export function qualityOf(metrics: RetrievalMetrics, metric: QualityMetric): number {
  switch (metric) {
    case 'ndcgAt10':
    case 'mrrAt10':
    case 'mapAt100':
    case 'accuracyAt1':
      return metrics[metric];
    case 'knnAccuracy':
      return metrics.knnAccuracy ?? 0;
    default:
      return metrics.recallAt[Number(metric.slice('recallAt'.length))] ?? 0;
  }
}

/**
 * The best evaluation against the one before training, query by query. The best one was chosen on the very queries it is compared
 * on, so it looks a little better than it is: a TEST split that is evaluated once does not.
 */
export interface Verdict {
  /** `same` when the interval holds zero. */
  readonly outcome: 'better' | 'same' | 'worse';
  readonly metric: QualityMetric;
  /** Means over the queries. */
  readonly baseline: number;
  readonly best: number;
  /** best - baseline, and its 95 % interval from a paired bootstrap over the queries. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly queries: number;
}
