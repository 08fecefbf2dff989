import { join } from 'node:path';
import { QuartetError } from '../../domain/errors.ts';
import type { SkippedRow } from '../../domain/imports.ts';
import { JUDGEMENTS_FILE, REPORT_FILE, ROWS_FILE, type StagedFiles } from '../../domain/staged-files.ts';
import type { Split } from '../../domain/training.ts';
import { excerpt, type RawRow } from '../readers/reader.ts';
import { BlockFile } from './block-file.ts';
import { bytea, CopyFile } from './copy-file.ts';
import { contentHash, type StagedRow, splitOf } from './row-mapper.ts';

export interface StagingOptions {
  readonly directory: string;
  readonly strict: boolean;
  /** Numbers in each vector that the dataset has already; null where it has none. Default null. */
  readonly dimensions?: number | null;
  /** Called every few thousand rows. */
  readonly onProgress?: (rowsRead: number, rowsSkipped: number) => void;
}

/** Collects what an import reads into files for COPY. Memory: one block of each file. */
export class Staging {
  readonly #rows: CopyFile;
  readonly #judgements: CopyFile;
  readonly #report: BlockFile;
  readonly #strict: boolean;
  readonly #onProgress: StagingOptions['onProgress'];
  readonly #files: string[] = [];
  #seq = 0;
  #read = 0;
  #skipped = 0;
  #dimensions: number | null = null;

  constructor({ directory, strict, dimensions = null, onProgress }: StagingOptions) {
    this.#rows = new CopyFile(join(directory, ROWS_FILE));
    this.#judgements = new CopyFile(join(directory, JUDGEMENTS_FILE));
    this.#report = new BlockFile(join(directory, REPORT_FILE));
    this.#strict = strict;
    this.#dimensions = dimensions;
    this.#onProgress = onProgress;
  }

  get rowsRead(): number {
    return this.#read;
  }

  /** Counts one row of a file and hands it to `take`, which returns the reason when it is bad. */
  row(file: string, raw: RawRow, take: (record: Record<string, unknown>) => string | null): void {
    this.#read++;
    if (this.#read % 4096 === 0) this.#onProgress?.(this.#read, this.#skipped);
    const reason = raw.record === null ? raw.reason : take(raw.record);
    if (reason === null) return;
    const skipped: SkippedRow = { file, line: raw.line, reason, excerpt: raw.excerpt || excerptOf(raw.record) };
    if (this.#strict) throw strictFault(skipped);
    this.#skipped++;
    this.#report.write(`${JSON.stringify(skipped)}\n`);
  }

  /** @param byJudgement the split of the query comes from the judgements, not from the row or its text */
  add(row: StagedRow, byJudgement = false): void {
    const itemHash = hashOf(row.data ?? row.text);
    const queryHash = hashOf(row.queryData ?? row.query);
    const split = queryHash === null || byJudgement ? null : (row.split ?? splitOf(queryHash));
    this.#rows.add([
      ++this.#seq,
      row.itemId,
      itemHash && bytea(itemHash),
      row.text,
      row.label,
      row.metadata,
      row.queryId,
      queryHash && bytea(queryHash),
      row.query,
      split,
      row.grade,
      row.data === undefined ? null : bytea(row.data.toString('hex')),
      row.queryData === undefined ? null : bytea(row.queryData.toString('hex')),
    ]);
  }

  /** Takes the width of vectors from the first one. @returns the reason why a vector of this width is bad, or null */
  checkWidth(width: number): string | null {
    this.#dimensions ??= width;
    if (width === this.#dimensions) return null;
    return `the vector has ${width} numbers, those of this dataset have ${this.#dimensions}`;
  }

  addJudgement(file: string, line: number, split: Split, queryId: string, itemId: string, grade: number): void {
    if (this.#files.at(-1) !== file) this.#files.push(file);
    this.#judgements.add([++this.#seq, this.#files.length - 1, line, split, queryId, itemId, grade]);
  }

  finish(): StagedFiles {
    this.#rows.close();
    this.#judgements.close();
    this.#report.close();
    return {
      rowsRead: this.#read,
      rowsSkipped: this.#skipped,
      rows: this.#rows.rows,
      judgements: this.#judgements.rows,
      dimensions: this.#dimensions,
      files: this.#files,
    };
  }
}

function hashOf(content: Buffer | string | null): string | null {
  return content === null ? null : contentHash(content);
}

/** The end of a strict import. */
export function strictFault({ file, line, reason }: SkippedRow): QuartetError {
  return new QuartetError(
    'IMPORT_FAILED',
    `${file} line ${line}: ${reason}; nothing was imported, because strict was asked for`,
  );
}

function excerptOf(record: Record<string, unknown> | null): string {
  try {
    return excerpt(JSON.stringify(record));
  } catch {
    return ''; // nested too deep to be shown, which is then the reason as well
  }
}
