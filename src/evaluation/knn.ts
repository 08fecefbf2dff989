import { type MeasuredRanking, measureHits } from './metrics.ts';

/** Neighbours that vote. */
const VOTERS = 20;

export interface LabelledRanking {
  /** shape [Q, k]: item rows, best first; -1 where a query has fewer than k hits. */
  readonly ranked: Int32Array;
  readonly k: number;
  /** Label of each query, shape [Q], and of each item, shape [N]; -1 for none, which is relevant to nothing. */
  readonly queryLabels: Int32Array;
  readonly itemLabels: Int32Array;
}

/**
 * The figures of `measureRanking` where an item is relevant when it has the query's label, so that accuracy@1 is that of the
 * nearest neighbour, and the accuracy of a vote among the 20 nearest (each one vote; of equally many votes the label of the
 * nearest wins). The vote judges embeddings without training a classifier on them, as in InstDisc (1805.01978, section 3.4), whose
 * votes are weighted.
 */
export function measureLabels({ ranked, k, queryLabels, itemLabels }: LabelledRanking): MeasuredRanking {
  const inCorpus = new Map<number, number>();
  for (const label of itemLabels) if (label >= 0) inCorpus.set(label, (inCorpus.get(label) ?? 0) + 1);
  const votes: number[] = [];
  const { metrics, scores } = measureHits(
    { ranked, k, corpus: itemLabels.length, queries: queryLabels.length },
    (query) => {
      const label = queryLabels[query] as number;
      const relevant = inCorpus.get(label) ?? 0;
      if (relevant > 0) {
        const nearest = ranked.subarray(query * k, query * k + Math.min(k, VOTERS));
        votes.push(voteOf(nearest, itemLabels) === label ? 1 : 0);
      }
      const gradeOf = (item: number) => (item >= 0 && itemLabels[item] === label ? 1 : 0);
      return { relevant, gradeOf, idealDcg: () => IDEAL_DCG[Math.min(10, relevant)] as number };
    },
  );
  const knnAccuracy = votes.length === 0 ? 0 : votes.reduce((sum, vote) => sum + vote, 0) / votes.length;
  return { metrics: { ...metrics, knnAccuracy }, scores: { ...scores, knnAccuracy: votes } };
}

/** @returns -1 when no neighbour has a label */
export function voteOf(nearest: Int32Array, itemLabels: Int32Array): number {
  const votes = new Map<number, number>();
  for (const item of nearest) {
    const label = item < 0 ? -1 : (itemLabels[item] as number);
    if (label >= 0) votes.set(label, (votes.get(label) ?? 0) + 1);
  }
  // A map keeps the order in which labels were first seen, nearest first, and a later one must have more.
  let winner = -1;
  let most = 0;
  for (const [label, count] of votes) if (count > most) [winner, most] = [label, count];
  return winner;
}

/** Best DCG of n relevant hits of grade 1, n from 0 to 10. */
const IDEAL_DCG = Array.from({ length: 11 }, (_, n) =>
  Array.from({ length: n }, (_, i) => 1 / Math.log2(i + 2)).reduce((sum, gain) => sum + gain, 0),
);
