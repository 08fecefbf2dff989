import type { RunId } from '../domain/ids.ts';
import type { RetrievalMetrics } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** What the log of a run says of its course. */
export interface RunCurve {
  /** Evaluations on the validation split, and the loss reported last before each. */
  readonly evaluations: readonly {
    readonly step: number;
    readonly metrics: RetrievalMetrics;
    readonly loss: number | null;
  }[];
  /** Pairs by the time in steps; null before the first report. */
  readonly pairsPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
}

export async function curveOf(sql: Statements, id: RunId): Promise<RunCurve> {
  const { rows: evaluations } = await sql.query(
    `SELECT e.step, e.body -> 'metrics' AS metrics, s.loss
     FROM "RunEvent" e LEFT JOIN LATERAL (
       SELECT (body ->> 'loss')::float8 AS loss FROM "RunEvent"
       WHERE "runId" = e."runId" AND kind = 'step' AND sequence < e.sequence ORDER BY sequence DESC LIMIT 1
     ) s ON true
     WHERE e."runId" = $1 AND e.kind = 'evaluation' AND e.body ->> 'split' = 'VALIDATION' ORDER BY e.sequence`,
    [id],
  );
  const { rows } = await sql.query(
    `SELECT
       (SELECT sum(steps) / nullif(sum(steps / rate), 0) FROM (
          SELECT step - lag(step, 1, 0) OVER (ORDER BY sequence) AS steps,
            nullif((body ->> 'pairsPerSecond')::float8, 0) AS rate
          FROM "RunEvent" WHERE "runId" = $1 AND kind = 'step') reports) AS "pairsPerSecond",
       (SELECT max((body -> 'figures' ->> 'peakMemoryBytes')::float8)
          FROM "RunEvent" WHERE "runId" = $1 AND kind = 'diagnostics') AS "peakMemoryBytes"`,
    [id],
  );
  return { evaluations, ...rows[0] };
}
