import { EXCERPT_CHARACTERS } from '../limits.ts';

/** One row as a reader found it: `record` is null when the row could not be read, and `reason` says why. */
export interface RawRow {
  /** Where the row begins, from 1; the row's number for Parquet. */
  readonly line: number;
  readonly record: Record<string, unknown> | null;
  readonly reason: string;
  readonly excerpt: string;
}

/** Rows come in batches of about a mebibyte, so that neither a promise for each row nor a whole file is ever held. */
export interface Batch {
  /** The file's columns, where it names them; null for JSONL. The first batch may have columns and no row. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly RawRow[];
}

export type Batches = AsyncGenerator<Batch, void, void>;

export function goodRow(line: number, record: Record<string, unknown>): RawRow {
  return { line, record, reason: '', excerpt: '' };
}

export function badRow(line: number, reason: string, raw: string | Uint8Array): RawRow {
  return { line, record: null, reason, excerpt: excerpt(raw) };
}

/** The beginning of a row, fit for a report: valid Unicode, one line, without NUL. */
export function excerpt(raw: string | Uint8Array): string {
  const text = typeof raw === 'string' ? raw : Buffer.from(raw.subarray(0, EXCERPT_CHARACTERS * 4)).toString();
  return text
    .slice(0, EXCERPT_CHARACTERS)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ');
}
