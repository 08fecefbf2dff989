import { rowsAt } from './rows-at.ts';

export interface LookedAt {
  /** shape [U, D] */
  readonly keys: Float32Array;
  /** Rows of `keys`. */
  readonly candidates: Int32Array;
}

/**
 * Leaves out the rows that are nobody's candidate: a draw that a whole batch shares looks at few rows of a large table, and products
 * are formed with every row that is kept. The table itself where that would save less than half of them.
 * @param keys shape [N, D]
 */
export function lookedAt(keys: Float32Array, candidates: Int32Array, width: number): LookedAt {
  const all = keys.length / width;
  /** One more than its place, by row. */
  const places = new Int32Array(all);
  const kept = new Int32Array(Math.min(all, candidates.length));
  let count = 0;
  for (const row of candidates) {
    if (places[row] !== 0) continue;
    kept[count++] = row;
    places[row] = count;
  }
  if (2 * count > all) return { keys, candidates };
  return {
    keys: rowsAt(keys, kept.subarray(0, count), width),
    candidates: candidates.map((row) => (places[row] as number) - 1),
  };
}
