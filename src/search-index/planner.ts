/*
 * How a search is answered, chosen by what each way would compare. With s the share of rows that may be returned:
 *   exact     every allowed row is compared: s N vectors, no row missed
 *   hnsw      all rows are allowed: about ef times as many vectors as a point has new neighbours
 *   filtered  the graph is walked over all rows, and only allowed ones are kept, until ef of them are: as many for ef / s
 *   widened   the graph is walked with ef / s candidates as if there were no filter, and the others are dropped afterwards: as much
 *             walking, no test of each candidate, but a heap of ef / s: best while nearly all rows are allowed
 */

export type SearchStrategy = 'hnsw' | 'exact' | 'hnsw-filtered' | 'hnsw-widened';

export interface SearchPlan {
  readonly strategy: SearchStrategy;
  /** Candidates that the graph keeps; allowed ones only where it filters. */
  readonly ef: number;
}

export interface SearchTask {
  /** N rows of D dimensions. */
  readonly count: number;
  readonly dimensions: number;
  /** Rows that may be returned; null when all. */
  readonly matched: number | null;
  /** Hits wanted, no more than there are. */
  readonly k: number;
  readonly ef: number;
}

/** Up to this many floats comparing all is as fast as the graph, and exact. */
const SCAN_FLOATS = 128_000;
/** A graph that has to keep more than this share of all rows as candidates visits most of them anyway. */
const SCAN_SHARE = 0.1;
/** Vectors compared for each candidate kept, counted in those of an exact scan, which reads them in order. As in native/graph.h. */
const WORK_PER_CANDIDATE = 24;
/** From this share of allowed rows on, the others are dropped afterwards. */
const WIDEN_FROM = 0.75;

export function planSearch({ count, dimensions, matched, k, ef }: SearchTask): SearchPlan {
  const allowed = matched ?? count;
  const candidates = Math.max(ef, k);
  const exact: SearchPlan = { strategy: 'exact', ef: candidates };
  if (allowed * dimensions <= SCAN_FLOATS || k === 0) return exact;
  const share = allowed / count;
  const visited = Math.ceil(candidates / share);
  if (visited > count * SCAN_SHARE) return exact;
  if (matched === null) return { strategy: 'hnsw', ef: candidates };
  if (visited * WORK_PER_CANDIDATE > allowed) return exact;
  return share >= WIDEN_FROM
    ? { strategy: 'hnsw-widened', ef: visited }
    : { strategy: 'hnsw-filtered', ef: candidates };
}
