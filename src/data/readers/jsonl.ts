import { isUtf8 } from 'node:buffer';
import { MAX_LINE_BYTES } from '../limits.ts';
import { type Line, splitLines } from './lines.ts';
import { type Batches, badRow, goodRow, type RawRow } from './reader.ts';
import { readBytes, type Source } from './source.ts';

/** One JSON object a line; blank lines are passed over. */
export async function* readJsonl(source: Source): Batches {
  for await (const lines of splitLines(readBytes(source))) {
    const rows: RawRow[] = [];
    for (const line of lines) {
      const row = parse(line);
      if (row !== null) rows.push(row);
    }
    yield { columns: null, rows };
  }
}

function parse({ number, bytes, tooLong }: Line): RawRow | null {
  if (tooLong) return badRow(number, `the line is longer than ${MAX_LINE_BYTES} bytes`, bytes);
  if (!isUtf8(bytes)) return badRow(number, 'not valid UTF-8', bytes);
  const text = bytes.toString();
  if (text.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return badRow(number, `not JSON: ${(error as Error).message.slice(0, 200).toWellFormed()}`, text);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return badRow(number, 'not a JSON object', text);
  }
  return goodRow(number, value as Record<string, unknown>);
}
