import type { RowSet } from '../search-index/filter/row-set.ts';
import type { SearchStrategy, VectorIndex } from '../search-index/vector-index.ts';
import type { FoundItem } from '../store/found-items.ts';

interface LiveQuery {
  readonly k: number;
  readonly ef: number | null;
  /** shape [D], unit norm */
  readonly vector: Float32Array;
  /** A row that must not be a hit. */
  readonly without: number | null;
  /** The rows whose items pass the filter; null without a filter. */
  readonly passing: RowSet | null;
  /** Rows known to be deleted; those found out are added. */
  readonly deleted: Set<number>;
}

interface LiveSource {
  readonly index: VectorIndex;
  /** Items by id; deleted ones are left out. */
  items(ids: readonly number[]): Promise<Map<number, FoundItem>>;
}

export interface LiveHits {
  readonly hits: { readonly item: FoundItem; readonly score: number; readonly rank: number }[];
  readonly strategy: SearchStrategy;
  /** Items of the index that exist. */
  readonly candidates: number;
  /** Those of them that pass the filter. */
  readonly matched: number;
  readonly exhausted: boolean;
}

/**
 * The k nearest items that still exist. An index is older than the rows: it is asked for more until k of its answers are
 * there or it has no more.
 */
export async function liveHits(query: LiveQuery, { index, items }: LiveSource): Promise<LiveHits> {
  const { k, ef, vector, without, passing, deleted } = query;
  const skipped = without === null ? 0 : 1;
  const possible = passing === null ? index.count : passing.size;
  const known = new Map<number, FoundItem>();
  // As many deleted ones as there are on average among so many.
  let wanted = Math.ceil((k + skipped) * (1 + deleted.size / Math.max(1, index.count - deleted.size)));
  for (;;) {
    const { rows, scores, strategy } = await index.search(vector, wanted, ef, passing);
    const hits: LiveHits['hits'] = [];
    const ranks = [...rows.keys()].filter((at) => rows[at] !== without && !deleted.has(rows[at] as number));
    // As many items at a time as hits are missing: nearly always that is one query.
    for (let next = 0; hits.length < k && next < ranks.length; ) {
      const batch = ranks.slice(next, next + k - hits.length);
      next += batch.length;
      const ids = batch.map((at) => index.itemAt(rows[at] as number));
      for (const [id, item] of await items(ids.filter((id) => !known.has(id)))) known.set(id, item);
      for (const [position, at] of batch.entries()) {
        const item = known.get(ids[position] as number);
        if (item === undefined) deleted.add(rows[at] as number);
        else hits.push({ item, score: scores[at] as number, rank: hits.length + 1 });
      }
    }
    const complete = rows.length >= possible;
    if (hits.length >= k || complete) {
      const candidates = index.count - deleted.size - skipped;
      const matched = passing === null ? candidates : countPassing(passing, query);
      return { hits, strategy, candidates, matched, exhausted: hits.length >= matched };
    }
    wanted = Math.min(possible, 2 * wanted);
  }
}

function countPassing(passing: RowSet, { without, deleted }: LiveQuery): number {
  let count = passing.size;
  for (const row of deleted) if (passing.has(row)) count--;
  if (without !== null && passing.has(without) && !deleted.has(without)) count--;
  return count;
}
