const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

/*
 * The record at the head of a buffer, by RFC 4180 with two allowances: a quote inside an unquoted field is a character, and
 * so is an opening quote whose field does not end at its closing quote (`"so" he said`, or a lone inch mark).
 */
export type CsvRecord =
  | { readonly kind: 'record'; readonly fields: Buffer[]; readonly bytes: number; readonly newlines: number }
  /** More bytes are needed to tell. */
  | { readonly kind: 'incomplete' }
  /** The input ended inside a quoted field. */
  | { readonly kind: 'unclosed' };

/** @param final no more bytes will come */
export function parseRecord(buffer: Buffer, start: number, delimiter: number, final: boolean): CsvRecord {
  const fields: Buffer[] = [];
  let position = start;
  let newlines = 0;
  let lineEnd = -1;
  for (;;) {
    let from = position;
    if (buffer[position] === QUOTE) {
      const quoted = quotedField(buffer, position, delimiter, final);
      if (quoted === 'incomplete' || quoted === 'unclosed') return { kind: quoted };
      if (typeof quoted === 'object') {
        fields.push(quoted.value);
        newlines += quoted.newlines;
        position = quoted.end;
        if (buffer[position] === delimiter) {
          position++;
          continue;
        }
        if (buffer[position] === RETURN && buffer[position + 1] === NEWLINE) position++;
        return record(fields, position - start, position < buffer.length, newlines);
      }
      from = quoted;
    }
    if (lineEnd < from) {
      lineEnd = buffer.indexOf(NEWLINE, from);
      if (lineEnd === -1) {
        if (!final) return { kind: 'incomplete' };
        lineEnd = buffer.length;
      }
    }
    const separator = buffer.subarray(0, lineEnd).indexOf(delimiter, from);
    if (separator !== -1) {
      fields.push(buffer.subarray(position, separator));
      position = separator + 1;
      continue;
    }
    const end = buffer[lineEnd - 1] === RETURN && lineEnd > position ? lineEnd - 1 : lineEnd;
    fields.push(buffer.subarray(position, end));
    return record(fields, lineEnd - start, lineEnd < buffer.length, newlines);
  }
}

/** @param ended a line end follows, and belongs to the record */
function record(fields: Buffer[], bytes: number, ended: boolean, newlines: number): CsvRecord {
  return { kind: 'record', fields, bytes: ended ? bytes + 1 : bytes, newlines: ended ? newlines + 1 : newlines };
}

/**
 * The quoted field that opens at `start`. A number: it is no quoted field after all, and the unquoted one that it is ends no
 * earlier than there.
 */
function quotedField(
  buffer: Buffer,
  start: number,
  delimiter: number,
  final: boolean,
): { value: Buffer; end: number; newlines: number } | number | 'incomplete' | 'unclosed' {
  let escapes = 0;
  let from = start + 1;
  for (;;) {
    const close = buffer.indexOf(QUOTE, from);
    if (close === -1) return final ? 'unclosed' : 'incomplete';
    const next = buffer[close + 1];
    const lookahead = next === RETURN ? close + 2 : close + 1;
    if (lookahead >= buffer.length && !final) return 'incomplete';
    if (next === QUOTE) {
      escapes++;
      from = close + 2;
      continue;
    }
    const raw = buffer.subarray(start + 1, close);
    if (
      next === undefined ||
      next === delimiter ||
      next === NEWLINE ||
      (next === RETURN && (buffer[close + 2] ?? NEWLINE) === NEWLINE)
    ) {
      return { value: escapes === 0 ? raw : unquote(raw), end: close + 1, newlines: count(raw, NEWLINE) };
    }
    // A closing quote in the middle of a field: text up to there when it is on the same line, else a stray opening quote.
    return raw.includes(NEWLINE) ? start + 1 : close + 1;
  }
}

function unquote(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replaceAll('""', '"'), 'latin1');
}

function count(bytes: Buffer, value: number): number {
  let found = 0;
  for (let at = bytes.indexOf(value); at !== -1; at = bytes.indexOf(value, at + 1)) found++;
  return found;
}
