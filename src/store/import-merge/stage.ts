import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { JUDGEMENT_COLUMNS, JUDGEMENTS_FILE, ROW_COLUMNS, ROWS_FILE } from '../../domain/staged-files.ts';

const MANY_ROWS = 5_000;

/** The tables that a merge starts from, empty; they go with the transaction. */
export async function createStagedTables(tx: Pick<PoolClient, 'query'>): Promise<void> {
  // A sort or hash of a million keys fits; just-in-time compilation costs more here than it gains.
  await tx.query(`SET LOCAL work_mem = '64MB'; SET LOCAL jit = off`);
  await tx.query(`
    CREATE TEMP TABLE staged_row (
      seq int NOT NULL, item_ext text, item_hash bytea, item_text text, label text, metadata jsonb,
      query_ext text, query_hash bytea, query_text text, split "Split", grade int, item_data bytea, query_data bytea
    ) ON COMMIT DROP;
    ALTER TABLE staged_row ALTER item_text SET STORAGE EXTERNAL, ALTER query_text SET STORAGE EXTERNAL,
      ALTER metadata SET STORAGE EXTERNAL, ALTER item_data SET STORAGE EXTERNAL, ALTER query_data SET STORAGE EXTERNAL;
    CREATE TEMP TABLE staged_judgement (
      seq int NOT NULL, file int NOT NULL, line int NOT NULL, split "Split" NOT NULL,
      query_ext text NOT NULL, item_ext text NOT NULL, grade int NOT NULL
    ) ON COMMIT DROP`);
}

/**
 * Loads the staged files of `directory` into temporary tables of this transaction. Streams: neither file is ever whole in
 * memory, and the database sets the pace.
 */
export async function loadStaged(tx: PoolClient, directory: string): Promise<void> {
  await createStagedTables(tx);
  const rows =
    (await copy(tx, 'staged_row', ROW_COLUMNS, join(directory, ROWS_FILE))) +
    (await copy(tx, 'staged_judgement', JUDGEMENT_COLUMNS, join(directory, JUDGEMENTS_FILE)));
  // Not the texts: nothing is planned by what they say, and to sample them is most of the work.
  await tx.query(`
    ANALYZE staged_row (seq, item_ext, item_hash, query_ext, query_hash, split, grade);
    ANALYZE staged_judgement`);
  // With so many keys to look up a pass over the dataset is never far from best. A nested loop can be a thousand times worse,
  // and is what the planner takes while it knows nothing yet of a dataset that has just grown.
  if (rows >= MANY_ROWS) await tx.query('SET LOCAL enable_nestloop = off');
}

/** @returns the number of rows */
async function copy(tx: PoolClient, table: string, columns: readonly string[], path: string): Promise<number> {
  const into = tx.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), into);
  return into.rowCount;
}
