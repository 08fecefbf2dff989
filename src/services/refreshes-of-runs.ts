import type { NegativeSetId, RunId } from '../domain/ids.ts';
import type { Database } from '../store/database.ts';
import { refreshesOf } from '../store/run-refreshes.ts';
import { findRuns } from '../store/runs.ts';
import { planRefreshes } from '../training/refresh-schedule.ts';

/** A mining on the way of a run, as its callers see it. */
export interface NegativeRefresh {
  readonly runId: RunId;
  /** From 1. */
  readonly number: number;
  /** Steps done when the encoder was saved that mines, and when the negatives come in. */
  readonly minedAt: number;
  readonly takenAt: number | null;
  /** null until it is mined. */
  readonly setId: NegativeSetId | null;
}

/** Those that have begun, by run, then by number. */
export async function refreshesOfRuns(db: Database, ids: readonly RunId[]): Promise<NegativeRefresh[]> {
  const runs = new Map((await findRuns(db.pool, ids)).map((run) => [run.id, run]));
  return (await refreshesOf(db.pool, ids)).map(({ runId, number, minedAt, setId }) => {
    const { config, totalSteps = null } = runs.get(runId) ?? {};
    const planned = config?.refresh && totalSteps !== null ? planRefreshes(config.refresh, totalSteps) : [];
    const takenAt = planned.find((refresh) => refresh.number === number)?.takenAt ?? null;
    return { runId, number, minedAt, takenAt, setId };
  });
}
