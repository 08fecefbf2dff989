import type { Filter } from '../search-index/filter/filter.ts';
import { matches } from '../search-index/filter/matches.ts';
import type { RowSet } from '../search-index/filter/row-set.ts';
import type { TailItem } from '../search-index/overlay.ts';
import type { SearchStrategy, VectorIndex } from '../search-index/vector-index.ts';
import type { FoundItem } from '../store/found-items.ts';
import type { LiveIndex } from './live-index.ts';

interface LiveQuery {
  readonly k: number;
  readonly ef: number | null;
  /** shape [D], unit norm */
  readonly vector: Float32Array;
  /** An item that must not be a hit. */
  readonly without: number | null;
  /** Null without a filter. */
  readonly passing: Passing | null;
}

interface Passing {
  /** The rows of the index whose items pass. */
  readonly rows: RowSet;
  /** For the tail. */
  readonly filter: Filter;
}

interface LiveSource {
  readonly index: VectorIndex;
  readonly live: LiveIndex;
  /** Items by id; deleted ones are left out. */
  items(ids: readonly number[]): Promise<Map<number, FoundItem>>;
  /** Called when items are missing that should be there: something has changed. */
  refresh(): Promise<void>;
}

export interface LiveHits {
  readonly hits: { readonly item: FoundItem; readonly score: number; readonly rank: number }[];
  readonly strategy: SearchStrategy;
  /** Items that could be found without a filter. */
  readonly candidates: number;
  /** Those of them that pass the filter. */
  readonly matched: number;
  readonly exhausted: boolean;
}

interface Candidate {
  readonly id: number;
  readonly score: number;
}

/**
 * The k nearest items that exist: of the rows of the index that are as they were when it was built, and of the tail of what
 * came or changed since. The index is asked for more until k of its answers are there or it has no more.
 */
export async function liveHits(query: LiveQuery, { index, live, items, refresh }: LiveSource): Promise<LiveHits> {
  const { k, ef, vector, without, passing } = query;
  const { overlay } = live;
  const skipped = without !== null && (overlay.has(without) || index.rowOf(without) !== null) ? 1 : 0;
  const known = new Map<number, FoundItem>();
  const possible = passing === null ? index.count : passing.rows.size;
  const accepts = (id: number, item: TailItem) => id !== without && (passing === null || matches(passing.filter, item));
  const nearestTail = await overlay.nearest(vector, k, without === null && passing === null ? null : accepts);
  const tail = nearestTail.ids.map((id, at): Candidate => ({ id, score: nearestTail.scores[at] as number }));
  // As many dropped rows as there are on average among so many; the graph has to look at as many more.
  const dilution = 1 + overlay.dropped.size / Math.max(1, index.count - overlay.dropped.size);
  const isFound = (id: number) => {
    const row = index.rowOf(id);
    return overlay.has(id) || (row !== null && !overlay.dropped.has(row));
  };
  let wanted = Math.ceil((k + skipped) * dilution);
  const width = Math.min(index.count, Math.ceil((ef ?? index.card.efSearch) * dilution));
  for (;;) {
    const { rows, scores, strategy } =
      possible === 0 ? EMPTY : await index.search(vector, wanted, Math.max(1, width), passing?.rows);
    const complete = rows.length >= possible;
    for (;;) {
      const base: Candidate[] = [];
      for (let at = 0; at < rows.length && base.length < k; at++) {
        const row = rows[at] as number;
        const id = index.itemAt(row);
        if (!overlay.dropped.has(row) && id !== without) base.push({ id, score: scores[at] as number });
      }
      if (base.length < k && !complete) break;
      const best = merged(
        base,
        tail.filter(({ id }) => overlay.has(id)),
        k,
      );
      for (const [id, item] of await items(best.map(({ id }) => id).filter((id) => !known.has(id))))
        known.set(id, item);
      const gone = best.filter(({ id }) => !known.has(id));
      if (gone.length > 0) {
        await refresh();
        for (const { id } of gone) if (isFound(id)) overlay.drop(id);
        continue;
      }
      const hits = best.map(({ id, score }, at) => ({ item: known.get(id) as FoundItem, score, rank: at + 1 }));
      const candidates = live.count - skipped;
      const matched =
        passing === null ? candidates : countMatching(passing.rows, without, { index, live }) + nearestTail.accepted;
      return { hits, strategy, candidates, matched, exhausted: live.pending === 0 && hits.length >= matched };
    }
    wanted = Math.min(possible, 2 * wanted);
  }
}

/** Rows that pass, are as they were, and may be hits. */
function countMatching(
  passing: RowSet,
  without: number | null,
  { index, live }: Pick<LiveSource, 'index' | 'live'>,
): number {
  const { dropped } = live.overlay;
  let count = passing.size;
  for (const row of dropped) if (passing.has(row)) count--;
  const row = without === null ? null : index.rowOf(without);
  return row !== null && passing.has(row) && !dropped.has(row) ? count - 1 : count;
}

const EMPTY = { rows: new Int32Array(0), scores: new Float32Array(0), strategy: 'exact' } as const;

/** @returns the k best of both, best first; of equal scores the older item comes first */
function merged(base: readonly Candidate[], tail: readonly Candidate[], k: number): Candidate[] {
  if (tail.length === 0) return [...base];
  return [...base, ...tail].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k);
}
