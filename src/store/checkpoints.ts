import type { RunId } from '../domain/ids.ts';
import { newUuid } from '../platform/uuid.ts';
import type { Statements } from './statements.ts';

export interface Checkpoint {
  readonly step: number;
  /** Artifact of kind `checkpoint`. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * A step that was reached twice, after a crash, keeps what was written last.
 * @returns the artifacts that this replaced, to be removed after the transaction
 */
export async function saveCheckpoint(
  tx: Statements,
  runId: RunId,
  { step, sha256, bytes }: Checkpoint,
): Promise<string[]> {
  const { rows } = await tx.query(
    'DELETE FROM "Checkpoint" WHERE "runId" = $1 AND step = $2 AND sha256 <> $3 RETURNING sha256',
    [runId, step, sha256],
  );
  await tx.query(
    `INSERT INTO "Checkpoint" (id, "runId", step, sha256, bytes) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [newUuid(), runId, step, sha256, bytes],
  );
  return rows.map((row) => row.sha256);
}

/** Latest first. */
export async function checkpointsOf(sql: Statements, runId: RunId): Promise<Checkpoint[]> {
  const { rows } = await sql.query(
    'SELECT step, sha256, bytes::float8 AS bytes FROM "Checkpoint" WHERE "runId" = $1 ORDER BY step DESC',
    [runId],
  );
  return rows;
}

/**
 * Deletes the rows of all checkpoints of a run but the `keep` latest and the one of step `best`.
 * @returns their artifacts, to be removed after the transaction
 */
export async function retireCheckpoints(
  tx: Statements,
  runId: RunId,
  { keep, best }: { keep: number; best: number | null },
): Promise<string[]> {
  const { rows } = await tx.query(
    `DELETE FROM "Checkpoint" WHERE "runId" = $1 AND step IS DISTINCT FROM $3::int
       AND step NOT IN (SELECT step FROM "Checkpoint" WHERE "runId" = $1 ORDER BY step DESC LIMIT $2)
     RETURNING sha256`,
    [runId, keep, best],
  );
  return rows.map((row) => row.sha256);
}
