import { nextTurn } from '../platform/turns.ts';
import type { Neighbours } from './nearest.ts';
import { chooseSample, recallOf } from './recall.ts';
import type { SearchStrategy, VectorIndex } from './vector-index.ts';

export interface RecallMeasurement {
  /** Share of the true k nearest that were found, 0 to 1; null for fewer than two rows. */
  readonly recall: number | null;
  readonly searches: number;
  readonly k: number;
  readonly ef: number;
  /** Of the last search. */
  readonly strategy: SearchStrategy;
  /** Milliseconds of a search in the mean; the exact ones do not count. */
  readonly tookMs: number;
}

/**
 * Searches with rows of the index, each left out of its own answer, and compares with exact search. Gives way to the event loop
 * between two of them.
 * @param sample rows to search with, all when there are fewer @param ef null for the index's own
 */
export async function measureRecall(
  index: VectorIndex,
  {
    sample,
    k,
    ef,
    seed,
  }: { readonly sample: number; readonly k: number; readonly ef: number | null; readonly seed: number },
): Promise<RecallMeasurement> {
  const rows = chooseSample(index.count, seed, sample);
  const truth: Neighbours[] = [];
  const answers: Neighbours[] = [];
  let strategy: SearchStrategy = 'exact';
  let tookMs = 0;
  for (const row of rows) {
    const query = index.vector(row);
    // One more than needed: the nearest of a row is itself.
    truth.push(await index.searchExactly(query, k + 1));
    await nextTurn();
    const started = performance.now();
    const answer = await index.search(query, k + 1, ef);
    tookMs += performance.now() - started;
    strategy = answer.strategy;
    answers.push(answer);
  }
  return {
    recall: recallOf({ rows, truth, answers, k }),
    searches: rows.length,
    k,
    ef: Math.max(ef ?? index.card.efSearch, k + 1),
    strategy,
    tookMs: tookMs / Math.max(1, rows.length),
  };
}
