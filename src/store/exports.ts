import type { DatasetId, ItemId, QueryId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

export interface ExportedItem {
  readonly id: ItemId;
  readonly externalId: string | null;
  readonly content: string;
  /** An image's or a vector's bytes. */
  readonly data: Buffer | null;
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** In the order of their ids. */
export async function itemsAfter(
  sql: Statements,
  datasetId: DatasetId,
  after: number,
  limit: number,
): Promise<ExportedItem[]> {
  const { rows } = await sql.query(
    `SELECT id, "externalId", content, data, label, metadata FROM "Item" WHERE "datasetId" = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [datasetId, after, limit],
  );
  return rows;
}

export interface ExportedPair {
  readonly queryRow: QueryId;
  readonly itemRow: ItemId;
  readonly queryId: string | null;
  readonly query: string;
  readonly itemId: string | null;
  readonly positive: string;
  readonly grade: number;
  readonly split: string;
}

/** In the order of queries, then items. */
export async function pairsAfter(
  sql: Statements,
  datasetId: DatasetId,
  after: readonly [query: number, item: number],
  limit: number,
): Promise<ExportedPair[]> {
  const { rows } = await sql.query(
    `SELECT q.id AS "queryRow", i.id AS "itemRow", q."externalId" AS "queryId", q.content AS query, i."externalId" AS "itemId",
       i.content AS positive, r.grade, lower(q.split::text) AS split
     FROM "Relevance" r JOIN "Query" q ON q.id = r."queryId" JOIN "Item" i ON i.id = r."itemId"
     WHERE r."datasetId" = $1 AND q."datasetId" = $1 AND (r."queryId", r."itemId") > ($2, $3)
     ORDER BY r."queryId", r."itemId" LIMIT $4`,
    [datasetId, ...after, limit],
  );
  return rows;
}
