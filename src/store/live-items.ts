import type { PoolClient } from 'pg';
import type { DatasetId, ItemId } from '../domain/ids.ts';
import { mergeFewItems } from './import-merge/items.ts';
import { keepStagedTables } from './import-merge/stage.ts';
import { fixDimensions, lockDataset } from './import-merge.ts';

/** An item as somebody states it. What is null stays as it is. */
export interface StatedItem {
  readonly externalId: string | null;
  /** Null where `data` is what it is. */
  readonly text: string | null;
  /** Bytes of an image file, or float32 numbers. */
  readonly data: Buffer | null;
  readonly label: string | null;
  /** JSON */
  readonly metadata: string | null;
}

export interface UpsertedItems {
  /** In the order given. */
  readonly ids: readonly ItemId[];
  readonly added: number;
  readonly updated: number;
  /** Of the dataset, with these changes. */
  readonly revision: number;
}

/**
 * Adds items and changes those that are there, by the very rules of an import (import-merge/items.ts), in the caller's
 * transaction. Whoever changes the same dataset waits until it ends.
 * @param dimensions of the vectors; null where the items are something else
 * @throws QuartetError NOT_FOUND when the dataset is gone, IMPORT_FAILED when its vectors are of another length
 */
export async function upsertItems(
  tx: PoolClient,
  datasetId: DatasetId,
  items: readonly StatedItem[],
  dimensions: number | null,
): Promise<UpsertedItems> {
  await lockDataset(tx, datasetId);
  if (dimensions !== null) await fixDimensions(tx, datasetId, dimensions);
  await keepStagedTables(tx);
  await tx.query(
    `INSERT INTO staged_row (seq, item_ext, item_hash, item_text, label, metadata, item_data)
     SELECT n, ext, sha256(COALESCE(data, convert_to(text, 'UTF8'))), text, label, metadata, data
     FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[]) WITH ORDINALITY
       AS given (ext, text, label, metadata, data, n)`,
    [
      items.map(({ externalId }) => externalId),
      items.map(({ text }) => text),
      items.map(({ label }) => label),
      items.map(({ metadata }) => metadata),
      items.map(({ data }) => data),
    ],
  );
  const { added, updated, removed, changed } = await mergeFewItems(tx, datasetId);
  const { rows } = await tx.query(
    'SELECT n.id FROM staged_row s JOIN numbered_item n ON n.hash = s.item_hash ORDER BY s.seq',
  );
  const revision = await countChanges(tx, datasetId, { items: added - removed, recount: removed > 0, changed });
  return { ids: rows.map(({ id }) => id), added, updated, revision };
}

export interface DeletedItems {
  readonly ids: readonly ItemId[];
  readonly revision: number;
}

/**
 * Deletes items with their judgements, in the caller's transaction. An id of the dataset's own deletes the item; an external
 * id takes that id away, and the item goes with its last one. What is not there is passed over.
 * @throws QuartetError NOT_FOUND when the dataset is gone
 */
export async function deleteItems(
  tx: PoolClient,
  datasetId: DatasetId,
  { ids, externalIds }: { readonly ids: readonly ItemId[]; readonly externalIds: readonly string[] },
): Promise<DeletedItems> {
  await lockDataset(tx, datasetId);
  const { rows: named } = await tx.query('SELECT id FROM "Item" WHERE "datasetId" = $1 AND id = ANY($2::int[])', [
    datasetId,
    ids,
  ]);
  const going = new Set<ItemId>(named.map(({ id }) => id));
  const { rowCount: aliases } = await tx.query(
    'DELETE FROM "ItemAlias" WHERE "datasetId" = $1 AND "externalId" = ANY($2::text[])',
    [datasetId, externalIds],
  );
  // The alias that comes first becomes the id of an item that loses its own.
  const { rows: owners } = await tx.query(
    `SELECT i.id, (SELECT a."externalId" FROM "ItemAlias" a WHERE a."itemId" = i.id ORDER BY a."externalId" COLLATE "C" LIMIT 1) AS heir
     FROM "Item" i WHERE i."datasetId" = $1 AND i."externalId" = ANY($2::text[])`,
    [datasetId, externalIds],
  );
  const renamed = owners.filter(({ id, heir }) => heir !== null && !going.has(id));
  for (const { id, heir } of owners) if (heir === null) going.add(id);
  if (renamed.length > 0) {
    const heirs = renamed.map(({ heir }) => heir);
    await tx.query('DELETE FROM "ItemAlias" WHERE "datasetId" = $1 AND "externalId" = ANY($2::text[])', [
      datasetId,
      heirs,
    ]);
    await tx.query(
      `UPDATE "Item" i SET "externalId" = r.heir FROM unnest($1::int[], $2::text[]) AS r (id, heir) WHERE i.id = r.id`,
      [renamed.map(({ id }) => id), heirs],
    );
  }
  const deleted = [...going].sort((a, b) => a - b);
  await tx.query('DELETE FROM "Item" WHERE id = ANY($1::int[])', [deleted]);
  const changed = deleted.length + renamed.length + (aliases ?? 0) > 0;
  const revision = await countChanges(tx, datasetId, { items: -deleted.length, recount: deleted.length > 0, changed });
  return { ids: deleted, revision };
}

/** @param change.recount whether judgements may have gone too @returns the dataset's revision */
async function countChanges(
  tx: PoolClient,
  datasetId: DatasetId,
  change: { readonly items: number; readonly recount: boolean; readonly changed: boolean },
): Promise<number> {
  const { rows } = await tx.query(
    `UPDATE "Dataset" SET revision = revision + $2, "updatedAt" = now(), "itemCount" = "itemCount" + $3,
       "relevanceCount" = CASE WHEN $4 THEN (SELECT count(*) FROM "Relevance" WHERE "datasetId" = $1) ELSE "relevanceCount" END
     WHERE id = $1 RETURNING revision`,
    [datasetId, change.changed ? 1 : 0, change.items, change.recount],
  );
  return rows[0].revision;
}
