import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, IndexId } from '../domain/ids.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { deleteOldIndexes, unusedFiles } from '../store/index-retention.ts';

export interface RetentionDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
}

export interface Retired {
  readonly indexIds: readonly IndexId[];
  /** Of their files. */
  readonly bytes: number;
}

const MOST_KEPT = 1_000;

/**
 * Lets go of old index versions and their files. The newest `keep` that can be searched stay, and so does whatever an alias points at or
 * would be rolled back to. A server that searches one of the others finishes what it has begun.
 * @throws QuartetError BAD_INPUT
 */
export async function retireIndexes(
  { db, artifacts }: RetentionDeps,
  { datasetId, keep }: { readonly datasetId: DatasetId; readonly keep: number },
): Promise<Retired> {
  if (!Number.isInteger(keep) || keep < 1 || keep > MOST_KEPT) {
    throw new QuartetError('BAD_INPUT', `keep must be a whole number from 1 to ${MOST_KEPT}, got ${keep}`, {
      field: ['input', 'keep'],
    });
  }
  const retired = await db.transaction((tx) => deleteOldIndexes(tx, datasetId, keep));
  const files = retired.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]));
  // After the commit: files without a row are waste, a row without files would be a fault.
  for (const sha256 of await unusedFiles(db.pool, [...new Set(files)])) await artifacts.remove('index', sha256);
  return { indexIds: retired.map(({ id }) => id), bytes: retired.reduce((sum, { bytes }) => sum + bytes, 0) };
}
