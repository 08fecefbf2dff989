import type { RunId } from '../domain/ids.ts';
import type { RunEventBody } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** One entry of a run's log. The log is only ever appended to. */
export interface RunEvent {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: number;
  readonly createdAt: Date;
  readonly body: RunEventBody;
}

/** Payload: the run's id. Sent in the transaction that appends. */
export const RUN_EVENTS_CHANNEL = 'quartet_run_events';

export async function lastSequence(sql: Statements, runId: RunId): Promise<number> {
  const { rows } = await sql.query('SELECT max(sequence) AS last FROM "RunEvent" WHERE "runId" = $1', [runId]);
  return rows[0].last ?? 0;
}

/**
 * Writes events from sequence number `first` on. The caller holds the run's row, so nobody else gives out numbers; writing
 * the same events once more, after a COMMIT whose answer got lost, changes nothing.
 */
export async function appendEvents(
  tx: Statements,
  runId: RunId,
  first: number,
  events: readonly RunEventBody[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO "RunEvent" ("runId", sequence, kind, step, body)
     SELECT $1, $2 + position - 1, body ->> 'kind', (body ->> 'step')::int, body
     FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS given (body, position)
     ON CONFLICT DO NOTHING`,
    [runId, first, JSON.stringify(events)],
  );
  await tx.query('SELECT pg_notify($1, $2)', [RUN_EVENTS_CHANNEL, runId]);
}

/** Events after a sequence number, in order. */
export async function eventsAfter(
  sql: Statements,
  runId: RunId,
  after: number,
  limit: number,
): Promise<readonly RunEvent[]> {
  const { rows } = await sql.query(
    `SELECT sequence, "createdAt", body FROM "RunEvent" WHERE "runId" = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
    [runId, after, limit],
  );
  return rows;
}

/** The evaluations a run has reported, for going on after a crash. */
export async function evaluationsOf(sql: Statements, runId: RunId): Promise<RunEventBody[]> {
  const { rows } = await sql.query(
    `SELECT body FROM "RunEvent" WHERE "runId" = $1 AND kind = 'evaluation' ORDER BY sequence`,
    [runId],
  );
  return rows.map((row) => row.body);
}

/** The highest step that each series of events has reached: by kind, and for evaluations by `kind split`. */
export async function reportedSteps(sql: Statements, runId: RunId): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query(
    `SELECT concat_ws(' ', kind, body ->> 'split') AS series, max(step) AS step FROM "RunEvent"
     WHERE "runId" = $1 AND step IS NOT NULL GROUP BY series`,
    [runId],
  );
  return new Map(rows.map((row) => [row.series, row.step]));
}
