import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupJudgements } from '../../src/evaluation/judgements.ts';
import { RECALL_CUTOFFS, retrievalMetrics } from '../../src/evaluation/metrics.ts';

function near(actual: number | undefined, expected: number, what: string) {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-12, `${what}: ${actual} is not ${expected}`);
}

test('gives the figures worked out by hand for two graded queries', () => {
  // Query 0: items 1 (grade 3), 2 (grade 2), 3 (grade 1) and 9 (grade 2) are relevant; it finds 1 at rank 2, 9 at rank 3, 3 at rank 6.
  // Query 1: only item 4 is relevant, found at rank 1. Query 2 has a judgement of grade 0 only, and query 3 none.
  const judgements = groupJudgements(4, [1, 0, 0, 2, 0, 0], [4, 1, 2, 7, 3, 9], [1, 3, 2, 0, 1, 2]);
  const ranked = Int32Array.from(
    [
      [8, 1, 9, 6, 5, 3, 7],
      [4, 0, 1, 2, 3, 5, 6],
      [7, 0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4, 5, 6],
    ].flat(),
  );
  const metrics = retrievalMetrics({ ranked, k: 7, judgements, corpus: 10 });
  assert.equal(metrics.queries, 2);
  assert.equal(metrics.queriesWithoutPositives, 2);
  assert.equal(metrics.corpus, 10);
  near(metrics.accuracyAt1, (0 + 1) / 2, 'accuracy@1');
  near(metrics.mrrAt10, (1 / 2 + 1) / 2, 'MRR@10');
  near(metrics.recallAt[1], (0 + 1) / 2, 'recall@1');
  near(metrics.recallAt[5], (2 / 4 + 1) / 2, 'recall@5');
  near(metrics.recallAt[10], (3 / 4 + 1) / 2, 'recall@10');
  // log2 of 2, 3, 4, 5, 7 written out as numbers, so that the formula is not checked against itself.
  const dcg = 3 / 1.584962500721156 + 2 / 2 + 1 / 2.807354922057604;
  const ideal = 3 / 1 + 2 / 1.584962500721156 + 2 / 2 + 1 / 2.321928094887362;
  near(metrics.ndcgAt10, (dcg / ideal + 1) / 2, 'nDCG@10');
  near(metrics.mapAt100, ((1 / 2 + 2 / 3 + 3 / 6) / 4 + 1) / 2, 'MAP@100');
});

test('equals a naive twin on random rankings and grades', () => {
  const scenario = fc
    .record({ items: fc.integer({ min: 1, max: 150 }), queries: fc.integer({ min: 1, max: 5 }) })
    .chain(({ items, queries }) =>
      fc.record({
        items: fc.constant(items),
        rankings: fc.array(fc.shuffledSubarray([...Array(items).keys()]), { minLength: queries, maxLength: queries }),
        judged: fc.uniqueArray(fc.tuple(fc.nat(queries - 1), fc.nat(items - 1), fc.integer({ min: 0, max: 3 })), {
          selector: ([query, item]) => query * items + item,
          maxLength: 60,
        }),
      }),
    );
  fc.assert(
    fc.property(scenario, ({ items, rankings, judged }) => {
      const k = Math.min(100, items);
      const ranked = new Int32Array(rankings.length * k).fill(-1);
      for (const [q, hits] of rankings.entries()) ranked.set(hits.slice(0, k), q * k);
      const [queryRows, itemRows, grades] = [0, 1, 2].map((i) => judged.map((row) => row[i] as number)) as [
        number[],
        number[],
        number[],
      ];
      const judgements = groupJudgements(rankings.length, queryRows, itemRows, grades);
      const metrics = retrievalMetrics({ ranked, k, judgements, corpus: items });
      const naive = naiveMetrics(
        rankings.map((hits) => hits.slice(0, k)),
        judged,
      );
      assert.equal(metrics.queries, naive.queries);
      assert.equal(metrics.queriesWithoutPositives, rankings.length - naive.queries);
      near(metrics.ndcgAt10, naive.ndcg, 'nDCG@10');
      near(metrics.mrrAt10, naive.mrr, 'MRR@10');
      near(metrics.mapAt100, naive.map, 'MAP@100');
      near(metrics.accuracyAt1, naive.recall(1, true), 'accuracy@1');
      for (const cutoff of RECALL_CUTOFFS)
        near(metrics.recallAt[cutoff], naive.recall(cutoff, false), `recall@${cutoff}`);
    }),
    { numRuns: 200 },
  );
});

/** The definitions read literally, rank by rank, with no shared code. */
function naiveMetrics(rankings: number[][], judged: [number, number, number][]) {
  const perQuery = rankings.flatMap((hits, query) => {
    const grade = (item: number) => judged.find(([q, i]) => q === query && i === item)?.[2] ?? 0;
    const all = judged.filter(([q, , g]) => q === query && g > 0).map(([, , g]) => g);
    return all.length === 0 ? [] : [{ gains: hits.map(grade), ideal: all.sort((a, b) => b - a) }];
  });
  const mean = (of: (query: { gains: number[]; ideal: number[] }) => number) =>
    perQuery.length === 0 ? 0 : perQuery.map(of).reduce((a, b) => a + b, 0) / perQuery.length;
  const dcg = (gains: number[]) =>
    gains.slice(0, 10).reduce((sum, gain, i) => sum + (gain * Math.LN2) / Math.log(i + 2), 0);
  const found = (gains: number[], k: number) => gains.slice(0, k).filter((gain) => gain > 0).length;
  return {
    queries: perQuery.length,
    ndcg: mean(({ gains, ideal }) => dcg(gains) / dcg(ideal)),
    mrr: mean(({ gains }) => {
      const rank = gains.slice(0, 10).findIndex((gain) => gain > 0);
      return rank < 0 ? 0 : 1 / (rank + 1);
    }),
    map: mean(
      ({ gains, ideal }) =>
        gains.reduce((sum, gain, i) => sum + (gain > 0 ? found(gains, i + 1) / (i + 1) : 0), 0) / ideal.length,
    ),
    recall: (k: number, atLeastOne: boolean) =>
      mean(({ gains, ideal }) => (atLeastOne ? Math.min(1, found(gains, k)) : found(gains, k) / ideal.length)),
  };
}
