/** What a mining of hard negatives is asked to do, and what it tells. */

/**
 * `all`: every item. `paired`: those that some query is trained towards. An item that only ever appears as a negative is pushed away
 * from every query it resembles, also from those that nobody has asked yet and that it answers.
 */
export const MINING_CORPORA = ['paired', 'all'] as const;
export type MiningCorpus = (typeof MINING_CORPORA)[number];

export const MINING_STRATEGIES = ['top', 'random', 'spread'] as const;
export type MiningStrategy = (typeof MINING_STRATEGIES)[number];

/** Bounds of the numbers below, with their defaults, in `mining/settings.ts`. */
export interface MiningSpec {
  /** The nearest so many are passed over: they are the likeliest to be false negatives. */
  readonly rangeMin: number;
  /** Ranks looked at, counted from 1 over everything that retrieval gives, known positives included. null: 100, or all items where there are fewer. */
  readonly rangeMax: number | null;
  /** A negative scores at most this. */
  readonly maxScore: number | null;
  /** A negative scores at least this: lower ones are easy, and teach little. */
  readonly minScore: number | null;
  /** A negative scores at most the positive's score minus this. */
  readonly absoluteMargin: number | null;
  /**
   * A negative scores at most the positive's score s minus this share of |s|. 0.05 is TopK-PercPos of 95 % (NV-Retriever,
   * 2407.15831, section 3.2). null: no such bound.
   */
  readonly relativeMargin: number | null;
  /** Which items may become negatives. */
  readonly corpus: MiningCorpus;
  /** Negatives wanted of each query. */
  readonly perQuery: number;
  /** Which of those left are taken: the best ranks, random ones, or ranks spread evenly from first to last. */
  readonly strategy: MiningStrategy;
  /** Leave out items that have the label of one of the query's positives. */
  readonly excludeEqualLabels: boolean;
  /** With a judge: a negative scores at most the positive's score minus this, both by the judge. */
  readonly judgeMargin: number;
  /** Of random choices. */
  readonly seed: number;
}

/** What became of a candidate: kept, or the first filter of this order that dropped it. */
export const CANDIDATE_FATES = [
  'kept',
  'positive',
  'equal-text',
  'equal-label',
  'marked',
  'unpaired',
  'range-min',
  'max-score',
  'min-score',
  'absolute-margin',
  'relative-margin',
  'judge',
  'not-chosen',
] as const;
export type CandidateFate = (typeof CANDIDATE_FATES)[number];

/** The 0, 5, 25, 50, 75, 95 and 100 % quantiles. */
export type Quantiles = readonly [number, number, number, number, number, number, number];

export interface MiningReport {
  readonly queries: number;
  /** Queries without a known positive, which are passed over. */
  readonly queriesWithoutPositives: number;
  /** Queries that got fewer than `perQuery`, and those of them that got none. */
  readonly queriesWithTooFew: number;
  readonly queriesWithNone: number;
  /** Candidates by what became of them. */
  readonly fates: Readonly<Record<CandidateFate, number>>;
  /** Over the kept negatives: the positive's score, the negative's, and the first minus the second. null without any. */
  readonly positiveScores: Quantiles | null;
  readonly negativeScores: Quantiles | null;
  readonly differences: Quantiles | null;
  /**
   * Items known to be relevant that the filters would have let through as negatives, had nobody known: further positives of a query
   * held out in turn, and items of an equal label. An estimate of how many of the unknown ones pass. null where none was in a window.
   */
  readonly falseNegatives: { readonly tested: number; readonly passed: number; readonly rate: number } | null;
  /** Mean rank of the kept negatives, from 1; null without any. */
  readonly meanRank: number | null;
}
