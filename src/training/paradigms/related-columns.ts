/*
 * Which columns belong to which rows of a table of pairs, when both are known by what they share: a row and a column are
 * related when the column has a mark of the row's.
 */

/** Marks of row i, or of column j; may be empty, and name none twice. */
export type Marks = (at: number) => Iterable<number>;

/** From a mark to the rows that have it. */
export function rowsByMark(count: number, marksOf: Marks): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    for (const mark of marksOf(i)) {
      const list = rows.get(mark);
      if (list === undefined) rows.set(mark, [i]);
      else list.push(i);
    }
  }
  return rows;
}

/**
 * Costs a look-up for each mark of a column, so that the columns may be many.
 * @returns positions i * columns + j
 */
export function relatedColumns(
  rows: ReadonlyMap<number, readonly number[]>,
  columns: number,
  marksOf: Marks,
): Int32Array {
  const related: number[] = [];
  for (let j = 0; j < columns; j++) {
    for (const mark of marksOf(j)) {
      for (const i of rows.get(mark) ?? []) related.push(i * columns + j);
    }
  }
  return Int32Array.from(related);
}
