import { type Snapshot, SPLIT_CODES } from '../../data/snapshot.ts';
import { groupJudgements } from '../../evaluation/judgements.ts';
import { contentClasses } from './content-classes.ts';
import type { QuerySide } from './training-data.ts';

/** What is mined for, by rows of a snapshot. */
export interface MiningTask {
  /** Rows of queries, or of items where queries are items. */
  readonly queryRows: Int32Array;
  readonly side: QuerySide;
  /** Database id of a query row. */
  id(queryRow: number): number;
  /** Item rows. */
  positivesOf(queryRow: number): Int32Array;
  /** The query's own item row; -1 where queries are no items. */
  selfOf(queryRow: number): number;
  /** By item row: a number that items of equal content share, -1 for an item of which there is no second. */
  readonly textClasses: Int32Array;
  /** Of the items whose content is the query's own: their class, or the row of the only one; null without any. */
  equalsOf(queryRow: number): { readonly row: number } | { readonly textClass: number } | null;
  /** By item row, 1 where some query is trained towards it. */
  readonly paired: Uint8Array;
  /** Label number by item row, -1 for none. */
  readonly labels: Int32Array;
  /** Item rows that somebody has excluded as false negatives of the query. */
  markedOf(queryRow: number): readonly number[];
}

/** @param marked ids of query and item, one pair after another */
export function miningTask(
  snapshot: Snapshot,
  positives: 'relevance' | 'label',
  marked: readonly number[],
): MiningTask {
  const { items } = snapshot;
  const side = positives === 'label' ? labelSide(snapshot) : judgedSide(snapshot);
  const paired = new Uint8Array(items.count);
  for (const row of side.queryRows) for (const item of side.pairedBy(row)) paired[item] = 1;
  const classes = contentClasses(items.count, (row) => items.bytes(row));
  const marks = marksByQuery(marked, items.ids);
  return {
    ...side,
    textClasses: classes.ofRows,
    equalsOf: (row) => classes.equalsOf(snapshot[side.side].bytes(row)),
    labels: items.labels,
    paired,
    markedOf: (row) => marks.get(side.id(row)) ?? [],
  };
}

/** TRAIN queries and what is judged relevant to them. */
function judgedSide({ queries, relevance }: Snapshot) {
  const relevant = Array.from(relevance.grades.keys()).filter((i) => (relevance.grades[i] as number) > 0);
  const pick = (column: ArrayLike<number>) => relevant.map((i) => column[i] as number);
  const { offsets, itemRows } = groupJudgements(
    queries.count,
    pick(relevance.queryRows),
    pick(relevance.itemRows),
    pick(relevance.grades),
  );
  const rows = Array.from(queries.splits.keys());
  return {
    queryRows: Int32Array.from(rows.filter((row) => queries.splits[row] === SPLIT_CODES.TRAIN)),
    side: 'queries' as const,
    id: (row: number) => queries.ids[row] as number,
    positivesOf: (row: number) => itemRows.subarray(offsets[row], offsets[row + 1]),
    pairedBy: (row: number) => itemRows.subarray(offsets[row], offsets[row + 1]),
    selfOf: () => -1,
  };
}

/** Labelled items, and the other items of their labels. */
function labelSide({ items }: Snapshot) {
  const byLabel = new Map(
    Array.from(
      Map.groupBy(items.labels.keys(), (row) => items.labels[row] as number),
      ([label, rows]) => [label, Int32Array.from(rows)],
    ),
  );
  return {
    queryRows: Int32Array.from(items.labels.keys()).filter((row) => (items.labels[row] as number) >= 0),
    side: 'items' as const,
    id: (row: number) => items.ids[row] as number,
    positivesOf(row: number) {
      const all = byLabel.get(items.labels[row] as number) as Int32Array;
      const at = all.indexOf(row);
      const others = new Int32Array(all.length - 1);
      others.set(all.subarray(0, at));
      others.set(all.subarray(at + 1), at);
      return others;
    },
    // Every labelled item is a key sooner or later.
    pairedBy: (row: number) => [row],
    selfOf: (row: number) => row,
  };
}

function marksByQuery(marked: readonly number[], itemIds: Int32Array): ReadonlyMap<number, readonly number[]> {
  const marks = new Map<number, number[]>();
  if (marked.length === 0) return marks;
  const rowOf = new Map(Array.from(itemIds, (id, row) => [id, row]));
  for (let i = 0; i < marked.length; i += 2) {
    const row = rowOf.get(marked[i + 1] as number);
    if (row === undefined) continue;
    const of = marks.get(marked[i] as number);
    if (of === undefined) marks.set(marked[i] as number, [row]);
    else of.push(row);
  }
  return marks;
}
