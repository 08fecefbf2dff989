import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type AsyncBuffer, type Compressors, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { QuartetError } from '../../domain/errors.ts';
import {
  MAX_PARQUET_PAGE_BYTES,
  MAX_ROW_GROUP_BYTES,
  MAX_ROW_GROUP_ROWS,
  MAX_UNPACKED_RATIO,
  UNPACKED_UNASKED_BYTES,
} from '../limits.ts';
import { type Batches, badRow, goodRow } from './reader.ts';
import type { Source } from './source.ts';

/** Stands in for a string column's value whose bytes are no UTF-8. */
const MALFORMED = Symbol('malformed');
/**
 * Unpackers for one row group. None gives more than the page's header says, nor more than a page may have, nor all together more than a row
 * group may have, whatever its own entry says. A page in which every value is null has no bytes, which the library takes for damage.
 */
function unpackers(): Compressors {
  let left = MAX_ROW_GROUP_BYTES;
  /** @returns at least 1, which zlib wants */
  const take = (size: number): number => {
    requirePage(size);
    left -= size;
    if (left < 0) throw new Error(`a row group that unpacks to more than ${MAX_ROW_GROUP_BYTES} bytes`);
    return Math.max(1, size);
  };
  return {
    ...Object.fromEntries(
      Object.entries(compressors).map(([name, unpack]) => [
        name,
        (input: Uint8Array, size: number) => (size === 0 ? new Uint8Array() : unpack(input, take(size))),
      ]),
    ),
    GZIP: (input, size) => gunzipSync(input, { maxOutputLength: take(size) }),
    BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: take(size) }),
    ZSTD: (input, size) => zstdDecompressSync(input, { maxOutputLength: take(size) }),
  };
}

function requirePage(size: number): void {
  if (size <= MAX_PARQUET_PAGE_BYTES) return;
  throw new Error(`a page of ${size} bytes; at most ${MAX_PARQUET_PAGE_BYTES} are taken, write it with smaller pages`);
}

/**
 * Parquet, one row group at a time, which is therefore what memory it takes. Lines of rows are row numbers from 1.
 * @param source not gzipped: Parquet is read from its end
 * @throws QuartetError IMPORT_FAILED when the file is damaged
 */
export async function* readParquet(source: Source): Batches {
  const handle = await open(source.path, 'r');
  try {
    const file = await asyncBuffer(handle);
    const metadata = await parquetMetadataAsync(file).catch((error) => {
      throw damaged(source, error);
    });
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    yield { columns, rows: [] };
    const given = new Given(source, file.byteLength);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      requireGroup(source, { bytes: Number(group.total_byte_size), rows: Number(group.num_rows) });
      given.willGive(group.columns.map(({ meta_data }) => Number(meta_data?.num_values ?? 0)));
      const rowEnd = rowStart + Number(group.num_rows);
      const records = await parquetReadObjects({
        file,
        metadata,
        rowStart,
        rowEnd,
        compressors: unpackers(),
        utf8: false,
        parsers: { stringFromBytes: (bytes) => bytes && (isUtf8(bytes) ? Buffer.from(bytes).toString() : MALFORMED) },
      }).catch((error) => {
        throw damaged(source, error);
      });
      const first = rowStart + 1;
      for (const record of records) given.give(record);
      yield { columns, rows: records.map((record, index) => toRow(first + index, record)) };
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

function requireGroup(source: Source, { bytes, rows }: { readonly bytes: number; readonly rows: number }): void {
  const remedy = `write row groups of up to ${MAX_ROW_GROUP_BYTES} bytes and ${MAX_ROW_GROUP_ROWS} rows`;
  if (bytes <= MAX_ROW_GROUP_BYTES && rows <= MAX_ROW_GROUP_ROWS) return;
  throw damaged(source, new Error(`a row group of ${bytes} bytes and ${rows} rows; ${remedy}`));
}

/**
 * What a file gives beside what it has: a text of a dictionary stands in it once, however many rows have it, and a run of equal numbers is
 * one number and a count. A few kilobytes of them can be rows that fill any disk.
 */
class Given {
  readonly #source: Source;
  readonly #bytes: number;
  readonly #most: number;
  #given = 0;

  constructor(source: Source, bytes: number) {
    this.#source = source;
    this.#bytes = bytes;
    this.#most = Math.max(UNPACKED_UNASKED_BYTES, MAX_UNPACKED_RATIO * bytes);
  }

  /** @param values in each column of a row group, those of lists one by one @throws QuartetError IMPORT_FAILED */
  willGive(values: readonly number[]): void {
    if (values.some((count) => count > this.#most)) throw this.#tooMuch();
  }

  /** @throws QuartetError IMPORT_FAILED */
  give(record: Readonly<Record<string, unknown>>): void {
    this.#given += sizeOf(record);
    if (this.#given > this.#most) throw this.#tooMuch();
  }

  #tooMuch(): QuartetError {
    const message = `rows that come to more than ${MAX_UNPACKED_RATIO} times its ${this.#bytes} bytes; send them as JSON lines`;
    return damaged(this.#source, new Error(message));
  }
}

/** Of what is as large as one likes; numbers take part in how many there are. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  let size = 0;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) size += sizeOf(inner);
  return size;
}

function toRow(line: number, record: Record<string, unknown>) {
  for (const [column, value] of Object.entries(record)) {
    if (value === MALFORMED) return badRow(line, `column ${JSON.stringify(column)} is not valid UTF-8`, '');
    if (typeof value !== 'string') record[column] = plain(value);
  }
  return goodRow(line, record);
}

/** JSON has no counterpart for these: 64-bit integers become strings where a number would round, bytes become text, or base64 where they are none. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString() : bytes.toString('base64');
  }
  // The reader gives undefined for a struct that is null.
  if (value === MALFORMED || value === undefined) return null;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}

async function asyncBuffer(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const target = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await handle.read(target, done, target.length - done, start + done);
        if (bytesRead === 0) throw new Error('the file ends early');
        done += bytesRead;
      }
      return target.buffer;
    },
  };
}

function damaged(source: Source, cause: unknown): QuartetError {
  return new QuartetError('IMPORT_FAILED', `${source.name} can not be read as Parquet: ${(cause as Error).message}`, {
    cause,
  });
}
