import type { DatasetId, Namespace, RunId } from '../domain/ids.ts';
import type {
  BackendName,
  Positives,
  RetrievalMetrics,
  RunStatus,
  TrainingConfig,
  Verdict,
} from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** A row of TrainingRun. */
export interface Run {
  readonly id: RunId;
  readonly datasetId: DatasetId;
  readonly status: RunStatus;
  /** Fencing token: raised by every worker that takes the run and by a cancel. */
  readonly attempt: number;
  readonly config: TrainingConfig;
  readonly snapshotSha256: string | null;
  readonly datasetHash: string | null;
  readonly backend: BackendName | null;
  readonly step: number;
  readonly totalSteps: number | null;
  readonly baseline: RetrievalMetrics | null;
  readonly best: RetrievalMetrics | null;
  readonly verdict: Verdict | null;
  /** When a pause was asked for that has not come about yet. */
  readonly pauseRequestedAt: Date | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Columns that change while a run goes on; undefined leaves a column as it is. */
export interface RunChanges {
  readonly status?: RunStatus;
  readonly snapshotSha256?: string;
  readonly datasetHash?: string;
  readonly backend?: BackendName;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly baseline?: RetrievalMetrics | null;
  readonly best?: RetrievalMetrics | null;
  readonly verdict?: Verdict | null;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

const COLUMNS = `id, "datasetId", status, attempt, config, "snapshotSha256", "datasetHash", backend, step, "totalSteps",
  baseline, best, verdict, "pauseRequestedAt", "errorCode", "errorMessage", "createdAt", "startedAt", "finishedAt"`;

/** Payload: the id of a run that was cancelled. The worker that has it listens. */
export const RUN_CANCELLED_CHANNEL = 'quartet_run_cancelled';

/** Payload: the id of a run that is to pause. */
export const RUN_PAUSE_CHANNEL = 'quartet_run_pause';

/** What makes a pair to train on, by where positives come from. */
const PAIRS: Readonly<Record<Positives, string>> = {
  relevance: `SELECT FROM "Relevance" r JOIN "Query" q ON q.id = r."queryId"
         WHERE r."datasetId" = $1 AND r.grade > 0 AND q.split = 'TRAIN'`,
  label: `SELECT FROM "Item" WHERE "datasetId" = $1 AND label IS NOT NULL GROUP BY label HAVING count(*) > 1`,
  augmentation: `SELECT FROM "Item" WHERE "datasetId" = $1`,
};

/** Whether a dataset is there, and whether it has a pair to train on. */
export async function trainability(
  sql: Statements,
  datasetId: DatasetId,
  positives: Positives,
): Promise<{ exists: boolean; hasPairs: boolean }> {
  const { rows } = await sql.query(
    `SELECT EXISTS (SELECT FROM "Dataset" WHERE id = $1) AS exists,
       EXISTS (${PAIRS[positives]}) AS "hasPairs"`,
    [datasetId],
  );
  return rows[0];
}

export async function insertRun(
  sql: Statements,
  { id, datasetId, config }: { id: RunId; datasetId: DatasetId; config: TrainingConfig },
): Promise<Run> {
  const { rows } = await sql.query(
    `INSERT INTO "TrainingRun" (id, "datasetId", paradigm, "encoderKind", config, seed)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [id, datasetId, config.paradigm.name, config.encoder.kind, JSON.stringify(config), config.seed],
  );
  return rows[0];
}

export async function findRun(sql: Statements, id: RunId): Promise<Run | null> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "TrainingRun" WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** In no order; ids that are not there are left out. */
export async function findRuns(sql: Statements, ids: readonly RunId[]): Promise<Run[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "TrainingRun" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** The row, locked until the transaction ends: whoever writes a run's rows holds this first. */
export async function lockRun(tx: Statements, id: RunId): Promise<Run | null> {
  const { rows } = await tx.query(`SELECT ${COLUMNS} FROM "TrainingRun" WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

export interface RunFilter {
  readonly namespace: Namespace;
  readonly datasetId?: DatasetId;
  readonly status?: RunStatus;
}

/** Newest first. @param before only runs older than this one, by id, which sorts by time */
export async function listRuns(
  sql: Statements,
  { namespace, datasetId, status }: RunFilter,
  { before, limit }: { before?: RunId; limit: number },
): Promise<Run[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "TrainingRun"
     WHERE ($1::uuid IS NULL OR "datasetId" = $1) AND ($2::text IS NULL OR status::text = $2) AND ($3::uuid IS NULL OR id < $3)
       AND "datasetId" IN (SELECT id FROM "Dataset" WHERE namespace = $5)
     ORDER BY id DESC LIMIT $4`,
    [datasetId ?? null, status ?? null, before ?? null, limit, namespace],
  );
  return rows;
}

export async function unfinishedRuns(sql: Statements): Promise<RunId[]> {
  const { rows } = await sql.query(`SELECT id FROM "TrainingRun" WHERE status IN ('QUEUED', 'RUNNING') ORDER BY id`);
  return rows.map((row) => row.id);
}

/** Notes on a row that the caller has locked that a pause is asked for. */
export async function requestPause(tx: Statements, id: RunId): Promise<void> {
  await tx.query(`UPDATE "TrainingRun" SET "pauseRequestedAt" = COALESCE("pauseRequestedAt", now()) WHERE id = $1`, [
    id,
  ]);
}

/**
 * Writes changes to a row that the caller has locked. `step` never goes back; a final status sets `finishedAt`; a status other
 * than RUNNING settles what pause was asked for.
 */
export async function updateRun(tx: Statements, id: RunId, attempt: number, changes: RunChanges): Promise<void> {
  const { status, snapshotSha256, datasetHash, backend, step, totalSteps, errorCode, errorMessage } = changes;
  await tx.query(
    `UPDATE "TrainingRun" SET
       attempt = $2,
       status = COALESCE($3::"JobStatus", status),
       "snapshotSha256" = COALESCE($4, "snapshotSha256"),
       "datasetHash" = COALESCE($5, "datasetHash"),
       backend = COALESCE($6, backend),
       step = GREATEST(step, $7::int),
       "totalSteps" = COALESCE($8, "totalSteps"),
       baseline = COALESCE($9::jsonb, baseline),
       best = COALESCE($10::jsonb, best),
       verdict = COALESCE($13::jsonb, verdict),
       "pauseRequestedAt" = CASE WHEN $3 <> 'RUNNING' THEN NULL ELSE "pauseRequestedAt" END,
       "errorCode" = COALESCE($11, "errorCode"),
       "errorMessage" = COALESCE($12, "errorMessage"),
       "startedAt" = CASE WHEN $3 = 'RUNNING' THEN COALESCE("startedAt", now()) ELSE "startedAt" END,
       "finishedAt" = CASE WHEN $3 IN ('SUCCEEDED', 'FAILED', 'CANCELLED') THEN now() ELSE "finishedAt" END
     WHERE id = $1`,
    [
      id,
      attempt,
      status ?? null,
      snapshotSha256 ?? null,
      datasetHash ?? null,
      backend ?? null,
      step ?? null,
      totalSteps ?? null,
      changes.baseline ? JSON.stringify(changes.baseline) : null,
      changes.best ? JSON.stringify(changes.best) : null,
      errorCode ?? null,
      errorMessage ?? null,
      changes.verdict ? JSON.stringify(changes.verdict) : null,
    ],
  );
}
