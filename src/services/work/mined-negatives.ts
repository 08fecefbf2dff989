import { type NegativesBlock, readBlocks } from '../../data/negatives-file.ts';
import type { Snapshot } from '../../data/snapshot.ts';
import { FATE } from '../../mining/select.ts';
import type { QuerySide, TrainingData } from './training-data.ts';

export interface GivenNegatives {
  /** A file of `data/negatives-file.ts`. */
  readonly path: string;
  /** Pairs of query and item id that were marked as false negatives since, one after another. */
  readonly excluded: readonly number[];
}

/**
 * The kept negatives of a mined set, best rank first, beside those judged irrelevant. Rows that the snapshot has no more are left out.
 * Memory: 4 bytes a negative.
 */
export async function withMinedNegatives(
  data: TrainingData,
  { items, queries }: Snapshot,
  { path, excluded }: GivenNegatives,
): Promise<TrainingData> {
  const side: Record<QuerySide, Int32Array> = { items: items.ids, queries: queries.ids };
  const queryRow = rowById(side[data.querySide]);
  const itemRow = rowById(items.ids);
  const marks = new Set<string>();
  for (let i = 0; i < excluded.length; i += 2) marks.add(`${excluded[i]} ${excluded[i + 1]}`);
  const mined = new Map<number, number[]>();
  const take = ({ queryIds, counts, itemIds, fates }: NegativesBlock) => {
    let at = 0;
    for (const [q, queryId] of queryIds.entries()) {
      for (const end = at + (counts[q] as number); at < end; at++) {
        const itemId = itemIds[at] as number;
        if (fates[at] !== FATE.kept || (marks.size > 0 && marks.has(`${queryId} ${itemId}`))) continue;
        const [query, item] = [queryRow.get(queryId), itemRow.get(itemId)];
        if (query === undefined || item === undefined) continue;
        const list = mined.get(query);
        if (list === undefined) mined.set(query, [item]);
        else list.push(item);
      }
    }
  };
  for await (const { block } of readBlocks(path)) take(block);
  const given = new Map(Array.from(mined, ([query, rows]) => [query, Int32Array.from(rows)]));
  return {
    ...data,
    negativesOf(row) {
      const own = given.get(row);
      const judged = data.negativesOf(row);
      if (own === undefined) return judged;
      return judged.length === 0 ? own : Int32Array.from(new Set([...judged, ...own]));
    },
  };
}

function rowById(ids: Int32Array): ReadonlyMap<number, number> {
  return new Map(Array.from(ids, (id, row) => [id, row]));
}
