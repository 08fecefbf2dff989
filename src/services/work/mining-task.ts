import { type Snapshot, SPLIT_CODES } from '../../data/snapshot.ts';
import { groupJudgements } from '../../evaluation/judgements.ts';
import { sha256 } from '../../platform/hash.ts';
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
  /** Equal for items of equal content, by row. */
  readonly textKeys: Float64Array;
  textKeyOf(queryRow: number): number;
  /** Whether some query is trained towards the item. */
  isPaired(itemRow: number): boolean;
  /** Label number by item row, -1 for none. */
  readonly labels: Int32Array;
  /** Whether somebody has excluded the item as a false negative of the query. */
  isMarked(queryRow: number, itemRow: number): boolean;
}

/** @param marked ids of query and item, one pair after another */
export function miningTask(
  snapshot: Snapshot,
  positives: 'relevance' | 'label',
  marked: readonly number[],
): MiningTask {
  const { items } = snapshot;
  const textKeys = Float64Array.from({ length: items.count }, (_, row) => keyOf(items.bytes(row)));
  const marks = new Set<string>();
  for (let i = 0; i < marked.length; i += 2) marks.add(`${marked[i]} ${marked[i + 1]}`);
  const side = positives === 'label' ? labelSide(snapshot) : judgedSide(snapshot);
  const paired = new Uint8Array(items.count);
  for (const row of side.queryRows) for (const item of side.pairedBy(row)) paired[item] = 1;
  return {
    ...side,
    textKeys,
    textKeyOf: (row) => keyOf(snapshot[side.side].bytes(row)),
    labels: items.labels,
    isPaired: (row) => paired[row] === 1,
    isMarked: (queryRow, itemRow) => marks.size > 0 && marks.has(`${side.id(queryRow)} ${items.ids[itemRow]}`),
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
  const byLabel = Map.groupBy(items.labels.keys(), (row) => items.labels[row] as number);
  return {
    queryRows: Int32Array.from(items.labels.keys()).filter((row) => (items.labels[row] as number) >= 0),
    side: 'items' as const,
    id: (row: number) => items.ids[row] as number,
    positivesOf: (row: number) =>
      Int32Array.from((byLabel.get(items.labels[row] as number) ?? []).filter((other) => other !== row)),
    // Every labelled item is a key sooner or later.
    pairedBy: (row: number) => [row],
    selfOf: (row: number) => row,
  };
}

/** 52 bits of the content's hash: two of a million share one with a probability of 1 in 9,000. */
function keyOf(content: Uint8Array): number {
  return Number.parseInt(sha256(content).slice(0, 13), 16);
}
