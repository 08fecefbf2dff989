import type { AliasId, DatasetId, EncoderId, IndexId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

/** A row of IndexAlias. */
export interface AliasRow {
  readonly id: AliasId;
  readonly datasetId: DatasetId;
  readonly name: string;
  readonly currentId: IndexId;
  readonly previousId: IndexId | null;
  readonly createdAt: Date;
  readonly movedAt: Date;
}

const COLUMNS = 'id, "datasetId", name, "currentId", "previousId", "createdAt", "movedAt"';

/** The alias, made where there is none: of two that ask at once, one makes it. @returns whether this call did */
export async function insertAlias(
  tx: Statements,
  { id, datasetId, name, currentId }: Pick<AliasRow, 'id' | 'datasetId' | 'name' | 'currentId'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO "IndexAlias" (id, "datasetId", name, "currentId") VALUES ($1, $2, $3, $4)
     ON CONFLICT ("datasetId", name) DO NOTHING`,
    [id, datasetId, name, currentId],
  );
  return rowCount === 1;
}

/** The row, locked until the transaction ends: whoever moves an alias holds this first. */
export async function lockAlias(
  tx: Statements,
  by: { readonly id: AliasId } | { readonly datasetId: DatasetId; readonly name: string },
): Promise<AliasRow | null> {
  const [where, values] =
    'id' in by ? ['id = $1', [by.id]] : ['"datasetId" = $1 AND name = $2', [by.datasetId, by.name]];
  const { rows } = await tx.query(`SELECT ${COLUMNS} FROM "IndexAlias" WHERE ${where} FOR UPDATE`, values);
  return rows[0] ?? null;
}

/** Points an alias that the caller has locked elsewhere, in one statement. */
export async function moveAlias(tx: Statements, id: AliasId, to: IndexId): Promise<void> {
  await tx.query(
    `UPDATE "IndexAlias" SET "previousId" = "currentId", "currentId" = $2, "movedAt" = now() WHERE id = $1`,
    [id, to],
  );
}

/** In no order; ids that are not there are left out. */
export async function findAliases(sql: Statements, ids: readonly AliasId[]): Promise<AliasRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "IndexAlias" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Of one dataset, by name. @param page.after only names after this one */
export async function listAliases(
  sql: Statements,
  datasetId: DatasetId,
  page: { after: string | null; limit: number },
): Promise<AliasRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "IndexAlias" WHERE "datasetId" = $1 AND ($2::text IS NULL OR name > $2) ORDER BY name LIMIT $3`,
    [datasetId, page.after, page.limit],
  );
  return rows;
}

/** What a gate must know of an index. */
export interface PromotableIndex {
  readonly id: IndexId;
  readonly datasetId: DatasetId;
  readonly encoderId: EncoderId;
  readonly status: string;
}

export async function promotableIndex(sql: Statements, id: IndexId): Promise<PromotableIndex | null> {
  const { rows } = await sql.query(
    `SELECT id, "datasetId", "encoderId", status::text AS status FROM "IndexVersion" WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
