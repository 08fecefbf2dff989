import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupJudgements } from '../../src/evaluation/judgements.ts';
import { measureLabels, voteOf } from '../../src/evaluation/knn.ts';
import { measureRanking } from '../../src/evaluation/metrics.ts';
import { createRandom } from '../../src/platform/random.ts';

test('counts votes, the nearest label winning a tie, items without a label having none', () => {
  const labels = Int32Array.of(0, 1, 1, 0, 2, -1);
  assert.equal(voteOf(Int32Array.of(0, 1, 2), labels), 1);
  assert.equal(voteOf(Int32Array.of(0, 1, 2, 3), labels), 0);
  assert.equal(voteOf(Int32Array.of(1, 0, 2, 3), labels), 1);
  assert.equal(voteOf(Int32Array.of(5, 4, -1), labels), 2);
  assert.equal(voteOf(Int32Array.of(5, -1), labels), -1);
});

test('equals judgements that name every item of the label, query by query', () => {
  const random = createRandom(8);
  const [Q, N, k] = [40, 90, 30];
  const itemLabels = Int32Array.from({ length: N }, () => random.int(6) - 1);
  // Label 7 is in no item: such a query counts apart.
  const queryLabels = Int32Array.from({ length: Q }, (_, q) => (q === 3 ? 7 : random.int(5)));
  const rankings = Array.from({ length: Q }, () => random.shuffle([...Array(N).keys()]).slice(0, k));
  const ranked = Int32Array.from(rankings.flat());
  const judged = rankings.flatMap((_, q) =>
    [...itemLabels.keys()].flatMap((i) => (itemLabels[i] === queryLabels[q] ? [[q, i]] : [])),
  );
  const column = (n: number) => judged.map((pair) => pair[n] as number);
  const judgements = groupJudgements(
    Q,
    column(0),
    column(1),
    judged.map(() => 1),
  );
  const { metrics, scores } = measureLabels({ ranked, k, queryLabels, itemLabels });
  const expected = measureRanking({ ranked, k, judgements, corpus: N });
  const { knnAccuracy, ...rest } = metrics;
  assert.deepEqual(rest, expected.metrics);
  assert.equal(rest.queriesWithoutPositives, 1);
  for (const name of ['ndcgAt10', 'mapAt100', 'recallAt10'] as const) {
    const worst = scores[name].map((score, i) => Math.abs(score - (expected.scores[name][i] as number)));
    assert.ok(Math.max(...worst) < 1e-12);
  }
  const right = rankings.filter(
    (hits, q) => q !== 3 && naiveVote(hits.slice(0, 20).map((i) => itemLabels[i] as number)) === queryLabels[q],
  );
  assert.equal(knnAccuracy, right.length / 39);
  assert.equal(scores.knnAccuracy.length, 39);
});

function naiveVote(labels: number[]): number {
  const known = labels.filter((label) => label >= 0);
  const count = (label: number) => known.filter((other) => other === label).length;
  return [...new Set(known)].sort((a, b) => count(b) - count(a) || known.indexOf(a) - known.indexOf(b))[0] ?? -1;
}
