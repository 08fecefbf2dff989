import type pg from 'pg';
import type { DatasetKind } from '../domain/contents.ts';
import type { DatasetId, ItemId } from '../domain/ids.ts';
import { Coalesced } from '../platform/coalesced.ts';

/** An item as a search returns it. */
export interface FoundItem {
  readonly id: ItemId;
  readonly datasetId: DatasetId;
  readonly externalId: string | null;
  /** Empty where the dataset holds images or vectors. */
  readonly content: string;
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly revision: number;
}

/** Reads items by id, for many searches at once; items that were deleted are left out. */
export function itemReader(pool: pg.Pool): Coalesced<number, FoundItem> {
  return new Coalesced((ids) => itemsById(pool, ids));
}

/** One prepared statement: parsed and planned once for each connection, which halves its time. */
async function itemsById(pool: pg.Pool, ids: readonly number[]): Promise<Map<number, FoundItem>> {
  const { rows } = await pool.query<FoundItem>({
    name: 'items-by-id',
    text: 'SELECT id, "datasetId", "externalId", content, label, metadata, revision FROM "Item" WHERE id = ANY($1::int[])',
    values: [ids],
  });
  return new Map(rows.map((item) => [item.id, item]));
}

/** What an item is: a text, or an image's or a vector's bytes. */
export interface ItemContent {
  readonly kind: DatasetKind;
  readonly content: string;
  readonly data: Buffer | null;
}

/** @returns null when the dataset has no such item */
export async function itemContent(pool: pg.Pool, datasetId: DatasetId, id: ItemId): Promise<ItemContent | null> {
  const { rows } = await pool.query<ItemContent>({
    name: 'item-content',
    text: 'SELECT (SELECT kind FROM "Dataset" WHERE id = $2) AS kind, content, data FROM "Item" WHERE id = $1::bigint AND "datasetId" = $2',
    values: [id, datasetId],
  });
  return rows[0] ?? null;
}
