import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CANDIDATE_FATES, type MiningSpec } from '../../src/domain/mining.ts';
import { type MinedQuery, RELATION, type Relation, selectNegatives } from '../../src/mining/select.ts';
import { resolveMining } from '../../src/mining/settings.ts';
import { createRandom } from '../../src/platform/random.ts';
import { naiveFates } from './naive.ts';

const RELATIONS: readonly Relation[] = [
  'none',
  'none',
  'none',
  'best-positive',
  'other-positive',
  'equal-text',
  'equal-label',
  'marked',
  'self',
];
const candidate = fc.record({
  // Steps of a hundredth, so that scores meet bounds exactly.
  score: fc.integer({ min: -100, max: 100 }).map((n) => n / 100),
  judge: fc.integer({ min: -100, max: 100 }).map((n) => n / 100),
  relation: fc.constantFrom(...RELATIONS),
});
const hundredths = (min: number) => fc.integer({ min, max: 100 }).map((n) => n / 100);
const optional = (min: number) => fc.option(hundredths(min), { nil: null });
const specs = fc.record({
  rangeMin: fc.integer({ min: 0, max: 12 }),
  corpus: fc.constantFrom('all', 'paired'),
  maxScore: optional(-100),
  minScore: optional(-100),
  absoluteMargin: optional(0),
  relativeMargin: optional(0),
  perQuery: fc.integer({ min: 1, max: 8 }),
  strategy: fc.constantFrom('top', 'random', 'spread'),
  excludeEqualLabels: fc.boolean(),
  judgeMargin: hundredths(0),
}) as fc.Arbitrary<Omit<MiningSpec, 'rangeMax' | 'seed'>>;

function queryOf(
  candidates: readonly { score: number; judge?: number; relation?: Relation }[],
  positiveScore: number,
  judgeOfPositive?: number,
): MinedQuery {
  return {
    rows: candidates.map((_, i) => 100 + i),
    scores: Float32Array.from(candidates, ({ score }) => score),
    positiveScore,
    paired: Uint8Array.from(candidates, (_, i) => ((100 + i) % 3 === 0 ? 0 : 1)),
    relations: Uint8Array.from(candidates, ({ relation = 'none' }) => RELATION[relation]),
    ...(judgeOfPositive === undefined
      ? {}
      : {
          judged: { scores: Float32Array.from(candidates, ({ judge }) => judge ?? 0), positiveScore: judgeOfPositive },
        }),
  };
}

const fatesOf = (query: MinedQuery, spec: MiningSpec, seed = 1) =>
  Array.from(selectNegatives(query, spec, () => createRandom(seed)).fates, (code) => CANDIDATE_FATES[code]);

test('the filters drop what a naive implementation drops, and name the same reason', () => {
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 40 }),
      specs,
      hundredths(-100),
      fc.option(hundredths(-100), { nil: undefined }),
      (candidates, given, positiveScore, judge) => {
        const spec: MiningSpec = { ...given, rangeMax: null, seed: 1 };
        const sorted = candidates.toSorted((a, b) => b.score - a.score);
        const query = queryOf(sorted, positiveScore, judge);
        const found = fatesOf(query, spec);
        const expected = naiveFates(query, spec);
        if (spec.strategy !== 'random') return assert.deepEqual(found, expected);
        // Which ones a random choice takes is free; how many, and of which, is not.
        const left = expected.flatMap((fate, i) => (fate === 'kept' ? [i] : []));
        const kept = found.flatMap((fate, i) => (fate === 'kept' ? [i] : []));
        assert.equal(kept.length, Math.min(spec.perQuery, left.length));
        assert.ok(kept.every((i) => left.includes(i)));
        assert.deepEqual(
          found.map((fate) => (fate === 'not-chosen' ? 'kept' : fate)),
          expected,
        );
      },
    ),
    { numRuns: 3_000, seed: 7 },
  );
});

/** Nothing is dropped by this but by the one setting that a test adds. */
const open = resolveMining({ corpus: 'all', relativeMargin: null, perQuery: 100 });
const five = [0.9, 0.8, 0.7, 0.6, 0.5].map((score) => ({ score }));
const kept = (query: MinedQuery, spec: MiningSpec) =>
  fatesOf(query, spec).flatMap((fate, i) => (fate === 'kept' ? [i + 1] : []));

const alone: readonly [string, Partial<MiningSpec>, MinedQuery, readonly number[]][] = [
  ['rangeMin passes over the first ranks', { rangeMin: 2 }, queryOf(five, 1), [3, 4, 5]],
  ['corpus paired leaves out what no query is trained towards', { corpus: 'paired' }, queryOf(five, 1), [1, 2, 4, 5]],
  ['maxScore is a ceiling, itself allowed', { maxScore: 0.7 }, queryOf(five, 1), [3, 4, 5]],
  ['minScore is a floor, itself allowed', { minScore: 0.7 }, queryOf(five, 1), [1, 2, 3]],
  ['absoluteMargin counts from the positive', { absoluteMargin: 0.2 }, queryOf(five, 0.9), [3, 4, 5]],
  ['relativeMargin is a share of the positive', { relativeMargin: 0.25 }, queryOf(five, 0.8), [4, 5]],
  [
    'relativeMargin goes down from a positive below zero too',
    { relativeMargin: 0.5 },
    queryOf([{ score: -0.3 }, { score: -0.6 }, { score: -0.7 }], -0.4),
    [2, 3],
  ],
  ['perQuery ends the choice', { perQuery: 2 }, queryOf(five, 1), [1, 2]],
  ['strategy spread reaches the last rank', { perQuery: 3, strategy: 'spread' }, queryOf(five, 1), [1, 3, 5]],
  [
    'excludeEqualLabels leaves out what has the label of a positive',
    { excludeEqualLabels: true },
    queryOf([{ score: 0.9, relation: 'equal-label' }, { score: 0.8 }], 1),
    [2],
  ],
  [
    'without excludeEqualLabels they are negatives like others',
    { excludeEqualLabels: false },
    queryOf([{ score: 0.9, relation: 'equal-label' }, { score: 0.8 }], 1),
    [1, 2],
  ],
  [
    'judgeMargin drops what the judge finds nearly as near as the positive',
    { judgeMargin: 0.2 },
    queryOf(
      [
        { score: 0.9, judge: 0.7 },
        { score: 0.8, judge: 0.5 },
      ],
      1,
      0.8,
    ),
    [2],
  ],
];
for (const [name, setting, query, expected] of alone) {
  test(name, () => {
    assert.deepEqual(kept(query, { ...open, ...setting }), expected);
    assert.notDeepEqual(
      kept(query, { ...open, excludeEqualLabels: !setting.excludeEqualLabels, judgeMargin: -5 }),
      expected,
      'it decides nothing here',
    );
  });
}

test('random choices follow the seed and reach every rank', () => {
  const spec = { ...open, perQuery: 2, strategy: 'random' } as const;
  const query = queryOf(five, 1);
  assert.deepEqual(fatesOf(query, spec, 3), fatesOf(query, spec, 3));
  const reached = new Set(
    Array.from({ length: 60 }, (_, seed) => kept(queryOf(five, 1), spec) && fatesOf(query, spec, seed).indexOf('kept')),
  );
  assert.ok(reached.size >= 4, [...reached].join());
});

test('known positives, equal texts, marked items and the query itself are never negatives, whatever their score', () => {
  for (const relation of ['best-positive', 'other-positive', 'equal-text', 'marked', 'self'] as const) {
    assert.deepEqual(kept(queryOf([{ score: 0.1, relation }, { score: 0.05 }], 1), open), [2], relation);
  }
});

test('a relevant item that the filters would have let through counts as a false negative that passed', () => {
  const query = queryOf(
    [
      { score: 0.85, relation: 'best-positive' },
      { score: 0.84, relation: 'other-positive' },
      { score: 0.4, relation: 'other-positive' },
      { score: 0.3, relation: 'equal-label' },
      { score: 0.2 },
    ],
    0.85,
  );
  const { tested, passed } = selectNegatives(query, { ...open, relativeMargin: 0.05 }, () => createRandom(1));
  assert.deepEqual([tested, passed], [3, 2]);
});
