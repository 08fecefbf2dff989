import type { DatasetId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

export type FalseNegativeUse = 'POSITIVE' | 'EXCLUDED';

/** A row of FalseNegative. */
export interface FalseNegativeRow {
  readonly datasetId: DatasetId;
  readonly queryIsItem: boolean;
  readonly queryId: number;
  readonly itemId: number;
  readonly use: FalseNegativeUse;
  readonly createdAt: Date;
}

/** Marks a pair, or marks it otherwise than before. A POSITIVE becomes a judgement of grade 1 with it. */
export async function markFalseNegative(
  tx: Statements,
  { datasetId, queryIsItem, queryId, itemId, use }: Omit<FalseNegativeRow, 'createdAt'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO "FalseNegative" ("datasetId", "queryIsItem", "queryId", "itemId", use) VALUES ($1, $2, $3, $4, $5::"FalseNegativeUse")
     ON CONFLICT ("datasetId", "queryIsItem", "queryId", "itemId") DO UPDATE SET use = EXCLUDED.use`,
    [datasetId, queryIsItem, queryId, itemId, use],
  );
  if (use !== 'POSITIVE') return;
  const { rows } = await tx.query(
    `INSERT INTO "Relevance" AS r ("datasetId", "queryId", "itemId", grade) VALUES ($1, $2, $3, 1)
     ON CONFLICT ("queryId", "itemId") DO UPDATE SET grade = 1 WHERE r.grade = 0 RETURNING (xmax = 0) AS added`,
    [datasetId, queryId, itemId],
  );
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE "Dataset" SET revision = revision + 1, "relevanceCount" = "relevanceCount" + $2, "updatedAt" = now() WHERE id = $1`,
    [datasetId, rows[0].added ? 1 : 0],
  );
}

/** Whether query (or item, where queries are items) and item are of this dataset. */
export async function isPairOf(
  sql: Statements,
  {
    datasetId,
    queryIsItem,
    queryId,
    itemId,
  }: Pick<FalseNegativeRow, 'datasetId' | 'queryIsItem' | 'queryId' | 'itemId'>,
): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT EXISTS (SELECT FROM "${queryIsItem ? 'Item' : 'Query'}" WHERE id = $2 AND "datasetId" = $1)
       AND EXISTS (SELECT FROM "Item" WHERE id = $3 AND "datasetId" = $1) AS there`,
    [datasetId, queryId, itemId],
  );
  return rows[0].there;
}

/** All marked pairs of a dataset. @param until only those marked up to then */
export async function falseNegativesOf(
  sql: Statements,
  datasetId: DatasetId,
  queryIsItem: boolean,
  until: Date | null = null,
): Promise<FalseNegativeRow[]> {
  const { rows } = await sql.query(
    `SELECT "datasetId", "queryIsItem", "queryId", "itemId", use, "createdAt" FROM "FalseNegative"
     WHERE "datasetId" = $1 AND "queryIsItem" = $2 AND ($3::timestamptz IS NULL OR "createdAt" <= $3)
     ORDER BY "queryId", "itemId"`,
    [datasetId, queryIsItem, until],
  );
  return rows;
}

/** Those of these pairs that are marked. */
export async function marksOfPairs(
  sql: Statements,
  datasetId: DatasetId,
  queryIsItem: boolean,
  pairs: readonly { readonly queryId: number; readonly itemId: number }[],
): Promise<FalseNegativeRow[]> {
  const { rows } = await sql.query(
    `SELECT "datasetId", "queryIsItem", f."queryId", f."itemId", use, "createdAt" FROM "FalseNegative" f
     JOIN unnest($3::int[], $4::int[]) AS p ("queryId", "itemId") USING ("queryId", "itemId")
     WHERE "datasetId" = $1 AND "queryIsItem" = $2`,
    [datasetId, queryIsItem, pairs.map(({ queryId }) => queryId), pairs.map(({ itemId }) => itemId)],
  );
  return rows;
}
