import { QUALITY_METRICS, type QualityMetric, type RetrievalMetrics } from '../domain/quality.ts';
import type { Judgements } from './judgements.ts';

/** Cut-offs of `recallAt`. */
export const RECALL_CUTOFFS = [1, 5, 10, 50, 100] as const;
/** Ranks that the metrics look at: the deepest is MAP@100. */
export const RANKS_NEEDED = 100;

export interface Ranking {
  /** shape [Q, k]: item rows, best first; -1 where a query has fewer than k hits. */
  readonly ranked: Int32Array;
  readonly k: number;
  readonly judgements: Judgements;
  /** Number of items that were ranked. */
  readonly corpus: number;
}

export interface MeasuredRanking {
  readonly metrics: RetrievalMetrics;
  /** Each figure query by query, of those that have a relevant item, in their order. */
  readonly scores: Readonly<Record<QualityMetric, readonly number[]>>;
}

/**
 * Ranking quality, each figure a mean over the queries that have a relevant item; the others are counted apart. For one
 * query with hits h_1, h_2, ..., grades g(h) >= 0 and R relevant items (grade above zero):
 *
 * - accuracy@1: 1 when g(h_1) > 0.
 * - recall@k: |relevant in h_1..h_k| / R.
 * - MRR@10: 1 / rank of the first relevant hit within 10, else 0.
 * - nDCG@10 = DCG / ideal DCG, DCG = sum over i <= 10 of g(h_i) / log2(i + 1). The gain is linear, as in trec_eval's
 *   `ndcg_cut` and BEIR (Thakur et al. 2021); with grades of 0 and 1 the exponential gain 2^g - 1 is the same. Equation:
 *   Järvelin and Kekäläinen 2002.
 * - MAP@100: sum over relevant ranks i <= 100 of precision@i, divided by R, as trec_eval's `map_cut`.
 */
export function measureRanking({ ranked, k, judgements, corpus }: Ranking): MeasuredRanking {
  return measureHits({ ranked, k, corpus, queries: judgements.offsets.length - 1 }, (query) => {
    const grades = gradesOf(judgements, query);
    const gradeOf = (item: number) => grades.get(item) ?? 0;
    return { relevant: grades.size, gradeOf, idealDcg: () => idealDcg(grades.values()) };
  });
}

/** What is relevant to one query. */
export interface Truth {
  /** R; a query with 0 is counted apart. */
  readonly relevant: number;
  gradeOf(item: number): number;
  idealDcg(): number;
}

/** `measureRanking` for any way of knowing what is relevant. */
export function measureHits(
  { ranked, k, corpus, queries: total }: Omit<Ranking, 'judgements'> & { readonly queries: number },
  truthOf: (query: number) => Truth,
): MeasuredRanking {
  const scores = Object.fromEntries(QUALITY_METRICS.map((metric) => [metric, [] as number[]])) as Collected;
  for (let query = 0; query < total; query++) {
    const truth = truthOf(query);
    if (truth.relevant > 0) addQuery(scores, ranked.subarray(query * k, (query + 1) * k), truth);
  }
  const queries = scores.ndcgAt10.length;
  const mean = (metric: QualityMetric) =>
    queries === 0 ? 0 : scores[metric].reduce((sum, score) => sum + score, 0) / queries;
  const metrics = {
    queries,
    queriesWithoutPositives: total - queries,
    corpus,
    accuracyAt1: mean('accuracyAt1'),
    recallAt: Object.fromEntries(RECALL_CUTOFFS.map((cutoff) => [cutoff, mean(`recallAt${cutoff}`)])),
    mrrAt10: mean('mrrAt10'),
    ndcgAt10: mean('ndcgAt10'),
    mapAt100: mean('mapAt100'),
  };
  return { metrics, scores };
}

/** The means of `measureRanking` alone. */
export function retrievalMetrics(ranking: Ranking): RetrievalMetrics {
  return measureRanking(ranking).metrics;
}

/** Item row to grade, relevant items only. A pair judged twice has its higher grade. */
function gradesOf({ offsets, itemRows, grades }: Judgements, query: number): Map<number, number> {
  const relevant = new Map<number, number>();
  for (let i = offsets[query] as number; i < (offsets[query + 1] as number); i++) {
    const grade = grades[i] as number;
    const item = itemRows[i] as number;
    if (grade > (relevant.get(item) ?? 0)) relevant.set(item, grade);
  }
  return relevant;
}

type Collected = Readonly<Record<QualityMetric, number[]>>;

function addQuery(scores: Collected, hits: Int32Array, truth: Truth): void {
  let found = 0;
  let dcg = 0;
  let precisions = 0;
  let reciprocal = 0;
  let cutoffIndex = 0;
  for (let i = 0; i < RANKS_NEEDED; i++) {
    const grade = i < hits.length ? truth.gradeOf(hits[i] as number) : 0;
    if (grade > 0) {
      found++;
      if (found === 1 && i < 10) reciprocal = 1 / (i + 1);
      if (i < 10) dcg += grade / Math.log2(i + 2);
      precisions += found / (i + 1);
    }
    const cutoff = RECALL_CUTOFFS[cutoffIndex];
    if (i + 1 === cutoff) {
      scores[`recallAt${cutoff}`].push(found / truth.relevant);
      cutoffIndex++;
    }
  }
  scores.accuracyAt1.push(reciprocal === 1 ? 1 : 0);
  scores.mrrAt10.push(reciprocal);
  scores.ndcgAt10.push(dcg / truth.idealDcg());
  scores.mapAt100.push(precisions / truth.relevant);
}

function idealDcg(grades: Iterable<number>): number {
  const best = [...grades].sort((a, b) => b - a).slice(0, 10);
  return best.reduce((sum, grade, i) => sum + grade / Math.log2(i + 2), 0);
}
