import type pg from 'pg';

/** What an operator watches, read in one go each; none of it changes anything. */
type Pool = Pick<pg.Pool, 'query'>;

export interface QueueDepth {
  readonly queue: string;
  readonly state: 'waiting' | 'running';
  readonly jobs: number;
}

export async function queueDepths(pool: Pool): Promise<QueueDepth[]> {
  const { rows } = await pool.query<QueueDepth>(
    `SELECT name AS queue, CASE state WHEN 'active' THEN 'running' ELSE 'waiting' END AS state, count(*)::int AS jobs
     FROM pgboss.job WHERE state IN ('created', 'retry', 'active') GROUP BY 1, 2`,
  );
  return rows;
}

/** Workers, wherever they run, whose proof of life the database holds: see worker-leases.ts. */
export async function workerCount(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ workers: number }>(
    `SELECT count(DISTINCT l.pid)::int AS workers FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()
       AND a.application_name = 'quartet worker'`,
  );
  return rows[0]?.workers ?? 0;
}

/** Pairs per second of each running training, as its last step reported it. */
export async function trainingThroughput(pool: Pool): Promise<{ paradigm: string; pairsPerSecond: number }[]> {
  const { rows } = await pool.query<{ paradigm: string; pairsPerSecond: number }>(
    `SELECT r.paradigm, sum((e.body->>'pairsPerSecond')::float8) AS "pairsPerSecond"
     FROM "TrainingRun" r CROSS JOIN LATERAL (
       SELECT body FROM "RunEvent" WHERE "runId" = r.id AND kind = 'step' ORDER BY sequence DESC LIMIT 1
     ) e WHERE r.status = 'RUNNING' GROUP BY r.paradigm`,
  );
  return rows;
}

export interface SearchedIndex {
  readonly id: string;
  readonly recallAt10: number | null;
}

/** What is likely searched: what aliases point at, those that moved last first, then the newest index of each dataset. */
export async function searchedIndexes(pool: Pool, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT "currentId" AS id FROM "IndexAlias" GROUP BY "currentId" ORDER BY max("movedAt") DESC LIMIT $1`,
    [limit],
  );
  const newest = await newestIndexes(pool, limit);
  return [...new Set([...rows, ...newest].map(({ id }) => id))].slice(0, limit);
}

/** The newest index of each dataset that can be searched, the datasets indexed last first. */
export async function newestIndexes(pool: Pool, limit: number): Promise<SearchedIndex[]> {
  const { rows } = await pool.query<SearchedIndex>(
    `SELECT id, "recallAt10" FROM (
       SELECT DISTINCT ON ("datasetId") id, "recallAt10", "createdAt" FROM "IndexVersion"
       WHERE status = 'SUCCEEDED' AND sha256 IS NOT NULL ORDER BY "datasetId", "createdAt" DESC
     ) newest ORDER BY "createdAt" DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
