/** What an import is asked to read, and what it says about the rows it could not take. */

export const IMPORT_FORMATS = ['auto', 'jsonl', 'csv', 'tsv', 'parquet', 'beir', 'idx', 'cifar'] as const;
/**
 * `auto` decides by content and file name; `beir` is several files and never guessed. `idx` and `cifar` hold images, with a file of labels
 * beside those of IDX, and for both a JSON list of class names if there is one.
 */
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/**
 * Which column holds what; the rest is kept as the item's metadata. Either `text` (a corpus; `image` or `vector` where the dataset holds
 * these) or `query` and `positive` (pairs: the positive becomes an item, the query is judged relevant to it). Nothing given: columns called
 * `query` and `positive`, else `text` (`image`, `vector`), are taken.
 */
export interface ColumnMapping {
  readonly text?: string;
  readonly image?: string;
  readonly vector?: string;
  readonly query?: string;
  readonly positive?: string;
  /** External id of the item (of the text, or of the positive). */
  readonly id?: string;
  readonly queryId?: string;
  readonly label?: string;
  /** train, validation (valid, val, dev) or test. Not given: by a hash of the query, 90, 5 and 5 of 100. */
  readonly split?: string;
  /** Grade of the judgement, 0 (judged not relevant) to 255. Not given: 1. */
  readonly grade?: string;
}

export interface ImportOptions {
  readonly format: ImportFormat;
  readonly columns: ColumnMapping;
  /** The first bad row ends the import and nothing of it stays. */
  readonly strict: boolean;
  /** Separates the fields of CSV, one character. Default: comma, and tab for TSV. */
  readonly delimiter?: string;
}

/** A row that was not imported, one line of the report. */
export interface SkippedRow {
  readonly file: string;
  /** From 1; the row's number for Parquet. */
  readonly line: number;
  readonly reason: string;
  /** The beginning of the row as it stands in the file. */
  readonly excerpt: string;
}

export interface ImportCounts {
  readonly rowsRead: number;
  readonly rowsSkipped: number;
  readonly itemsAdded: number;
  readonly itemsUpdated: number;
  readonly queriesAdded: number;
  readonly relevanceAdded: number;
}
