/*
 * What a child process leaves of an import, and what the database takes by COPY (text format). Hashes are SHA-256.
 */

/** Columns of rows.copy, in order: one line for each good row, numbered by `seq` from 1 in the order of the files. */
export const ROW_COLUMNS = [
  'seq',
  'item_ext',
  'item_hash',
  'item_text',
  'label',
  'metadata',
  'query_ext',
  'query_hash',
  'query_text',
  'split',
  'grade',
  'item_data',
  'query_data',
] as const;
/** Columns of judgements.copy: judgements that name query and item by their external ids. */
export const JUDGEMENT_COLUMNS = ['seq', 'file', 'line', 'split', 'query_ext', 'item_ext', 'grade'] as const;

export const ROWS_FILE = 'rows.copy';
export const JUDGEMENTS_FILE = 'judgements.copy';
/** One JSON object of type SkippedRow a line. */
export const REPORT_FILE = 'report.jsonl';

export interface StagedFiles {
  /** Rows in rows.copy and judgements.copy. */
  readonly rows: number;
  readonly judgements: number;
  readonly rowsRead: number;
  readonly rowsSkipped: number;
  /** Numbers in each staged vector; null where none is one. */
  readonly dimensions: number | null;
  /** Names of the files by the number that judgements.copy has. */
  readonly files: readonly string[];
}
