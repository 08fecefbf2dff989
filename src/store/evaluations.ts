import type { DatasetKind } from '../domain/contents.ts';
import type { DatasetId, EncoderId, EvaluationId, Namespace } from '../domain/ids.ts';
import type { RetrievalMetrics, RunStatus, Split } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** A row of Evaluation. */
export interface EvaluationRow {
  readonly id: EvaluationId;
  readonly datasetId: DatasetId;
  readonly encoderId: EncoderId;
  readonly split: Split;
  readonly status: RunStatus;
  readonly attempt: number;
  readonly metrics: RetrievalMetrics | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "datasetId", "encoderId", split, status, attempt, metrics, "errorCode", "errorMessage", "createdAt",
  "startedAt", "finishedAt"`;

export type NewEvaluation = Pick<EvaluationRow, 'id' | 'datasetId' | 'encoderId' | 'split'>;

export async function insertEvaluation(sql: Statements, evaluation: NewEvaluation): Promise<EvaluationRow> {
  const { id, datasetId, encoderId, split } = evaluation;
  const { rows } = await sql.query(
    `INSERT INTO "Evaluation" (id, "datasetId", "encoderId", split) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [id, datasetId, encoderId, split],
  );
  return rows[0];
}

export async function findEvaluation(sql: Statements, id: EvaluationId): Promise<EvaluationRow | null> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Evaluation" WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** In no order; ids that are not there are left out. */
export async function findEvaluations(sql: Statements, ids: readonly EvaluationId[]): Promise<EvaluationRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Evaluation" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

export interface EvaluationFilter {
  readonly namespace: Namespace;
  readonly datasetId?: DatasetId | undefined;
  readonly encoderId?: EncoderId | undefined;
}

/** Newest first. @param page.before only evaluations older than this one, by id, which sorts by time */
export async function listEvaluations(
  sql: Statements,
  { namespace, datasetId, encoderId }: EvaluationFilter,
  page: { before?: EvaluationId | undefined; limit: number },
): Promise<EvaluationRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "Evaluation"
     WHERE ($1::uuid IS NULL OR "datasetId" = $1) AND ($2::uuid IS NULL OR "encoderId" = $2) AND ($3::uuid IS NULL OR id < $3)
       AND "datasetId" IN (SELECT id FROM "Dataset" WHERE namespace = $5)
     ORDER BY id DESC LIMIT $4`,
    [datasetId ?? null, encoderId ?? null, page.before ?? null, page.limit, namespace],
  );
  return rows;
}

/** Whether a dataset is there, and whether queries of this split have a relevant item. */
export async function evaluability(
  sql: Statements,
  datasetId: DatasetId,
  split: Split,
): Promise<{ kind: DatasetKind | null; hasJudgements: boolean; hasLabels: boolean }> {
  const { rows } = await sql.query(
    `SELECT (SELECT kind FROM "Dataset" WHERE id = $1) AS kind,
       EXISTS (SELECT FROM "Item" WHERE "datasetId" = $1 AND label IS NOT NULL)
         AND NOT EXISTS (SELECT FROM "Relevance" WHERE "datasetId" = $1) AS "hasLabels",
       EXISTS (SELECT FROM "Relevance" r JOIN "Query" q ON q.id = r."queryId"
         WHERE r."datasetId" = $1 AND r.grade > 0 AND q.split = $2::"Split") AS "hasJudgements"`,
    [datasetId, split],
  );
  return rows[0];
}
