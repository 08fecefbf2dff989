import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, ImportId, UploadId } from '../domain/ids.ts';
import type { ImportCounts, ImportOptions } from '../domain/imports.ts';
import type { RunStatus } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** What an import was asked to do: enough to do it again from the uploads. */
export interface ImportSpec extends ImportOptions {
  readonly files: readonly ImportFile[];
}

export interface ImportFile {
  readonly uploadId: UploadId;
  readonly name: string;
  readonly sha256: string;
}

/** A row of Import. */
export interface ImportRow extends ImportCounts {
  readonly id: ImportId;
  readonly datasetId: DatasetId;
  readonly status: RunStatus;
  /** Fencing token: raised by every worker that takes the import. */
  readonly attempt: number;
  readonly spec: ImportSpec;
  /** Artifact of kind `report`; null when no row was skipped. */
  readonly reportSha256: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "datasetId", status, attempt, spec, "rowsRead", "rowsSkipped", "itemsAdded", "itemsUpdated", "queriesAdded",
  "relevanceAdded", "reportSha256", "errorCode", "errorMessage", "createdAt", "startedAt", "finishedAt"`;

export async function insertImport(
  sql: Statements,
  { id, datasetId, spec }: Pick<ImportRow, 'id' | 'datasetId' | 'spec'>,
): Promise<ImportRow> {
  const { rows } = await sql.query(
    `INSERT INTO "Import" (id, "datasetId", spec) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
    [id, datasetId, JSON.stringify(spec)],
  );
  return rows[0];
}

/** In no order; ids that are not there are left out. */
export async function findImports(sql: Statements, ids: readonly ImportId[]): Promise<ImportRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Import" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Newest first. @param before only imports older than this one, by id, which sorts by time */
export async function listImports(
  sql: Statements,
  datasetId: DatasetId | undefined,
  { before, limit }: { before: ImportId | undefined; limit: number },
): Promise<ImportRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "Import" WHERE ($1::uuid IS NULL OR "datasetId" = $1) AND ($2::uuid IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [datasetId ?? null, before ?? null, limit],
  );
  return rows;
}

/**
 * Locks dataset and import, in this order, until the transaction ends.
 * @returns true when this attempt has succeeded already (the answer to its COMMIT got lost)
 * @throws QuartetError FENCED when the attempt has no more say
 */
export async function lockImport(tx: Statements, { id, datasetId, attempt }: ImportRow): Promise<boolean> {
  await tx.query('SELECT FROM "Dataset" WHERE id = $1 FOR NO KEY UPDATE', [datasetId]);
  const { rows } = await tx.query('SELECT attempt, status FROM "Import" WHERE id = $1 FOR UPDATE', [id]);
  const [row] = rows;
  if (row?.attempt !== attempt || !['RUNNING', 'SUCCEEDED'].includes(row.status)) {
    throw new QuartetError('FENCED', `attempt ${attempt} at import ${id} is over: a newer one has it, or it is gone`);
  }
  return row.status === 'SUCCEEDED';
}
