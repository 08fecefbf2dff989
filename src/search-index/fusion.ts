/** One list of a fusion: ids, best first, with the scores that ranked them. */
export interface RankedList {
  readonly ids: readonly number[];
  readonly scores: ArrayLike<number>;
}

export type Fusion =
  /** Reciprocal rank fusion (Cormack, Clarke, Buettcher, SIGIR 2009): the sum of 1 / (k + rank) over the lists. */
  | { readonly kind: 'rrf'; readonly k: number }
  /** weight x vector + (1 - weight) x lexical, each score scaled to 0..1 over its list; 0 where a list lacks the item. */
  | { readonly kind: 'weighted'; readonly weight: number };

export interface Fused {
  readonly id: number;
  readonly score: number;
  /** From 1; null where the list lacks the item. */
  readonly vectorRank: number | null;
  readonly lexicalRank: number | null;
}

/** @returns every item of either list, best first; of equal ones the lower id first */
export function fuse(vector: RankedList, lexical: RankedList, fusion: Fusion): Fused[] {
  const vectorRanks = ranksOf(vector);
  const lexicalRanks = ranksOf(lexical);
  const scoreOf = fusion.kind === 'rrf' ? reciprocal(fusion.k) : weighted(vector, lexical, fusion.weight);
  const fused = [...new Set([...vector.ids, ...lexical.ids])].map((id) => {
    const vectorRank = vectorRanks.get(id) ?? null;
    const lexicalRank = lexicalRanks.get(id) ?? null;
    return { id, vectorRank, lexicalRank, score: scoreOf(vectorRank, lexicalRank) };
  });
  return fused.sort((a, b) => b.score - a.score || a.id - b.id);
}

type Rank = number | null;

function reciprocal(k: number): (...ranks: Rank[]) => number {
  return (...ranks) => ranks.reduce<number>((sum, rank) => sum + (rank === null ? 0 : 1 / (k + rank)), 0);
}

function weighted(vector: RankedList, lexical: RankedList, weight: number): (v: Rank, l: Rank) => number {
  const vectorShare = scaled(vector.scores);
  const lexicalShare = scaled(lexical.scores);
  return (v, l) => weight * vectorShare(v) + (1 - weight) * lexicalShare(l);
}

/** Lowest score of the list: 0, highest: 1; all the same: 1. */
function scaled(scores: ArrayLike<number>): (rank: Rank) => number {
  const high = scores[0] ?? 0;
  const low = scores[scores.length - 1] ?? 0;
  return (rank) => {
    if (rank === null) return 0;
    return high === low ? 1 : ((scores[rank - 1] as number) - low) / (high - low);
  };
}

function ranksOf({ ids }: RankedList): Map<number, number> {
  return new Map(ids.map((id, at) => [id, at + 1]));
}
