import type { Snapshot } from '../../data/snapshot.ts';
import type { DatasetKind } from '../../domain/contents.ts';
import { sha256 } from '../../platform/hash.ts';
import type { TrainingData } from './training-data.ts';

/**
 * Counts what reads the same as the same: positives of a query are then also the items with the text of one of them, and those
 * of a query with its own text. An encoder can't tell such items apart, so as negatives they would undo what was learned.
 * Reads every text once and keeps rows only of those that stand there twice; costs a hash each.
 */
export function withEqualTexts(
  { items, queries, kind }: Pick<Snapshot, 'items' | 'queries' | 'kind'>,
  { positivesOf, querySide }: Pick<TrainingData, 'positivesOf' | 'querySide'>,
): TrainingData['positivesOf'] {
  const equalItems = rowsOfEqualTexts(items, kind);
  const equalQueries = querySide === 'queries' ? rowsOfEqualTexts(queries, kind) : NONE;
  if (equalItems.size === 0 && equalQueries.size === 0) return positivesOf;
  const known = new Map<number, Int32Array>();
  return (queryRow) => {
    const found = known.get(queryRow) ?? expanded(queryRow);
    known.set(queryRow, found);
    return found;
  };

  function expanded(queryRow: number): Int32Array {
    const rows = new Set<number>();
    for (const query of equalQueries.get(queryRow) ?? [queryRow]) {
      for (const item of positivesOf(query)) {
        rows.add(item);
        for (const equal of equalItems.get(item) ?? []) rows.add(equal);
      }
    }
    return Int32Array.from(rows);
  }
}

const NONE: ReadonlyMap<number, readonly number[]> = new Map();

/** From each row whose text stands in another one too to all rows that have it. */
function rowsOfEqualTexts({ count, text, bytes }: Snapshot['queries'] | Snapshot['items'], kind: DatasetKind) {
  const firstRows = new Map<string, number>();
  const groups = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    // The text itself would keep the whole data in memory.
    const hash = sha256(kind === 'TEXT' ? text(row) : bytes(row));
    const first = firstRows.get(hash);
    if (first === undefined) {
      firstRows.set(hash, row);
      continue;
    }
    const group = groups.get(first) ?? [first];
    group.push(row);
    groups.set(first, group);
    groups.set(row, group);
  }
  return groups;
}
