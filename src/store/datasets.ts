import type { DatasetKind } from '../domain/contents.ts';
import type { DatasetId, ItemId, Namespace, QueryId } from '../domain/ids.ts';
import type { Split } from '../domain/training.ts';
import { allowLong } from './connections.ts';
import type { Statements } from './statements.ts';

/** A row of Dataset. */
export interface DatasetRow {
  readonly id: DatasetId;
  readonly namespace: Namespace;
  /** Unique in its namespace. */
  readonly name: string;
  readonly kind: DatasetKind;
  /** Numbers in each vector of a VECTOR dataset; null while it has none, and for other kinds. */
  readonly dimensions: number | null;
  /** Grows by one with every import that changed something. */
  readonly revision: number;
  readonly itemCount: number;
  readonly queryCount: number;
  readonly relevanceCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A row of Item. */
export interface ItemRow {
  readonly id: ItemId;
  readonly datasetId: DatasetId;
  readonly externalId: string | null;
  /** Empty where the dataset holds images or vectors. */
  readonly content: string;
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly revision: number;
}

/** A row of Query. */
export interface QueryRow {
  readonly id: QueryId;
  readonly datasetId: DatasetId;
  readonly externalId: string | null;
  readonly content: string;
  readonly split: Split;
}

/** A row of Relevance with its item. */
export interface JudgementRow {
  readonly queryId: QueryId;
  readonly grade: number;
  readonly item: ItemRow;
}

const DATASET = `id, namespace, name, kind, dimensions, revision, "itemCount", "queryCount", "relevanceCount", "createdAt", "updatedAt"`;
const ITEM = `id, "datasetId", "externalId", content, label, metadata, revision`;
const QUERY = `id, "datasetId", "externalId", content, split`;

/** @returns null when the name is taken */
export async function insertDataset(
  sql: Statements,
  dataset: Pick<DatasetRow, 'id' | 'namespace' | 'name'> & { readonly kind?: DatasetKind },
): Promise<DatasetRow | null> {
  const { id, namespace, name, kind = 'TEXT' } = dataset;
  const { rows } = await sql.query(
    `INSERT INTO "Dataset" (id, namespace, name, kind, "updatedAt") VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (namespace, name) DO NOTHING RETURNING ${DATASET}`,
    [id, namespace, name, kind],
  );
  return rows[0] ?? null;
}

/** In no order; ids that are not there are left out. */
export async function findDatasets(sql: Statements, ids: readonly DatasetId[]): Promise<DatasetRow[]> {
  const { rows } = await sql.query(`SELECT ${DATASET} FROM "Dataset" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

export async function findDatasetByName(
  sql: Statements,
  namespace: Namespace,
  name: string,
): Promise<DatasetRow | null> {
  const { rows } = await sql.query(`SELECT ${DATASET} FROM "Dataset" WHERE namespace = $1 AND name = $2`, [
    namespace,
    name,
  ]);
  return rows[0] ?? null;
}

export async function datasetRevision(sql: Statements, id: DatasetId): Promise<number | null> {
  const { rows } = await sql.query('SELECT revision FROM "Dataset" WHERE id = $1', [id]);
  return rows[0]?.revision ?? null;
}

/** By name, in code point order. @param after only names behind this one */
export async function listDatasets(
  sql: Statements,
  namespace: Namespace,
  after: string | null,
  limit: number,
): Promise<DatasetRow[]> {
  const { rows } = await sql.query(
    `SELECT ${DATASET} FROM "Dataset" WHERE namespace = $1 AND ($2::text IS NULL OR name COLLATE "C" > $2)
     ORDER BY name COLLATE "C" LIMIT $3`,
    [namespace, after, limit],
  );
  return rows;
}

/** With everything that belongs to it. @returns whether it was there */
export async function deleteDataset(sql: Statements, id: DatasetId): Promise<boolean> {
  await allowLong(sql);
  const { rowCount } = await sql.query('DELETE FROM "Dataset" WHERE id = $1', [id]);
  return rowCount === 1;
}

/** In a transaction: deletes it unless an import into it succeeded or is under way, or other work hangs on it. */
export async function deleteUnusedDataset(tx: Statements, id: DatasetId): Promise<'deleted' | 'used' | 'missing'> {
  await allowLong(tx);
  // Whatever would refer to it waits for this lock, so that what the next statement sees stays true.
  const { rowCount: found } = await tx.query('SELECT FROM "Dataset" WHERE id = $1 FOR UPDATE', [id]);
  if (found === 0) return 'missing';
  const { rowCount } = await tx.query(
    `DELETE FROM "Dataset" WHERE id = $1 AND revision = 0
       AND NOT EXISTS (SELECT FROM "Import" WHERE "datasetId" = $1 AND status NOT IN ('FAILED', 'CANCELLED'))
       AND NOT EXISTS (SELECT FROM "TrainingRun" WHERE "datasetId" = $1)
       AND NOT EXISTS (SELECT FROM "IndexVersion" WHERE "datasetId" = $1)
       AND NOT EXISTS (SELECT FROM "Evaluation" WHERE "datasetId" = $1)`,
    [id],
  );
  return rowCount === 1 ? 'deleted' : 'used';
}

/** In the order of import. @param after only items behind this one */
export async function listItems(
  sql: Statements,
  datasetId: DatasetId,
  after: ItemId | null,
  limit: number,
): Promise<ItemRow[]> {
  const { rows } = await sql.query(
    `SELECT ${ITEM} FROM "Item" WHERE "datasetId" = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [datasetId, after ?? 0, limit],
  );
  return rows;
}

/** In no order; ids that are not there are left out. */
export async function findItems(sql: Statements, ids: readonly ItemId[]): Promise<ItemRow[]> {
  const { rows } = await sql.query(`SELECT ${ITEM} FROM "Item" WHERE id = ANY($1::int[])`, [ids]);
  return rows;
}

/** The item that has this id, as its own or as an alias. */
export async function findItemByExternalId(
  sql: Statements,
  datasetId: DatasetId,
  externalId: string,
): Promise<ItemRow | null> {
  const { rows } = await sql.query(
    `SELECT ${ITEM} FROM "Item" WHERE "datasetId" = $1 AND ("externalId" = $2
       OR id = (SELECT "itemId" FROM "ItemAlias" WHERE "datasetId" = $1 AND "externalId" = $2)) LIMIT 1`,
    [datasetId, externalId],
  );
  return rows[0] ?? null;
}

/** In the order of import. @param after only queries behind this one */
export async function listQueries(
  sql: Statements,
  { datasetId, split }: { datasetId: DatasetId; split: Split | null },
  after: QueryId | null,
  limit: number,
): Promise<QueryRow[]> {
  const { rows } = await sql.query(
    `SELECT ${QUERY} FROM "Query" WHERE "datasetId" = $1 AND id > $2 AND ($3::text IS NULL OR split::text = $3)
     ORDER BY id LIMIT $4`,
    [datasetId, after ?? 0, split, limit],
  );
  return rows;
}

/** In no order; ids that are not there are left out. */
export async function findQueries(sql: Statements, ids: readonly QueryId[]): Promise<QueryRow[]> {
  const { rows } = await sql.query(`SELECT ${QUERY} FROM "Query" WHERE id = ANY($1::int[])`, [ids]);
  return rows;
}

/** For each query its `perQuery` best judgements, best grade first, then in the order of import. */
export async function judgementsOf(
  sql: Statements,
  queryIds: readonly QueryId[],
  perQuery: number,
): Promise<JudgementRow[]> {
  const { rows } = await sql.query(
    `SELECT r."queryId", r.grade, i.id, i."datasetId", i."externalId", i.content, i.label, i.metadata, i.revision
     FROM unnest($1::int[]) q (id)
     CROSS JOIN LATERAL (SELECT * FROM "Relevance" WHERE "queryId" = q.id ORDER BY grade DESC, "itemId" LIMIT $2) r
     JOIN "Item" i ON i.id = r."itemId" ORDER BY r."queryId", r.grade DESC, i.id`,
    [queryIds, perQuery],
  );
  return rows.map(({ queryId, grade, ...item }) => ({ queryId, grade, item }));
}
