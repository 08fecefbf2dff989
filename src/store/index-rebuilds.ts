import type { IndexId, IndexRebuildId } from '../domain/ids.ts';
import type { RunStatus } from '../domain/training.ts';
import { type Attempt, finishRow } from './job-rows.ts';
import type { Statements } from './statements.ts';

/** A row of IndexRebuild. */
export interface IndexRebuildRow {
  readonly id: IndexRebuildId;
  readonly indexId: IndexId;
  readonly status: RunStatus;
  readonly attempt: number;
  readonly count: number;
  readonly built: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "indexId", status, attempt, count, built, "errorCode", "errorMessage", "createdAt", "startedAt", "finishedAt"`;

/**
 * In a transaction: adds a rebuild, unless one is under way or the files are not of this generation any more.
 * @returns whether it was added
 */
export async function insertRebuild(
  tx: Statements,
  id: IndexRebuildId,
  index: { readonly id: IndexId; readonly generation: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT FROM "IndexVersion" WHERE id = $1 AND generation = $2 AND status = 'SUCCEEDED' FOR NO KEY UPDATE`,
    [index.id, index.generation],
  );
  if (rowCount === 0) return false;
  const { rowCount: added } = await tx.query(
    `INSERT INTO "IndexRebuild" (id, "indexId") SELECT $1, $2
     WHERE NOT EXISTS (SELECT FROM "IndexRebuild" WHERE "indexId" = $2 AND status IN ('QUEUED', 'RUNNING'))`,
    [id, index.id],
  );
  return added === 1;
}

export async function findRebuild(sql: Statements, id: IndexRebuildId): Promise<IndexRebuildRow | null> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "IndexRebuild" WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

export async function latestRebuild(sql: Statements, indexId: IndexId): Promise<IndexRebuildRow | null> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "IndexRebuild" WHERE "indexId" = $1 ORDER BY id DESC LIMIT 1`,
    [indexId],
  );
  return rows[0] ?? null;
}

export interface NewFiles {
  readonly sha256: string;
  readonly bytes: number;
  readonly datasetHash: string;
  readonly recallAt10: number | null;
  readonly recallLoss: number | null;
  readonly count: number;
  readonly datasetRevision: number;
  readonly lastItemId: number;
}

/** In a transaction: gives the index its new files and ends the rebuild. @throws QuartetError FENCED */
export async function swapFiles(
  tx: Statements,
  rebuild: Attempt & { indexId: IndexId },
  files: NewFiles,
): Promise<void> {
  const { sha256, bytes, datasetHash, recallAt10, recallLoss, count, datasetRevision, lastItemId } = files;
  await finishRow(tx, 'IndexRebuild', rebuild, { status: 'SUCCEEDED', count, built: count });
  await tx.query(
    `UPDATE "IndexVersion" SET generation = generation + 1, sha256 = $2, bytes = $3, "datasetHash" = $4, "recallAt10" = $5,
       count = $6, built = $6, "datasetRevision" = $7, "lastItemId" = $8, "recallLoss" = $9 WHERE id = $1`,
    [rebuild.indexId, sha256, bytes, datasetHash, recallAt10, count, datasetRevision, lastItemId, recallLoss],
  );
}
