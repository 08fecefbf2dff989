import type { DatasetId, NegativeSetId, RunId } from '../domain/ids.ts';
import type { MiningReport, MiningSpec } from '../domain/mining.ts';
import type { Statements } from './statements.ts';

/** A row of RunRefresh. */
export interface RefreshRow {
  readonly runId: RunId;
  readonly number: number;
  readonly minedAt: number;
  /** Artifact of kind `encoder`; null once the negatives are there. */
  readonly encoderSha256: string | null;
  readonly setId: NegativeSetId | null;
}

/** By run, then by number. */
export async function refreshesOf(sql: Statements, runIds: readonly RunId[]): Promise<RefreshRow[]> {
  const { rows } = await sql.query(
    `SELECT "runId", number, "minedAt", "encoderSha256", "setId" FROM "RunRefresh" WHERE "runId" = ANY($1::uuid[])
     ORDER BY "runId", number`,
    [runIds],
  );
  return rows;
}

/** Once more for the same number changes nothing. */
export async function insertRefresh(
  tx: Statements,
  { runId, number, minedAt, encoderSha256 }: Omit<RefreshRow, 'setId'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO "RunRefresh" ("runId", number, "minedAt", "encoderSha256") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [runId, number, minedAt, encoderSha256],
  );
}

export interface RefreshedSet {
  readonly id: NegativeSetId;
  readonly datasetId: DatasetId;
  readonly positives: 'relevance' | 'label';
  readonly spec: MiningSpec;
  readonly snapshotSha256: string | null;
  readonly datasetHash: string;
  readonly report: MiningReport;
  readonly candidates: number;
  readonly sha256: string;
}

/** Writes a set that is mined already, and names it in the refresh that it is of. */
export async function insertRefreshedSet(
  tx: Statements,
  { runId, number }: Pick<RefreshRow, 'runId' | 'number'>,
  set: RefreshedSet,
): Promise<void> {
  const { id, datasetId, positives, spec, snapshotSha256, datasetHash, report, candidates, sha256 } = set;
  const queries = report.queries + report.queriesWithoutPositives;
  await tx.query(
    `INSERT INTO "HardNegativeSet" (id, "datasetId", source, positives, spec, status, attempt, "queriesDone", "queriesTotal",
       "snapshotSha256", "datasetHash", candidates, report, sha256, "startedAt", "finishedAt")
     VALUES ($1, $2, 'ENCODER', $3, $4, 'SUCCEEDED', 1, $5, $5, $6, $7, $8, $9, $10, now(), now())`,
    [
      id,
      datasetId,
      positives,
      JSON.stringify(spec),
      queries,
      snapshotSha256,
      datasetHash,
      candidates,
      JSON.stringify(report),
      sha256,
    ],
  );
  await tx.query(
    `UPDATE "RunRefresh" SET "setId" = $3, "encoderSha256" = NULL WHERE "runId" = $1 AND number = $2 AND "setId" IS NULL`,
    [runId, number, id],
  );
}
