import type { Filter } from '../search-index/filter/filter.ts';
import { matches } from '../search-index/filter/matches.ts';
import type { RowSet } from '../search-index/filter/row-set.ts';
import type { Neighbours } from '../search-index/nearest.ts';
import type { TailItem } from '../search-index/overlay.ts';
import type { IndexAnswer, SearchStrategy, VectorIndex } from '../search-index/vector-index.ts';
import type { LiveIndex } from './live-index.ts';

export interface LiveQuery {
  /** shape [D], unit norm */
  readonly vector: Float32Array;
  readonly ef: number | null;
  readonly exact: boolean;
  /** Items that must not be hits. */
  readonly without: ReadonlySet<number>;
  /** Null without a filter. */
  readonly passing: Passing | null;
}

export interface Passing {
  /** The rows of the index whose items pass. */
  readonly rows: RowSet;
  /** For the tail. */
  readonly filter: Filter;
}

export interface LiveSource {
  readonly index: VectorIndex;
  readonly live: LiveIndex;
}

export interface Candidate {
  readonly id: number;
  /** Cosine similarity. */
  readonly score: number;
  /** Where its vector is: in the files of the index, or among what changed since. */
  readonly source: 'index' | 'tail';
}

export interface LiveCandidates {
  /** Best first, at most as many as were wanted. */
  readonly candidates: readonly Candidate[];
  readonly strategy: SearchStrategy;
  /** Items that could be found without a filter. */
  readonly possible: number;
  /** Those of them that pass the filter. */
  readonly matched: number;
}

/**
 * The nearest items: of the rows of the index that are as they were when its files were made, and of the tail of what came or
 * changed since. The index is asked for more until enough of its answers are live or it has no more.
 */
export async function liveCandidates(query: LiveQuery, count: number, source: LiveSource): Promise<LiveCandidates> {
  return await withTail(query, count, source, await liveRows(query, count, source));
}

/**
 * As `liveCandidates` for many queries at once, on all cores. All of them have the same ef and the same filter.
 * @returns an answer for each, in order
 */
export async function liveCandidatesOfMany(
  queries: readonly LiveQuery[],
  count: number,
  source: LiveSource,
): Promise<LiveCandidates[]> {
  const [first] = queries;
  if (first === undefined) return [];
  const { index } = source;
  const allowed = first.passing?.rows ?? null;
  const possible = allowed === null ? index.count : allowed.size;
  const answers: LiveCandidates[] = [];
  // Compared one by one anyway, or with nothing to be walked.
  if (first.exact || possible === 0) {
    for (const query of queries) answers.push(await liveCandidates(query, count, source));
    return answers;
  }
  const vectors = new Float32Array(queries.length * index.dimensions);
  for (const [at, { vector }] of queries.entries()) vectors.set(vector, at * index.dimensions);
  const { dilution, width } = reachOf(first, source);
  const apart = Math.max(...queries.map(({ without }) => without.size));
  const found = await index.searchMany(vectors, Math.ceil((count + apart) * dilution), width, allowed);
  for (const [at, query] of queries.entries()) {
    const { rows, scores, strategy } = found[at] as IndexAnswer;
    const kept = keptRows({ rows, scores }, query, count, source);
    const enough = kept.length >= count || rows.length >= possible;
    const ofIndex = enough ? { rows: kept, strategy } : await liveRows(query, count, source);
    answers.push(await withTail(query, count, source, ofIndex));
  }
  return answers;
}

/** Joins what was found in the index with the tail. */
async function withTail(
  { vector, without, passing }: LiveQuery,
  count: number,
  source: LiveSource,
  { rows, strategy }: LiveRows,
): Promise<LiveCandidates> {
  const { live } = source;
  const { overlay } = live;
  const accepts = (id: number, item: TailItem) =>
    !without.has(id) && (passing === null || matches(passing.filter, item));
  const tail = await overlay.nearest(vector, count, without.size === 0 && passing === null ? null : accepts);
  const fromTail = tail.ids.map((id, at): Candidate => ({ id, score: tail.scores[at] as number, source: 'tail' }));
  const candidates = merged(
    rows,
    fromTail.filter(({ id }) => overlay.has(id)),
    count,
  );
  let skipped = 0;
  for (const id of without) if (isFound(id, source)) skipped++;
  const possible = live.count - skipped;
  const matched = passing === null ? possible : countMatching(passing.rows, without, source) + tail.accepted;
  return { candidates, strategy, possible, matched };
}

/** Whether an item can be found, as far as is known. */
export function isFound(id: number, { index, live }: LiveSource): boolean {
  const row = index.rowOf(id);
  return live.overlay.has(id) || (row !== null && !live.overlay.dropped.has(row));
}

/** @returns the item's vector, shape [D]; null for one that can't be found */
export function liveVector(id: number, { index, live }: LiveSource): Float32Array | null {
  const row = index.rowOf(id);
  return live.overlay.vector(id) ?? (row !== null && !live.overlay.dropped.has(row) ? index.vector(row) : null);
}

interface LiveRows {
  readonly rows: Candidate[];
  readonly strategy: SearchStrategy;
}

async function liveRows(query: LiveQuery, count: number, source: LiveSource): Promise<LiveRows> {
  const { vector, exact, without, passing } = query;
  const { index } = source;
  const allowed = passing?.rows ?? null;
  const possible = allowed === null ? index.count : allowed.size;
  if (possible === 0) return { rows: [], strategy: 'exact' };
  const { dilution, width } = reachOf(query, source);
  for (let wanted = Math.ceil((count + without.size) * dilution); ; wanted = Math.min(possible, 2 * wanted)) {
    const { rows, scores, strategy } = exact
      ? await index.searchExactly(vector, Math.min(possible, wanted), allowed)
      : await index.searchSoon(vector, wanted, width, allowed);
    const found = keptRows({ rows, scores }, query, count, source);
    if (found.length >= count || rows.length >= possible) return { rows: found, strategy };
  }
}

/** As many dropped rows as there are on average among so many; the graph has to look at as many more. */
function reachOf({ ef }: LiveQuery, { index, live }: LiveSource): { dilution: number; width: number } {
  const { dropped } = live.overlay;
  const dilution = 1 + dropped.size / Math.max(1, index.count - dropped.size);
  const width = Math.max(1, Math.min(index.count, Math.ceil((ef ?? index.card.efSearch) * dilution)));
  return { dilution, width };
}

/** Of rows that were found, those that may be hits, at most `count`. */
function keptRows(
  { rows, scores }: Neighbours,
  { without }: LiveQuery,
  count: number,
  { index, live }: LiveSource,
): Candidate[] {
  const { dropped } = live.overlay;
  const kept: Candidate[] = [];
  for (let at = 0; at < rows.length && kept.length < count; at++) {
    const row = rows[at] as number;
    const id = index.itemAt(row);
    if (!dropped.has(row) && !without.has(id)) kept.push({ id, score: scores[at] as number, source: 'index' });
  }
  return kept;
}

/** Rows that pass, are as they were, and may be hits. */
function countMatching(passing: RowSet, without: ReadonlySet<number>, { index, live }: LiveSource): number {
  const { dropped } = live.overlay;
  let count = passing.size;
  for (const row of dropped) if (passing.has(row)) count--;
  for (const id of without) {
    const row = index.rowOf(id);
    if (row !== null && passing.has(row) && !dropped.has(row)) count--;
  }
  return count;
}

/** @returns the best of both, best first; of equal scores the older item comes first */
function merged(base: readonly Candidate[], tail: readonly Candidate[], count: number): readonly Candidate[] {
  if (tail.length === 0) return base;
  // An item that changed between both looks is in either: as it is now.
  const newer = new Set(tail.map(({ id }) => id));
  return [...base.filter(({ id }) => !newer.has(id)), ...tail]
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, count);
}
