import { diverse } from '../search-index/diversity.ts';
import { valueAt } from '../search-index/filter/attribute-values.ts';
import type { Attribute } from '../search-index/filter/filter.ts';
import type { FoundItem } from '../store/found-items.ts';
import type { Candidate } from './live-hits.ts';
import { isAfter } from './search-cursor.ts';
import type { SearchPlan } from './search-request.ts';

/** A candidate with its item, and what its place came from. */
export interface Selected extends Candidate {
  readonly item: FoundItem;
  /** What it is ranked by: the cosine similarity, or the fused score of a hybrid search. */
  readonly rankedBy: number;
  /** Ranks in the two lists of a hybrid search; else of the vector list alone. From 1; null where a list lacks it. */
  readonly vectorRank: number | null;
  readonly lexicalRank: number | null;
  readonly lexicalScore: number | null;
  /** Value of the field that is grouped by. */
  readonly group: unknown;
}

/**
 * The hits among ranked candidates, by the options of the search.
 * @param vectorOf shape [D], for diversity
 * @returns at most k; fewer when the candidates do not suffice
 */
export function selectHits(
  ranked: readonly Selected[],
  { k, minScore, after, groupBy, diversity }: SearchPlan,
  vectorOf: (id: number) => Float32Array | null,
): Selected[] {
  let left: readonly Selected[] = ranked;
  if (minScore !== null) left = left.filter(({ score }) => score >= minScore);
  if (after !== null) left = left.filter((candidate) => isAfter(after, candidate));
  if (diversity !== null) {
    const pool = left.flatMap((candidate) => {
      const vector = vectorOf(candidate.id);
      return vector === null ? [] : [{ candidate, score: candidate.score, vector }];
    });
    // As many as there are: grouping may need more than k.
    const wanted = groupBy === null ? k : pool.length;
    left = diverse(pool, wanted, diversity.lambda).map((at) => (pool[at] as { candidate: Selected }).candidate);
  }
  if (groupBy !== null) left = grouped(left, groupBy);
  return left.slice(0, k);
}

/** At most `perGroup` of each value, in order. */
function grouped(
  ranked: readonly Selected[],
  { field, perGroup }: { readonly field: Attribute; readonly perGroup: number },
): Selected[] {
  const counts = new Map<string, number>();
  return ranked.flatMap((candidate) => {
    const group = groupValue(candidate.item, field);
    const key = JSON.stringify(group);
    const count = counts.get(key) ?? 0;
    if (count >= perGroup) return [];
    counts.set(key, count + 1);
    return [{ ...candidate, group }];
  });
}

/** @returns null for an item that has none */
function groupValue({ label, metadata }: FoundItem, field: Attribute): unknown {
  return field === 'label' ? label : valueAt(metadata, field.slice('metadata.'.length));
}
