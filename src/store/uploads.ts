import type { Namespace, UploadId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

/** A row of Upload. */
export interface UploadRow {
  readonly id: UploadId;
  readonly namespace: Namespace;
  readonly fileName: string;
  readonly status: 'PENDING' | 'COMPLETE';
  readonly bytes: number;
  /** Null until COMPLETE. */
  readonly sha256: string | null;
  /** What it must have when it has arrived; null: anything. */
  readonly announcedBytes: number | null;
  readonly announcedSha256: string | null;
  /** Permission to send the bytes. A secret: never log it. */
  readonly token: string;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

const COLUMNS = `id, namespace, "fileName", status, bytes::float8 AS bytes, sha256, "announcedBytes"::float8 AS "announcedBytes", "announcedSha256", token, "expiresAt", "createdAt"`;

export async function insertUpload(
  sql: Statements,
  upload: Pick<
    UploadRow,
    'id' | 'namespace' | 'fileName' | 'announcedBytes' | 'announcedSha256' | 'token' | 'expiresAt'
  >,
): Promise<UploadRow> {
  const { id, namespace, fileName, announcedBytes, announcedSha256, token, expiresAt } = upload;
  const { rows } = await sql.query(
    `INSERT INTO "Upload" (id, namespace, "fileName", "announcedBytes", "announcedSha256", token, "expiresAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
    [id, namespace, fileName, announcedBytes, announcedSha256, token, expiresAt],
  );
  return rows[0];
}

/** In no order; ids that are not there are left out. */
export async function findUploads(sql: Statements, ids: readonly UploadId[]): Promise<UploadRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Upload" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** @returns null when it was complete already, or is gone */
export async function completeUpload(
  sql: Statements,
  { id, bytes, sha256, expiresAt }: Pick<UploadRow, 'id' | 'bytes' | 'expiresAt'> & { readonly sha256: string },
): Promise<UploadRow | null> {
  const { rows } = await sql.query(
    `UPDATE "Upload" SET status = 'COMPLETE', bytes = $2, sha256 = $3, "expiresAt" = $4
     WHERE id = $1 AND status = 'PENDING' RETURNING ${COLUMNS}`,
    [id, bytes, sha256, expiresAt],
  );
  return rows[0] ?? null;
}

/** Keeps uploads that an import refers to until this moment at least, so that they outlive its job. */
export async function extendUploads(sql: Statements, ids: readonly UploadId[], expiresAt: Date): Promise<void> {
  await sql.query(`UPDATE "Upload" SET "expiresAt" = GREATEST("expiresAt", $2) WHERE id = ANY($1::uuid[])`, [
    ids,
    expiresAt,
  ]);
}

/** Deletes the rows of expired uploads that no unfinished import needs. */
export async function deleteExpiredUploads(sql: Statements, now: Date): Promise<UploadId[]> {
  const { rows } = await sql.query(
    `DELETE FROM "Upload" u WHERE u."expiresAt" < $1 AND NOT EXISTS (
       SELECT FROM "Import" i, jsonb_array_elements(i.spec->'files') f
       WHERE i.status IN ('QUEUED', 'RUNNING') AND f->>'uploadId' = u.id::text)
     RETURNING u.id`,
    [now],
  );
  return rows.map(({ id }) => id);
}
