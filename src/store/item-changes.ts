import type { DatasetKind } from '../domain/contents.ts';
import type { DatasetId, IndexId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

/** What `note_changed_items`, `note_deleted_items` and `tell_of_changes` of the migrations tell of, by the dataset's id. */
export const CHANGES_CHANNEL = 'quartet_changes';

/** An item that is not as it was. */
export type ItemChange =
  | { readonly id: number; readonly kind: 'gone' }
  | { readonly id: number; readonly kind: 'described'; readonly label: string | null; readonly metadata: ItemMetadata }
  | {
      readonly id: number;
      /** New, or with other content. */
      readonly kind: 'content';
      readonly content: string;
      /** An image's or a vector's bytes, in place of the text. */
      readonly data: Buffer | null;
      readonly label: string | null;
      readonly metadata: ItemMetadata;
    };

type ItemMetadata = Readonly<Record<string, unknown>>;

export interface ItemChanges {
  /** Of the dataset, at the moment of all that is told here. */
  readonly revision: number;
  /** What its items are. */
  readonly kind: DatasetKind;
  /** Each item once, by id, as it is at that moment. */
  readonly changes: readonly ItemChange[];
  /** New items beyond `newest`, not read. */
  readonly unread: number;
}

/** Up to where the changes of a dataset are known. */
export interface KnownChanges {
  readonly revision: number;
  /** No item of a higher id is known: ids grow in the order in which items are committed, because it is done under a lock. */
  readonly lastItemId: number;
}

/**
 * What changed in a dataset since a moment, in one statement and so of one moment. Two sources: items of higher ids are new,
 * the others were noted by triggers.
 * @param limit new items read, at most
 * @returns null when the dataset is gone
 */
export async function readItemChanges(
  sql: Statements,
  datasetId: DatasetId,
  { revision, lastItemId }: KnownChanges,
  limit: number,
): Promise<ItemChanges | null> {
  const { rows } = await sql.query(
    `WITH noted AS (
       SELECT "itemId" AS id, bool_or(content) AS content FROM "ItemChange"
       WHERE "datasetId" = $1 AND revision > $2 AND "itemId" <= $3 GROUP BY 1
     ), new AS (
       SELECT id FROM "Item" WHERE "datasetId" = $1 AND id > $3 ORDER BY id LIMIT $4
     ), found AS (
       SELECT n.id, n.content AS recoded, i.id IS NULL AS gone, CASE WHEN n.content THEN i.content END AS content, CASE WHEN n.content THEN i.data END AS data, i.label, i.metadata
       FROM noted n LEFT JOIN "Item" i ON i.id = n.id
       UNION ALL
       SELECT n.id, true, false, i.content, i.data, i.label, i.metadata FROM new n JOIN "Item" i ON i.id = n.id
     )
     SELECT d.revision, d.kind, f.*, CASE WHEN (SELECT count(*) FROM new) < $4 THEN 0 ELSE
         (SELECT count(*) FROM "Item" WHERE "datasetId" = $1 AND id > GREATEST($3, (SELECT max(id) FROM new))) END::int AS unread
     FROM "Dataset" d LEFT JOIN found f ON true WHERE d.id = $1 ORDER BY f.id`,
    [datasetId, revision, lastItemId, limit],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const changes = rows.filter(({ id }) => id !== null).map(changeOf);
  return { revision: first.revision, kind: first.kind, changes, unread: first.unread };
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the statement above
function changeOf({ id, recoded, gone, content, data, label, metadata }: any): ItemChange {
  if (gone) return { id, kind: 'gone' };
  return recoded ? { id, kind: 'content', content, data, label, metadata } : { id, kind: 'described', label, metadata };
}

/** How far an index's files are behind its dataset. */
export interface IndexDistance {
  /** Items that are not in the files, or with other content. */
  readonly tail: number;
  /** Rows of the files whose item was deleted or has other content. */
  readonly tombstones: number;
}

export async function indexDistance(sql: Statements, indexId: IndexId): Promise<IndexDistance | null> {
  const { rows } = await sql.query(
    `WITH x AS (SELECT "datasetId", "datasetRevision", "lastItemId" FROM "IndexVersion" WHERE id = $1),
     noted AS (SELECT DISTINCT c."itemId" AS id FROM "ItemChange" c, x
       WHERE c."datasetId" = x."datasetId" AND c.revision > x."datasetRevision" AND c."itemId" <= x."lastItemId" AND c.content)
     SELECT ((SELECT count(*) FROM "Item" i WHERE i."datasetId" = x."datasetId" AND i.id > x."lastItemId")
         + (SELECT count(*) FROM noted n JOIN "Item" i ON i.id = n.id))::int AS tail,
       (SELECT count(*) FROM noted)::int AS tombstones FROM x`,
    [indexId],
  );
  return rows[0] ?? null;
}

/** Forgets changes that the files of every index hold. @returns how many */
export async function forgetItemChanges(sql: Statements): Promise<number> {
  const { rowCount } = await sql.query(
    `DELETE FROM "ItemChange" c WHERE c.revision <= (
       SELECT COALESCE(min(i."datasetRevision"), 2147483647) FROM "IndexVersion" i
       WHERE i."datasetId" = c."datasetId" AND i.status IN ('QUEUED', 'RUNNING', 'SUCCEEDED'))`,
  );
  return rowCount ?? 0;
}
