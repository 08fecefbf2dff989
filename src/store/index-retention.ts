import type { DatasetId, IndexId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

export interface RetiredIndex {
  readonly id: IndexId;
  /** Of its files; null for one that has none. */
  readonly sha256: string | null;
  readonly bytes: number;
}

/** What an automatic retirement spares beside what every one spares. */
export interface Spared {
  /** Versions that ended less than so many days ago. */
  readonly days: number;
  /** Versions searched in the last so many minutes, by whichever server: somebody may be turning their pages. */
  readonly searchedMinutes: number;
}

/** By hand: what is old goes, whoever searches it. */
const NOTHING_MORE: Spared = { days: 0, searchedMinutes: 0 };

/**
 * In a transaction: deletes what ended before the newest `keep` versions that can be searched. Stays: what an alias points at or
 * would go back to, what is being built, promoted, rebuilt, drawn or mined with.
 * @returns those deleted
 */
export async function deleteOldIndexes(
  tx: Statements,
  datasetId: DatasetId,
  keep: number,
  { days, searchedMinutes }: Spared = NOTHING_MORE,
): Promise<RetiredIndex[]> {
  // Whoever begins to point at one of them waits, and whoever has begun is waited for; the statement after this sees it.
  await tx.query('SELECT FROM "IndexVersion" WHERE "datasetId" = $1 FOR UPDATE', [datasetId]);
  const { rows } = await tx.query(
    `DELETE FROM "IndexVersion" i WHERE i."datasetId" = $1 AND i.status NOT IN ('QUEUED', 'RUNNING')
       AND i.id < (SELECT min(id::text)::uuid FROM (
         SELECT id FROM "IndexVersion" WHERE "datasetId" = $1 AND status = 'SUCCEEDED' ORDER BY id DESC LIMIT $2) newest)
       AND i."finishedAt" <= now() - make_interval(days => $3)
       AND (i."searchedAt" IS NULL OR i."searchedAt" <= now() - make_interval(mins => $4))
       AND NOT EXISTS (SELECT FROM "IndexAlias" a WHERE a."currentId" = i.id OR a."previousId" = i.id)
       AND NOT EXISTS (SELECT FROM "Promotion" p WHERE p.status IN ('QUEUED', 'RUNNING') AND (p."indexId" = i.id OR p."fromIndexId" = i.id))
       AND NOT EXISTS (SELECT FROM "IndexRebuild" r WHERE r.status IN ('QUEUED', 'RUNNING') AND r."indexId" = i.id)
       AND NOT EXISTS (SELECT FROM "EmbeddingMap" m WHERE m.status IN ('QUEUED', 'RUNNING') AND m."indexId" = i.id)
       AND NOT EXISTS (SELECT FROM "HardNegativeSet" n WHERE n.status IN ('QUEUED', 'RUNNING') AND n."indexId" = i.id)
     RETURNING id, sha256, COALESCE(bytes, 0)::float8 AS bytes`,
    [datasetId, keep, days, searchedMinutes],
  );
  return rows;
}

/** Notes that somebody searches these. */
export async function noteSearched(sql: Statements, ids: readonly IndexId[]): Promise<void> {
  await sql.query('UPDATE "IndexVersion" SET "searchedAt" = now() WHERE id = ANY($1::uuid[])', [ids]);
}

export interface RetentionPolicy {
  readonly datasetId: DatasetId;
  readonly keepVersions: number;
  readonly keepDays: number;
}

/** Of one dataset, or of all that have one. */
export async function retentionPolicies(sql: Statements, datasetId: DatasetId | null): Promise<RetentionPolicy[]> {
  const { rows } = await sql.query(
    `SELECT id AS "datasetId", "keepVersions", "keepDays" FROM "Dataset" WHERE "keepVersions" IS NOT NULL AND ($1::uuid IS NULL OR id = $1)`,
    [datasetId],
  );
  return rows;
}

/** @param policy null: nothing goes by itself @returns whether there is such a dataset */
export async function setRetention(
  sql: Statements,
  datasetId: DatasetId,
  policy: Omit<RetentionPolicy, 'datasetId'> | null,
): Promise<boolean> {
  const { rowCount } = await sql.query('UPDATE "Dataset" SET "keepVersions" = $2, "keepDays" = $3 WHERE id = $1', [
    datasetId,
    policy?.keepVersions ?? null,
    policy?.keepDays ?? 0,
  ]);
  return rowCount === 1;
}
