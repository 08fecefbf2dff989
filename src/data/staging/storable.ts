import { MAX_METADATA_DEPTH } from '../limits.ts';

/*
 * What PostgreSQL's text and jsonb can't hold is found here, row by row, because one such value would end a whole COPY.
 */

/** Why this text can't be stored, or null. */
export function textFault(text: string, maxBytes: number): string | null {
  if (text.trim() === '') return 'is empty';
  if (text.includes('\0')) return 'contains a NUL character';
  if (!text.isWellFormed()) return 'contains half of a surrogate pair';
  // UTF-8 takes at most 3 bytes for each UTF-16 unit, so most texts need no counting.
  if (text.length * 3 > maxBytes) {
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) return `has ${bytes} bytes, more than ${maxBytes}`;
  }
  return null;
}

/** JSON of the metadata, or why it can't be stored. */
export function metadataJson(
  metadata: Record<string, unknown>,
  maxBytes: number,
): { json: string } | { fault: string } {
  if (deeperThan(metadata, MAX_METADATA_DEPTH)) return { fault: `is nested deeper than ${MAX_METADATA_DEPTH} levels` };
  const json = JSON.stringify(metadata);
  if (json.length * 3 > maxBytes && Buffer.byteLength(json) > maxBytes) {
    return { fault: `has ${Buffer.byteLength(json)} bytes, more than ${maxBytes}` };
  }
  // The escapes may also stand for a backslash followed by letters, which is why a hit is looked at closely.
  if (/\\u(0000|d[89a-f])/.test(json)) {
    const key = Object.keys(metadata).find((key) => someString({ [key]: metadata[key] }, unstorable));
    if (key !== undefined)
      return { fault: `${JSON.stringify(key)} contains a NUL character or half of a surrogate pair` };
  }
  return { json };
}

function unstorable(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (deeperThan(inner, levels - 1)) return true;
  return false;
}

function someString(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => test(key) || someString(inner, test));
}
