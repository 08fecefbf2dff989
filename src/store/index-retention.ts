import type { DatasetId, IndexId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

export interface RetiredIndex {
  readonly id: IndexId;
  /** Of its files; null for one that has none. */
  readonly sha256: string | null;
  readonly bytes: number;
}

/**
 * In a transaction: deletes what ended before the newest `keep` versions that can be searched. Stays: what an alias points at or
 * would go back to, what is being built, promoted, rebuilt or mined with.
 * @returns those deleted
 */
export async function deleteOldIndexes(tx: Statements, datasetId: DatasetId, keep: number): Promise<RetiredIndex[]> {
  // Whoever begins to point at one of them waits, and whoever has begun is waited for; the statement after this sees it.
  await tx.query('SELECT FROM "IndexVersion" WHERE "datasetId" = $1 FOR UPDATE', [datasetId]);
  const { rows } = await tx.query(
    `DELETE FROM "IndexVersion" i WHERE i."datasetId" = $1 AND i.status NOT IN ('QUEUED', 'RUNNING')
       AND i.id < (SELECT min(id::text)::uuid FROM (
         SELECT id FROM "IndexVersion" WHERE "datasetId" = $1 AND status = 'SUCCEEDED' ORDER BY id DESC LIMIT $2) newest)
       AND NOT EXISTS (SELECT FROM "IndexAlias" a WHERE a."currentId" = i.id OR a."previousId" = i.id)
       AND NOT EXISTS (SELECT FROM "Promotion" p WHERE p.status IN ('QUEUED', 'RUNNING') AND (p."indexId" = i.id OR p."fromIndexId" = i.id))
       AND NOT EXISTS (SELECT FROM "IndexRebuild" r WHERE r.status IN ('QUEUED', 'RUNNING') AND r."indexId" = i.id)
       AND NOT EXISTS (SELECT FROM "HardNegativeSet" n WHERE n.status IN ('QUEUED', 'RUNNING') AND n."indexId" = i.id)
     RETURNING id, sha256, COALESCE(bytes, 0)::float8 AS bytes`,
    [datasetId, keep],
  );
  return rows;
}

/** Of these files, those that no index of anybody has, while none is being built that may be about to have them. */
export async function unusedFiles(sql: Statements, files: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query(
    `SELECT f AS sha256 FROM unnest($1::text[]) f
     WHERE NOT EXISTS (SELECT FROM "IndexVersion" i WHERE i.sha256 = f OR i.status IN ('QUEUED', 'RUNNING'))
       AND NOT EXISTS (SELECT FROM "IndexRebuild" r WHERE r.status IN ('QUEUED', 'RUNNING'))`,
    [files],
  );
  return rows.map((row) => row.sha256);
}
