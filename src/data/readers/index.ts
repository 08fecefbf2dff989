import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { QuartetError } from '../../domain/errors.ts';
import type { ImportFormat } from '../../domain/imports.ts';
import { readCsv } from './csv.ts';
import { readJsonl } from './jsonl.ts';
import type { Batches } from './reader.ts';
import { isGzip, peek, readBytes, type Source } from './source.ts';

export type FileFormat = Exclude<ImportFormat, 'auto' | 'beir' | 'idx' | 'cifar'>;

export interface ReadOptions {
  readonly format: FileFormat | 'auto';
  readonly delimiter?: string | undefined;
  /** A folder for the unpacked copy of a gzipped Parquet file. */
  readonly scratch: string;
}

/** Streams the rows of one file of any format. @throws QuartetError UNSUPPORTED_FORMAT when `auto` can't tell */
export async function* readRows(source: Source, options: ReadOptions): Batches {
  const format = options.format === 'auto' ? await detectFormat(source) : options.format;
  switch (format) {
    case 'jsonl':
      return yield* readJsonl(source);
    case 'csv':
      return yield* readCsv(source, options.delimiter);
    case 'tsv':
      return yield* readCsv(source, options.delimiter ?? '\t');
    case 'parquet': {
      // Its library is eighty modules, which most processes never need.
      const { readParquet } = await import('./parquet.ts');
      if (!(await isGzip(source.path))) return yield* readParquet(source);
      const path = join(options.scratch, 'unpacked.parquet');
      await pipeline(readBytes(source), createWriteStream(path));
      return yield* readParquet({ name: source.name, path });
    }
  }
}

/** By the first bytes, then by the name (without .gz). */
export async function detectFormat(source: Source): Promise<FileFormat> {
  const head = await peek(source, 4096);
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  const name = source.name.toLowerCase().replace(/\.gz(ip)?$/, '');
  const unsupported = (what: string) =>
    new QuartetError(
      'UNSUPPORTED_FORMAT',
      `${source.name} ${what}; give JSONL, CSV, TSV or Parquet, each also gzipped`,
    );
  if (head.subarray(0, 2).toString('latin1') === 'PK') throw unsupported('is a ZIP archive or a spreadsheet');
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  if (/\.csv$/.test(name)) return 'csv';
  if (/\.(tsv|tab)$/.test(name)) return 'tsv';
  if (/\.parquet$/.test(name)) return 'parquet';
  const text = head
    .toString()
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.startsWith('{')) return 'jsonl';
  if (text.startsWith('['))
    throw unsupported('is one JSON array, not an object on each line (jq -c ".[]" makes it so)');
  const firstLine = text.split('\n', 1)[0] as string;
  if (firstLine.includes('\t')) return 'tsv';
  if (firstLine.includes(',')) return 'csv';
  throw unsupported('has a format that its content and name do not tell (say which with --format)');
}
