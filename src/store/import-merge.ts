import type { PoolClient } from 'pg';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId } from '../domain/ids.ts';
import { mergeItems } from './import-merge/items.ts';
import { mergeQueries } from './import-merge/queries.ts';
import { type Dangling, danglingJudgements, mergeRelevance } from './import-merge/relevance.ts';
import { loadStaged } from './import-merge/stage.ts';

export type { Dangling };

export interface MergeResult {
  readonly itemsAdded: number;
  readonly itemsUpdated: number;
  readonly queriesAdded: number;
  readonly relevanceAdded: number;
}

export interface MergeOptions {
  readonly datasetId: DatasetId;
  /** Folder with the staged files. */
  readonly directory: string;
  /** Numbers in each staged vector; null where none is one. Default null. */
  readonly dimensions?: number | null;
  /** Gets the judgements that name nothing, in the order of the files; a throw undoes the import. */
  onDangling(rows: readonly Dangling[]): Promise<void>;
}

const DANGLING_BATCH = 1000;
const ROWS_TO_ANALYZE = 1000;

/**
 * Merges staged files into a dataset, wholly or not at all: everything happens in the caller's transaction. Imports into one
 * dataset wait for each other. The same files merged again change nothing.
 * @throws QuartetError NOT_FOUND when the dataset is gone, IMPORT_FAILED for vectors of another width than the dataset's
 */
export async function mergeImport(
  tx: PoolClient,
  { datasetId, directory, dimensions = null, onDangling }: MergeOptions,
): Promise<MergeResult> {
  await lockDataset(tx, datasetId);
  if (dimensions !== null) await fixDimensions(tx, datasetId, dimensions);
  await loadStaged(tx, directory);
  const items = await mergeItems(tx, datasetId);
  const queries = await mergeQueries(tx, datasetId);
  const relevance = await mergeRelevance(tx, datasetId);
  for (let after = 0; ; ) {
    const rows = await danglingJudgements(tx, after, DANGLING_BATCH);
    if (rows.length === 0) break;
    await onDangling(rows);
    after = rows.at(-1)?.seq ?? after;
  }
  // Without new figures the next import, and every search and snapshot, would be planned for the tables as they were.
  if (items.added + queries.added + relevance.added >= ROWS_TO_ANALYZE) {
    await tx.query(`
      ANALYZE "Item" (id, "datasetId", "externalId", "contentHash", label);
      ANALYZE "Query" (id, "datasetId", "externalId", "contentHash", split);
      ANALYZE "Relevance"`);
  }
  const changed = items.changed || queries.changed || relevance.changed;
  await tx.query(
    `UPDATE "Dataset" SET revision = revision + $2, "updatedAt" = now(),
       "itemCount" = (SELECT count(*) FROM "Item" WHERE "datasetId" = $1),
       "queryCount" = (SELECT count(*) FROM "Query" WHERE "datasetId" = $1),
       "relevanceCount" = (SELECT count(*) FROM "Relevance" WHERE "datasetId" = $1)
     WHERE id = $1`,
    [datasetId, changed ? 1 : 0],
  );
  return {
    itemsAdded: items.added,
    itemsUpdated: items.updated,
    queriesAdded: queries.added,
    relevanceAdded: relevance.added,
  };
}

/** The first vectors of a dataset say how wide all are. Another import may have brought them since these were staged. */
export async function fixDimensions(tx: PoolClient, datasetId: DatasetId, dimensions: number): Promise<void> {
  const { rows } = await tx.query(
    'UPDATE "Dataset" SET dimensions = COALESCE(dimensions, $2) WHERE id = $1 RETURNING dimensions',
    [datasetId, dimensions],
  );
  const [{ dimensions: fixed }] = rows;
  if (fixed === dimensions) return;
  const message = `the vectors have ${dimensions} numbers, those of this dataset have ${fixed}; import them into another one`;
  throw new QuartetError('IMPORT_FAILED', message);
}

/** One import at a time, and no deletion meanwhile; new runs on the dataset may start. The lock goes with the transaction. */
export async function lockDataset(tx: PoolClient, datasetId: DatasetId): Promise<void> {
  const { rowCount } = await tx.query('SELECT FROM "Dataset" WHERE id = $1 FOR NO KEY UPDATE', [datasetId]);
  if (rowCount === 0) throw new QuartetError('NOT_FOUND', `dataset ${datasetId} was deleted; import into another one`);
}
