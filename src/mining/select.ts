import { CANDIDATE_FATES, type CandidateFate, type MiningSpec } from '../domain/mining.ts';

/** One query with what retrieval gives for it. */
export interface MinedQuery {
  /** Item rows, best first: position i has rank i + 1. No row twice. */
  readonly rows: ArrayLike<number>;
  /** Their scores, higher is nearer. */
  readonly scores: ArrayLike<number>;
  /** Score of the query's positive that scores best; what margins are counted from. */
  readonly positiveScore: number;
  /** The known relation of a candidate to the query. */
  relation(row: number): Relation;
  /** Whether some query is trained towards the item. */
  isPaired(row: number): boolean;
  /** Scores of the same rows by a second encoder, and of the query's best positive; absent without a judge. */
  readonly judged?: { readonly scores: ArrayLike<number>; readonly positiveScore: number };
}

/**
 * `best-positive` is the positive that margins are counted from, `other-positive` any other. `marked`: somebody has said that it is
 * a false negative. `self`: the query itself, where queries are items.
 */
export type Relation = 'none' | 'best-positive' | 'other-positive' | 'equal-text' | 'equal-label' | 'marked' | 'self';

export interface Selection {
  /** Code of `CANDIDATE_FATES` by position. */
  readonly fates: Uint8Array;
  /** Known relevant items in the window, and those of them that every filter of score would have let through. */
  readonly tested: number;
  readonly passed: number;
}

/** Number of a fate in `CANDIDATE_FATES`. */
export const FATE = Object.freeze(Object.fromEntries(CANDIDATE_FATES.map((fate, code) => [fate, code]))) as Readonly<
  Record<CandidateFate, number>
>;

const KNOWN: Readonly<Record<Exclude<Relation, 'none'>, CandidateFate>> = {
  self: 'positive',
  'best-positive': 'positive',
  'other-positive': 'positive',
  'equal-text': 'equal-text',
  'equal-label': 'equal-label',
  marked: 'marked',
};

/** Scores are float32, and the positive's was added up in another order: what is equal to a bound must not fall to rounding. */
export const SLACK = 1e-6;

/**
 * Says of every candidate of one query whether it is kept, or what drops it. Which filters there are and in what order they are
 * named: `CANDIDATE_FATES`; they are independent of each other, so the order decides only which one is named.
 * @param random draws for the strategy `random`
 */
export function selectNegatives(
  query: MinedQuery,
  spec: MiningSpec,
  random: { int(below: number): number },
): Selection {
  const { rows } = query;
  const fates = new Uint8Array(rows.length);
  const left: number[] = [];
  let tested = 0;
  let passed = 0;
  for (let i = 0; i < rows.length; i++) {
    const relation = query.relation(rows[i] as number);
    const known = relation === 'none' || (relation === 'equal-label' && !spec.excludeEqualLabels);
    const byScore = scoreFate(query, i, spec);
    const reachable = spec.corpus === 'all' || query.isPaired(rows[i] as number);
    if ((relation === 'other-positive' || relation === 'equal-label') && i >= spec.rangeMin) {
      tested += 1;
      if (byScore === 'kept') passed += 1;
    }
    fates[i] = FATE[known ? (reachable ? byScore : 'unpaired') : KNOWN[relation as Exclude<Relation, 'none'>]];
    if (fates[i] === FATE.kept) left.push(i);
  }
  const chosen = new Set(choose(left, spec, random));
  for (const i of left) if (!chosen.has(i)) fates[i] = FATE['not-chosen'];
  return { fates, tested, passed };
}

/** What the window and the scores say of candidate i, whatever is known of it. */
function scoreFate({ scores, positiveScore, judged }: MinedQuery, i: number, spec: MiningSpec): CandidateFate {
  const score = scores[i] as number;
  const { rangeMin, maxScore, minScore, absoluteMargin, relativeMargin, judgeMargin } = spec;
  if (i < rangeMin) return 'range-min';
  if (maxScore !== null && score > maxScore + SLACK) return 'max-score';
  if (minScore !== null && score < minScore - SLACK) return 'min-score';
  if (absoluteMargin !== null && score > positiveScore - absoluteMargin + SLACK) return 'absolute-margin';
  if (relativeMargin !== null && score > positiveScore - relativeMargin * Math.abs(positiveScore) + SLACK) {
    return 'relative-margin';
  }
  if (judged !== undefined && (judged.scores[i] as number) > judged.positiveScore - judgeMargin + SLACK) return 'judge';
  return 'kept';
}

/** @param left positions, ascending @returns at most `perQuery` of them */
function choose(
  left: readonly number[],
  { perQuery, strategy }: MiningSpec,
  random: { int(below: number): number },
): number[] {
  if (left.length <= perQuery) return [...left];
  switch (strategy) {
    case 'top':
      return left.slice(0, perQuery);
    case 'random':
      return draw(left, perQuery, random);
    case 'spread':
      // From the first to the last, both among them; one alone is the first.
      return Array.from({ length: perQuery }, (_, n) => {
        const at = perQuery === 1 ? 0 : Math.round((n * (left.length - 1)) / (perQuery - 1));
        return left[at] as number;
      });
  }
}

/** The beginning of a Fisher-Yates shuffle. */
function draw(from: readonly number[], count: number, random: { int(below: number): number }): number[] {
  const pool = [...from];
  for (let n = 0; n < count; n++) {
    const at = n + random.int(pool.length - n);
    [pool[n], pool[at]] = [pool[at] as number, pool[n] as number];
  }
  return pool.slice(0, count);
}
