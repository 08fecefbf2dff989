import type { DatasetId, EncoderId, IndexId, RefinementId, RunId } from '../domain/ids.ts';
import type { MiningSpec } from '../domain/mining.ts';
import type { RefinementRound } from '../domain/refinement.ts';
import type { RunStatus, TrainingConfig } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** A row of Refinement. */
export interface RefinementRow {
  readonly id: RefinementId;
  readonly datasetId: DatasetId;
  /** Of round 0; later rounds add a set of negatives to it. */
  readonly config: TrainingConfig;
  readonly mining: MiningSpec;
  /** Rounds of mining wanted. */
  readonly rounds: number;
  /** One run that mines so often on its way. */
  readonly asynchronous: boolean;
  /** Those that have begun, round 0 first. */
  readonly done: readonly RefinementRound[];
  readonly status: RunStatus;
  readonly attempt: number;
  /** The best encoder, and an index of it; null until SUCCEEDED. */
  readonly encoderId: EncoderId | null;
  readonly indexId: IndexId | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "datasetId", config, mining, rounds, asynchronous, done, status, attempt, "encoderId", "indexId", "errorCode", "errorMessage",
  "createdAt", "startedAt", "finishedAt"`;

export async function insertRefinement(
  tx: Statements,
  refinement: Pick<RefinementRow, 'id' | 'datasetId' | 'config' | 'mining' | 'rounds' | 'asynchronous'>,
): Promise<void> {
  const { id, datasetId, config, mining, rounds, asynchronous } = refinement;
  await tx.query(
    `INSERT INTO "Refinement" (id, "datasetId", config, mining, rounds, asynchronous) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, datasetId, JSON.stringify(config), JSON.stringify(mining), rounds, asynchronous],
  );
}

/** The refinements that have begun these runs, each with the run. */
export async function refinementsOfRuns(
  sql: Statements,
  runIds: readonly RunId[],
): Promise<(RefinementRow & { readonly runId: RunId })[]> {
  const { rows } = await sql.query(
    `SELECT f.*, r.id AS "runId" FROM "TrainingRun" r JOIN "Refinement" f ON f."datasetId" = r."datasetId"
       AND f.done @> jsonb_build_array(jsonb_build_object('runId', r.id::text))
     WHERE r.id = ANY($1::uuid[])`,
    [runIds],
  );
  return rows;
}

/** In no order; ids that are not there are left out. */
export async function findRefinements(sql: Statements, ids: readonly RefinementId[]): Promise<RefinementRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Refinement" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Newest first. @param page.before only refinements older than this one, by id, which sorts by time */
export async function listRefinements(
  sql: Statements,
  datasetId: DatasetId,
  page: { before?: RefinementId | undefined; limit: number },
): Promise<RefinementRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "Refinement" WHERE "datasetId" = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [datasetId, page.before ?? null, page.limit],
  );
  return rows;
}
