import { CANDIDATE_FATES, type CandidateFate, type MiningSpec } from '../domain/mining.ts';

/**
 * How a candidate is known to a query, the first that holds. `best-positive` is the positive that margins are counted from,
 * `other-positive` any other. `marked`: somebody has said that it is a false negative. `self`: the query itself, where queries are items.
 */
export const RELATIONS = [
  'none',
  'self',
  'best-positive',
  'other-positive',
  'equal-text',
  'marked',
  'equal-label',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** One query with what retrieval gives for it: columns by rank, no object for a candidate. */
export interface MinedQuery {
  /** Item rows, best first: position i has rank i + 1. No row twice. */
  readonly rows: ArrayLike<number>;
  /** Their scores, higher is nearer. */
  readonly scores: ArrayLike<number>;
  /** Their numbers in `RELATIONS`. */
  readonly relations: Uint8Array;
  /** Score of the query's positive that scores best; what margins are counted from. */
  readonly positiveScore: number;
  /** 1 where some query is trained towards the item. */
  readonly paired: Uint8Array;
  /** Scores of the same rows by a second encoder, and of the query's best positive; absent without a judge. */
  readonly judged?: { readonly scores: ArrayLike<number>; readonly positiveScore: number };
}

export interface Selection {
  /** Number in `CANDIDATE_FATES` by position. */
  readonly fates: Uint8Array;
  /** Known relevant items in the window, and those of them that every filter of score would have let through. */
  readonly tested: number;
  readonly passed: number;
}

interface Draws {
  int(below: number): number;
}

const numbersOf = <Name extends string>(names: readonly Name[]) =>
  Object.freeze(Object.fromEntries(names.map((name, number) => [name, number]))) as Readonly<Record<Name, number>>;
/** Number of a fate in `CANDIDATE_FATES`, of a relation in `RELATIONS`. */
export const FATE = numbersOf<CandidateFate>(CANDIDATE_FATES);
export const RELATION = numbersOf<Relation>(RELATIONS);

// Constants: the loops below go over a hundred candidates a query.
const { kept: KEPT, unpaired: UNPAIRED, judge: JUDGE, 'not-chosen': NOT_CHOSEN } = FATE;
const { 'range-min': RANGE_MIN, 'max-score': MAX_SCORE, 'min-score': MIN_SCORE } = FATE;
const { 'absolute-margin': ABSOLUTE_MARGIN, 'relative-margin': RELATIVE_MARGIN } = FATE;
const { none: NONE, 'other-positive': OTHER_POSITIVE, 'equal-label': EQUAL_LABEL } = RELATION;
/** What drops a candidate of each relation, by number. */
const KNOWN: readonly number[] = RELATIONS.map((relation) => {
  if (relation === 'none') return KEPT;
  return relation === 'equal-text' || relation === 'equal-label' || relation === 'marked'
    ? FATE[relation]
    : FATE.positive;
});

/** Scores are float32, and the positive's was added up in another order: what is equal to a bound must not fall to rounding. */
const SLACK = 1e-6;

/**
 * Says of every candidate of one query whether it is kept, or what drops it. Which filters there are and in what order they are
 * named: `CANDIDATE_FATES`; they are independent of each other, so the order decides only which one is named.
 * @param random gives draws for the strategy `random`, when they are wanted
 * @param fates where to say it, as long as `rows`
 */
export function selectNegatives(
  query: MinedQuery,
  spec: MiningSpec,
  random: () => Draws,
  fates: Uint8Array = new Uint8Array(query.rows.length),
): Selection {
  const { scores, relations, paired, positiveScore, judged } = query;
  const { rangeMin, absoluteMargin, relativeMargin, excludeEqualLabels } = spec;
  const all = spec.corpus === 'all';
  const highest = (spec.maxScore ?? Number.POSITIVE_INFINITY) + SLACK;
  const lowest = (spec.minScore ?? Number.NEGATIVE_INFINITY) - SLACK;
  const margin = (share: number | null) => (share === null ? Number.POSITIVE_INFINITY : positiveScore - share + SLACK);
  const absolute = margin(absoluteMargin);
  const relative = margin(relativeMargin === null ? null : relativeMargin * Math.abs(positiveScore));
  const judge = judged === undefined ? null : judged.scores;
  const byJudge = judged === undefined ? 0 : judged.positiveScore - spec.judgeMargin + SLACK;
  const left: number[] = [];
  let tested = 0;
  let passed = 0;
  for (let i = 0; i < fates.length; i++) {
    const score = scores[i] as number;
    const relation = relations[i] as number;
    // What the window and the scores say, whatever is known of the candidate.
    let fate = KEPT;
    if (i < rangeMin) fate = RANGE_MIN;
    else if (score > highest) fate = MAX_SCORE;
    else if (score < lowest) fate = MIN_SCORE;
    else if (score > absolute) fate = ABSOLUTE_MARGIN;
    else if (score > relative) fate = RELATIVE_MARGIN;
    else if (judge !== null && (judge[i] as number) > byJudge) fate = JUDGE;
    if ((relation === OTHER_POSITIVE || relation === EQUAL_LABEL) && i >= rangeMin) {
      tested += 1;
      if (fate === KEPT) passed += 1;
    }
    if (relation !== NONE && (excludeEqualLabels || relation !== EQUAL_LABEL)) fate = KNOWN[relation] as number;
    else if (!all && paired[i] === 0) fate = UNPAIRED;
    fates[i] = fate;
    if (fate === KEPT) left.push(i);
  }
  if (left.length > spec.perQuery) {
    for (const i of left) fates[i] = NOT_CHOSEN;
    for (const i of choose(left, spec, random)) fates[i] = KEPT;
  }
  return { fates, tested, passed };
}

/** @param left more positions than `perQuery`, ascending @returns as many of them */
function choose(left: readonly number[], { perQuery, strategy }: MiningSpec, random: () => Draws): number[] {
  switch (strategy) {
    case 'top':
      return left.slice(0, perQuery);
    case 'random':
      return draw(left, perQuery, random());
    case 'spread':
      // From the first to the last, both among them; one alone is the first.
      return Array.from({ length: perQuery }, (_, n) => {
        const at = perQuery === 1 ? 0 : Math.round((n * (left.length - 1)) / (perQuery - 1));
        return left[at] as number;
      });
  }
}

/** The beginning of a Fisher-Yates shuffle. */
function draw(from: readonly number[], count: number, random: Draws): number[] {
  const pool = [...from];
  for (let n = 0; n < count; n++) {
    const at = n + random.int(pool.length - n);
    [pool[n], pool[at]] = [pool[at] as number, pool[n] as number];
  }
  return pool.slice(0, count);
}
