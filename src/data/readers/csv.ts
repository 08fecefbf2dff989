import { isUtf8 } from 'node:buffer';
import { QuartetError } from '../../domain/errors.ts';
import { MAX_LINE_BYTES } from '../limits.ts';
import { detectDialect, newlineEnded } from './csv-dialect.ts';
import { parseRecord } from './csv-fields.ts';
import { type Batches, badRow, goodRow, type RawRow } from './reader.ts';
import type { Source } from './source.ts';

const NEWLINE = 10;

/*
 * Why not csv-parse, which the tests use as an oracle: its line numbers count CRLF within quotes twice, a record over its size
 * limit ends the parse, one quote that never closes swallows the rest of the file, and malformed bytes pass unseen.
 */

/**
 * CSV by RFC 4180 with a header, CRLF, LF or CR, quotes doubled; blank lines are passed over. A record that does not close its
 * quote is a bad row and reading goes on at the line after the one where it began.
 * @param delimiter one byte. Default: a comma, or where the header has none, the semicolon, tab or bar that it has
 */
export async function* readCsv(source: Source, delimiter?: string, limit = MAX_LINE_BYTES): Batches {
  const dialect = await detectDialect(source);
  const separator = delimiterByte(delimiter ?? dialect.delimiter);
  let columns: string[] | null = null;
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  /** Not tried again below this length, so that a long record is not scanned once for every chunk. */
  let enough = 0;
  /** Within a line that is too long, until its end. */
  let discarding = false;

  function* drain(final: boolean): Generator<RawRow> {
    let position = 0;
    while (position < rest.length) {
      if (discarding) {
        const end = rest.indexOf(NEWLINE, position);
        position = end === -1 ? rest.length : end + 1;
        if (end === -1) break;
        discarding = false;
        line++;
        continue;
      }
      const parsed = parseRecord(rest, position, separator, final);
      if (parsed.kind === 'record' && parsed.bytes <= limit) {
        const row = toRow(parsed.fields, rest.subarray(position, position + parsed.bytes));
        if (row !== null) yield row;
        position += parsed.bytes;
        line += parsed.newlines;
        continue;
      }
      if (parsed.kind === 'incomplete' && rest.length - position <= limit) break;
      const firstEnd = rest.indexOf(NEWLINE, position);
      const quoted = parsed.kind !== 'record' && firstEnd !== -1;
      const where = parsed.kind === 'unclosed' ? 'before the end of the file' : `within ${limit} bytes`;
      const reason = quoted
        ? `a quoted field begins here and does not end ${where}`
        : `the row is longer than ${limit} bytes`;
      yield badRow(line, reason, rest.subarray(position));
      if (firstEnd === -1) {
        discarding = true;
      } else if (parsed.kind === 'record') {
        position += parsed.bytes;
        line += parsed.newlines;
      } else {
        position = firstEnd + 1;
        line++;
      }
    }
    rest = rest.subarray(position);
  }

  function toRow(fields: Buffer[], raw: Buffer): RawRow | null {
    if (fields.length === 1 && fields[0]?.length === 0 && raw.length <= 2) return null;
    if (!isUtf8(raw)) {
      if (columns === null) throw new QuartetError('BAD_INPUT', `the header of ${source.name} is not valid UTF-8`);
      return badRow(line, 'not valid UTF-8', raw);
    }
    if (columns === null) {
      columns = header(fields, source);
      return null;
    }
    while (fields.length > columns.length && fields.at(-1)?.length === 0) fields.pop();
    if (fields.length !== columns.length) {
      return badRow(line, `${fields.length} fields where the header has ${columns.length}`, raw);
    }
    const record: Record<string, unknown> = {};
    for (const [index, column] of columns.entries()) record[column] = (fields[index] as Buffer).toString();
    return goodRow(line, record);
  }

  for await (const chunk of newlineEnded(source, dialect)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (rest.length < enough) continue;
    const rows = [...drain(false)];
    enough = rest.length * 2;
    yield { columns, rows };
  }
  const rows = [...drain(true)];
  if (columns === null) throw new QuartetError('BAD_INPUT', `${source.name} is empty: it has no header`);
  yield { columns, rows };
}

function header(fields: readonly Buffer[], source: Source): string[] {
  const names = fields.map((field, index) => field.toString().trim() || `column_${index + 1}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new QuartetError(
      'BAD_INPUT',
      `${source.name} has two columns called ${JSON.stringify(twice)}; rename one of them`,
    );
  }
  return names;
}

/** @throws QuartetError BAD_INPUT unless it can separate fields */
export function assertDelimiter(delimiter: string): void {
  delimiterByte(delimiter);
}

function delimiterByte(delimiter: string): number {
  const code = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || code > 127 || delimiter === '"' || delimiter === '\n' || delimiter === '\r') {
    throw new QuartetError(
      'BAD_INPUT',
      `a delimiter is one ASCII character other than a quote or a line end, not ${JSON.stringify(delimiter)}`,
      { field: ['input', 'delimiter'] },
    );
  }
  return code;
}
