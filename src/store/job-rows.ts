import { QuartetError } from '../domain/errors.ts';
import type { RunStatus } from '../domain/training.ts';
import { notify } from './notifications.ts';
import type { Statements } from './statements.ts';

/*
 * Rows that a worker brings from QUEUED to a final status, fenced by `attempt`: each claim raises it, and a write that names an
 * older one matches no row. TrainingRun has the same columns and a log besides; it has its own file.
 */
export type JobTable =
  | 'Import'
  | 'IndexVersion'
  | 'IndexRebuild'
  | 'EmbeddingMap'
  | 'Evaluation'
  | 'Promotion'
  | 'HardNegativeSet'
  | 'Refinement';

export interface Attempt {
  readonly id: string;
  readonly attempt: number;
}

/** Columns to write, by name. The names come from the code, never from a caller. */
export type ColumnValues = Readonly<Record<string, unknown>>;

/** Takes a row for a new attempt. @returns its number, null when the row is final or gone */
export async function claimRow(sql: Statements, table: JobTable, id: string): Promise<number | null> {
  const { rows } = await sql.query(
    `UPDATE "${table}" SET attempt = attempt + 1, status = 'RUNNING', "startedAt" = COALESCE("startedAt", now())
     WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING attempt`,
    [id],
  );
  return rows[0]?.attempt ?? null;
}

/** Writes columns of a running row. @throws QuartetError FENCED when the attempt has no more say */
export async function writeRow(sql: Statements, table: JobTable, at: Attempt, values: ColumnValues): Promise<void> {
  await write(sql, table, at, { values, status: 'RUNNING' });
}

/**
 * Ends a row. Once more after it is written, because the answer got lost, changes nothing.
 * @throws QuartetError FENCED
 */
export async function finishRow(
  sql: Statements,
  table: JobTable,
  at: Attempt,
  { status, ...values }: ColumnValues & { readonly status: RunStatus },
): Promise<void> {
  await write(sql, table, at, { values: { ...values, finishedAt: new Date() }, status });
}

/** Marks a row FAILED unless it is final, whoever has it, and fences that one off. */
export async function giveUpRow(sql: Statements, table: JobTable, id: string, error: QuartetError): Promise<void> {
  await sql.query(
    `UPDATE "${table}" SET attempt = attempt + 1, status = 'FAILED', "finishedAt" = now(), "errorCode" = $2, "errorMessage" = $3
     WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`,
    [id, error.code, error.message],
  );
}

/** Payload: the id of a row that was cancelled. The worker that has it listens. */
export const JOB_CANCELLED_CHANNEL = 'quartet_job_cancelled';

/**
 * In a transaction: ends a row that has not ended, fences off whoever has it, and tells that one.
 * @returns the status it had before; null when it is gone
 */
export async function cancelRow(tx: Statements, table: JobTable, id: string): Promise<RunStatus | null> {
  const { rows } = await tx.query(`SELECT status FROM "${table}" WHERE id = $1 FOR UPDATE`, [id]);
  const before: RunStatus | undefined = rows[0]?.status;
  if (before === undefined) return null;
  if (before === 'QUEUED' || before === 'RUNNING') {
    await tx.query(
      `UPDATE "${table}" SET attempt = attempt + 1, status = 'CANCELLED', "finishedAt" = now() WHERE id = $1`,
      [id],
    );
    await notify(tx, JOB_CANCELLED_CHANNEL, id);
  }
  return before;
}

/** @returns null when it is gone */
export async function attemptOf(sql: Statements, table: JobTable, id: string): Promise<number | null> {
  const { rows } = await sql.query(`SELECT attempt FROM "${table}" WHERE id = $1`, [id]);
  return rows[0]?.attempt ?? null;
}

export async function unfinishedRows(sql: Statements, table: JobTable): Promise<string[]> {
  const { rows } = await sql.query(`SELECT id FROM "${table}" WHERE status IN ('QUEUED', 'RUNNING') ORDER BY id`);
  return rows.map((row) => row.id);
}

async function write(
  sql: Statements,
  table: JobTable,
  { id, attempt }: Attempt,
  { values, status }: { values: ColumnValues; status: RunStatus },
): Promise<void> {
  const names = Object.keys(values);
  const assignments = names.map((name, index) => `, "${name}" = $${index + 4}`).join('');
  const { rowCount } = await sql.query(
    `UPDATE "${table}" SET status = $3::"JobStatus"${assignments}
     WHERE id = $1 AND attempt = $2 AND (status = 'RUNNING' OR status = $3::"JobStatus")`,
    [id, attempt, status, ...Object.values(values)],
  );
  if (rowCount === 0) {
    throw new QuartetError('FENCED', `attempt ${attempt} at ${table} ${id} is over: a newer one has it, or it is gone`);
  }
}
