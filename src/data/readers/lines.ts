import { MAX_LINE_BYTES } from '../limits.ts';

const NEWLINE = 10;
const RETURN = 13;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; of a line that is too long only the beginning. */
  readonly bytes: Buffer;
  readonly tooLong: boolean;
}

/** Splits bytes into lines, ended by LF or CRLF; at most `limit` bytes of an unfinished line are held. */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  limit = MAX_LINE_BYTES,
): AsyncGenerator<Line[], void, void> {
  let number = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let tooLong = false;

  const finish = (tail: Buffer): Line => {
    number++;
    let bytes = held.length === 0 ? tail : Buffer.concat([...held, tail]);
    if (!tooLong && bytes.length > limit) tooLong = true;
    if (bytes.at(-1) === RETURN) bytes = bytes.subarray(0, -1);
    const line = { number, bytes: tooLong ? bytes.subarray(0, 1024) : bytes, tooLong };
    held = [];
    heldBytes = 0;
    tooLong = false;
    return line;
  };

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(finish(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (start < chunk.length && !tooLong) {
      held.push(chunk.subarray(start));
      heldBytes += chunk.length - start;
      if (heldBytes > limit) {
        tooLong = true;
        held = [Buffer.from((held[0] as Buffer).subarray(0, 1024))];
      }
    }
    if (lines.length > 0) yield lines;
  }
  if (heldBytes > 0) yield [finish(Buffer.alloc(0))];
}
