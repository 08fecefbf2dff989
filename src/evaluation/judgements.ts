/**
 * Relevance judgements grouped by query: those of query q are rows `offsets[q]` to `offsets[q + 1]` (exclusive).
 * Only grades above zero count as relevant.
 */
export interface Judgements {
  /** shape [Q + 1] */
  readonly offsets: Int32Array;
  readonly itemRows: Int32Array;
  readonly grades: Uint8Array;
}

/**
 * Groups judgements given in any order; the order within one query is kept.
 * @param queryCount Q
 * @param queryRows query of each judgement, 0 to Q - 1
 */
export function groupJudgements(
  queryCount: number,
  queryRows: ArrayLike<number>,
  itemRows: ArrayLike<number>,
  grades: ArrayLike<number>,
): Judgements {
  const offsets = new Int32Array(queryCount + 1);
  for (let i = 0; i < queryRows.length; i++) {
    const slot = (queryRows[i] as number) + 1;
    offsets[slot] = (offsets[slot] as number) + 1;
  }
  for (let q = 0; q < queryCount; q++) offsets[q + 1] = (offsets[q + 1] as number) + (offsets[q] as number);
  const next = offsets.slice(0, queryCount);
  const grouped = { offsets, itemRows: new Int32Array(queryRows.length), grades: new Uint8Array(queryRows.length) };
  for (let i = 0; i < queryRows.length; i++) {
    const query = queryRows[i] as number;
    const slot = next[query] as number;
    next[query] = slot + 1;
    grouped.itemRows[slot] = itemRows[i] as number;
    grouped.grades[slot] = grades[i] as number;
  }
  return grouped;
}
