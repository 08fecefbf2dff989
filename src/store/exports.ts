import type { DatasetId, IndexId, ItemId, NegativeSetId, QueryId } from '../domain/ids.ts';
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

/** What a mined pair is called and says; what is gone is left out. */
export interface NamedContent {
  readonly id: number;
  readonly externalId: string | null;
  /** Empty where the dataset holds images or vectors. */
  readonly content: string;
}

/** In no order. @param from `Query`, or `Item` where queries are items */
export async function contentsOf(
  sql: Statements,
  from: 'Item' | 'Query',
  datasetId: DatasetId,
  ids: readonly number[],
): Promise<Map<number, NamedContent>> {
  const { rows } = await sql.query(
    `SELECT id, "externalId", content FROM "${from}" WHERE "datasetId" = $1 AND id = ANY($2::int[])`,
    [datasetId, [...new Set(ids)]],
  );
  return new Map(rows.map((row: NamedContent) => [row.id, row]));
}

/** A mined set with what its export depends on; null when there is none of this id. */
export async function exportedSet(
  sql: Statements,
  id: NegativeSetId,
): Promise<{
  readonly datasetId: DatasetId;
  readonly name: string;
  readonly revision: number;
  readonly sha256: string | null;
  readonly candidates: number;
  readonly queryIsItem: boolean;
  /** Changes with every mark that somebody makes. */
  readonly marks: string;
} | null> {
  const { rows } = await sql.query(
    `SELECT s."datasetId", d.name, d.revision, s.sha256, s.candidates, s.positives = 'label' AS "queryIsItem",
       (SELECT md5(coalesce(string_agg(f."queryId" || ' ' || f."itemId" || ' ' || f.use, ',' ORDER BY f."queryId", f."itemId"), ''))
        FROM "FalseNegative" f WHERE f."datasetId" = d.id) AS marks
     FROM "HardNegativeSet" s JOIN "Dataset" d ON d.id = s."datasetId" WHERE s.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** An index version with what its export depends on; null when there is none of this id. */
export async function exportedIndex(
  sql: Statements,
  id: IndexId,
): Promise<{
  readonly datasetId: DatasetId;
  readonly name: string;
  readonly revision: number;
  readonly sha256: string | null;
} | null> {
  const { rows } = await sql.query(
    `SELECT x."datasetId", d.name, d.revision, x.sha256 FROM "IndexVersion" x JOIN "Dataset" d ON d.id = x."datasetId" WHERE x.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Of some items of an index those that its files have as they are now: neither deleted since, nor given other content. In no order. */
export async function itemsAsIndexed(
  sql: Statements,
  indexId: IndexId,
  ids: readonly number[],
): Promise<Map<number, Omit<ExportedItem, 'data'>>> {
  const { rows } = await sql.query(
    `SELECT i.id, i."externalId", i.content, i.label, i.metadata FROM "IndexVersion" x
     JOIN "Item" i ON i."datasetId" = x."datasetId" AND i.id = ANY($2::int[])
     WHERE x.id = $1 AND NOT EXISTS (SELECT FROM "ItemChange" c WHERE c."datasetId" = x."datasetId" AND c."itemId" = i.id
       AND c.revision > x."datasetRevision" AND c.content)`,
    [indexId, ids],
  );
  return new Map(rows.map((row: ExportedItem) => [row.id, row]));
}
