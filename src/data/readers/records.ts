import { readRawBytes, type Source } from './source.ts';

/** Bytes read of a file of fixed records, after its header. */
export interface Records {
  /** Number of the first record, from 0. */
  readonly first: number;
  /** One after another, whole; the last batch may end within one. */
  readonly bytes: Buffer;
}

/** Records in batches of about a mebibyte, cut at their borders; what is left at the end of the file comes last, by itself. */
export async function* readRecords(
  source: Source,
  { header, size }: { readonly header: number; readonly size: number },
): AsyncGenerator<Records, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  let skip = header;
  let first = 0;
  for await (const chunk of readRawBytes(source)) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    rest = Buffer.concat([rest, chunk.subarray(skipped)]);
    const whole = Math.floor(rest.length / size);
    if (whole === 0) continue;
    yield { first, bytes: rest.subarray(0, whole * size) };
    first += whole;
    rest = rest.subarray(whole * size);
  }
  if (rest.length > 0) yield { first, bytes: rest };
}
