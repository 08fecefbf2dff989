import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantiles, ReportBuilder } from '../../src/mining/report.ts';
import { RELATION, selectNegatives } from '../../src/mining/select.ts';
import { resolveMining, windowOf } from '../../src/mining/settings.ts';
import { createRandom } from '../../src/platform/random.ts';

test('the report counts fates, queries that got too few, quantiles and what slipped through', () => {
  const spec = resolveMining({ perQuery: 2, relativeMargin: 0.1 });
  const builder = new ReportBuilder(spec.perQuery);
  const add = (scores: number[], positiveScore: number, positive: number) => {
    const query = {
      rows: scores.map((_, i) => i),
      scores,
      positiveScore,
      paired: new Uint8Array(scores.length).fill(1),
      relations: Uint8Array.from(scores, (_, row) => (row === positive ? RELATION['best-positive'] : RELATION.none)),
    };
    builder.add(
      query,
      selectNegatives(query, spec, () => createRandom(1)),
    );
  };
  add([0.9, 0.85, 0.5, 0.4, 0.3], 0.9, 0);
  add([0.8, 0.79, 0.6], 0.8, 0);
  add([0.8, 0.79], 0.8, 0);
  builder.skip();
  const { fates, falseNegatives, ...report } = builder.report();
  assert.deepEqual(
    Object.entries(fates).filter(([, count]) => count > 0),
    [
      ['kept', 3],
      ['positive', 3],
      ['relative-margin', 3],
      ['not-chosen', 1],
    ],
  );
  assert.deepEqual(
    [report.queries, report.queriesWithoutPositives, report.queriesWithTooFew, report.queriesWithNone],
    [3, 1, 2, 1],
  );
  assert.equal(falseNegatives, null);
  assert.ok(Math.abs((report.meanRank ?? 0) - (3 + 4 + 3) / 3) < 1e-9);
  assert.deepEqual(
    report.negativeScores?.map((value) => Number(value.toFixed(4))),
    [0.4, 0.41, 0.45, 0.5, 0.55, 0.59, 0.6],
  );
  assert.deepEqual([report.positiveScores?.[0], report.positiveScores?.[6]], [0.8, 0.9]);
  assert.ok(Math.abs((report.differences?.[3] ?? 0) - 0.4) < 1e-9);
});

test('quantiles of nothing are nothing, and of one value all that value', () => {
  assert.equal(quantiles([]), null);
  assert.deepEqual(quantiles([3]), [3, 3, 3, 3, 3, 3, 3]);
});

test('a window that can not be filled is refused, naming window, items and remedy', () => {
  const refused = (input: object, items: number, message: RegExp) =>
    assert.throws(() => windowOf(resolveMining(input), items), { code: 'BAD_INPUT', message });
  refused({ rangeMax: 200 }, 150, /rangeMax is 200, but there are 150 items/);
  refused(
    { rangeMin: 96, rangeMax: 100 },
    1_000,
    /leaves 4 ranks \(96 < rank <= 100 of 1000 items\), fewer than the 5/,
  );
  refused({ rangeMin: 50 }, 40, /no rank/);
  refused({ perQuery: 5 }, 4, /fewer than the 5/);
  assert.equal(windowOf(resolveMining(), 1_000), 100);
  assert.equal(windowOf(resolveMining(), 60), 60);
  assert.equal(windowOf(resolveMining({ rangeMin: 100 }), 1_000), 105);
});

test('settings out of bounds are refused by name, and null takes a bound off', () => {
  const refused = (input: object, message: RegExp) =>
    assert.throws(() => resolveMining(input), { code: 'BAD_INPUT', message });
  refused({ perQuery: 0 }, /perQuery must be a whole number from 1 to 100 \(default 5\), got 0/);
  refused({ relativeMargin: 1.5 }, /relativeMargin .* from 0 to 1 .*got 1.5/);
  refused({ strategy: 'best' }, /strategy must be one of top, random, spread/);
  refused({ minScore: 0.5, maxScore: 0.4 }, /minScore is 0.5, above maxScore 0.4/);
  assert.equal(resolveMining({ relativeMargin: null }).relativeMargin, null);
  assert.equal(resolveMining({ perQuery: null }).perQuery, 5);
});
