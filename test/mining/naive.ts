import type { CandidateFate, MiningSpec } from '../../src/domain/mining.ts';
import { type MinedQuery, RELATIONS } from '../../src/mining/select.ts';

const SLACK = 1e-6;

/**
 * The filters as a specification would put them: each one a set of its own over all candidates, the fate of a candidate the first
 * set in the order of names that holds it. Shares no code with the real one; slow.
 */
export function naiveFates(query: MinedQuery, spec: MiningSpec): CandidateFate[] {
  const all = Array.from(query.rows, (_, i) => ({
    i,
    rank: i + 1,
    relation: RELATIONS[query.relations[i] as number] as string,
    score: query.scores[i] as number,
    judge: query.judged?.scores[i] as number,
  }));
  const best = query.positiveScore;
  const drops: [CandidateFate, (candidate: (typeof all)[number]) => boolean][] = [
    ['positive', ({ relation }) => ['self', 'best-positive', 'other-positive'].includes(relation)],
    ['equal-text', ({ relation }) => relation === 'equal-text'],
    ['equal-label', ({ relation }) => spec.excludeEqualLabels && relation === 'equal-label'],
    ['marked', ({ relation }) => relation === 'marked'],
    ['unpaired', ({ i }) => spec.corpus === 'paired' && query.paired[i] === 0],
    ['range-min', ({ rank }) => rank <= spec.rangeMin],
    ['max-score', ({ score }) => spec.maxScore !== null && score - spec.maxScore > SLACK],
    ['min-score', ({ score }) => spec.minScore !== null && spec.minScore - score > SLACK],
    ['absolute-margin', ({ score }) => spec.absoluteMargin !== null && score + spec.absoluteMargin - best > SLACK],
    [
      'relative-margin',
      ({ score }) => spec.relativeMargin !== null && score + spec.relativeMargin * Math.abs(best) - best > SLACK,
    ],
    [
      'judge',
      ({ judge }) => query.judged !== undefined && judge + spec.judgeMargin - query.judged.positiveScore > SLACK,
    ],
  ];
  const fates = all.map((candidate) => drops.find(([, holds]) => holds(candidate))?.[0] ?? 'kept');
  const left = all.filter(({ i }) => fates[i] === 'kept').map(({ i }) => i);
  if (left.length > spec.perQuery && spec.strategy === 'top') {
    for (const i of left.slice(spec.perQuery)) fates[i] = 'not-chosen';
  }
  if (left.length > spec.perQuery && spec.strategy === 'spread') {
    const last = left.length - 1;
    const taken = new Set<number>();
    for (let n = 0; n < spec.perQuery; n++) {
      taken.add(left[spec.perQuery === 1 ? 0 : Math.round((n * last) / (spec.perQuery - 1))] as number);
    }
    for (const i of left) if (!taken.has(i)) fates[i] = 'not-chosen';
  }
  return fates;
}
