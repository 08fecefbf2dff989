import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { JUDGEMENT_COLUMNS, JUDGEMENTS_FILE, ROW_COLUMNS, ROWS_FILE } from '../../domain/staged-files.ts';
import type { Statements } from '../statements.ts';

const MANY_ROWS = 5_000;

const STAGED_ROW = `
  seq int NOT NULL, item_ext text, item_hash bytea, item_text text, label text, metadata jsonb,
  query_ext text, query_hash bytea, query_text text, split "Split", grade int, item_data bytea, query_data bytea`;
const STAGED_JUDGEMENT = `
  seq int NOT NULL, file int NOT NULL, line int NOT NULL, split "Split" NOT NULL,
  query_ext text NOT NULL, item_ext text NOT NULL, grade int NOT NULL`;

/** What a merge works with, by name: columns. */
const TABLES: Readonly<Record<string, string>> = {
  staged_row: STAGED_ROW,
  staged_judgement: STAGED_JUDGEMENT,
  kept_item: 'seq int, ext text, hash bytea',
  text_item: 'hash bytea, first int, last int, first_with_ext int, exts int, id int, added boolean',
  leaver: 'ext text, hash bytea, seq int, item_id int, is_alias boolean',
  vacant: 'id int, hash bytea, seq int',
  numbered_item: 'hash bytea, last int, first_with_ext int, exts int, added boolean, id int',
};

/** The tables that a merge starts from, empty; they go with the transaction. */
async function createStagedTables(tx: Statements): Promise<void> {
  const names = Object.keys(TABLES);
  // A sort or hash of a million keys fits; just-in-time compilation costs more here than it gains.
  await tx.query(`
    SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL client_min_messages = warning;
    DROP TABLE IF EXISTS ${names.map((name) => `pg_temp.${name}`).join(', ')};
    ${names.map((name) => `CREATE TEMP TABLE ${name} (${TABLES[name]}) ON COMMIT DROP;`).join('\n')}
    ALTER TABLE staged_row ALTER item_text SET STORAGE EXTERNAL, ALTER query_text SET STORAGE EXTERNAL,
      ALTER metadata SET STORAGE EXTERNAL, ALTER item_data SET STORAGE EXTERNAL, ALTER query_data SET STORAGE EXTERNAL`);
}

/**
 * The same for a merge of a few rows: they stay with the connection, emptied by each commit. Made anew for every change of a few
 * items, they would swell PostgreSQL's own catalogue, which every statement reads, by a hundred rows each time.
 */
export async function keepStagedTables(tx: Statements): Promise<void> {
  const tables = Object.entries(TABLES).map(
    ([name, columns]) => `CREATE TEMP TABLE IF NOT EXISTS ${name} (${columns}) ON COMMIT DELETE ROWS`,
  );
  await tx.query(`SET LOCAL client_min_messages = warning; SET LOCAL jit = off; ${tables.join(';')}`);
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
