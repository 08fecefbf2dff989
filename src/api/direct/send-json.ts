import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { sendJson } from '../reply.ts';
import { JsonText } from './json.ts';

/** Characters from which on an answer is written into memory that is used again. */
const LARGE = 32_768;
const FIRST_BYTES = 1 << 20;
/** Of one such piece of memory that is kept, and how many are. */
const MOST_BYTES = 8 << 20;
const MOST_KEPT = 4;

/** Fresh memory for each large answer would cost more than what is written into it: pages that are touched first, and their garbage. */
const kept: Buffer[] = [];

/** Sends an answer of which parts may be written already. @param headers beside type and length */
export function sendAnswer(
  response: ServerResponse,
  status: number,
  answer: object,
  headers: OutgoingHttpHeaders,
): void {
  const text = new JsonText();
  text.addValue(answer);
  text.add('\n');
  const pieces = text.take();
  const characters = pieces.reduce((sum, { length }) => sum + length, 0);
  if (characters < LARGE) {
    sendJson(response, status, pieces.join(''), headers);
    return;
  }
  const { memory, bytes } = written(pieces);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes,
    ...headers,
  });
  response.once('close', () => {
    if (memory.length <= MOST_BYTES && kept.length < MOST_KEPT) kept.push(memory);
  });
  response.end(memory.subarray(0, bytes));
}

function written(pieces: readonly string[]): { memory: Buffer; bytes: number } {
  let memory = kept.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
  let bytes = 0;
  for (const piece of pieces) {
    // No character takes more than three bytes.
    const needed = bytes + 3 * piece.length;
    if (needed > memory.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * memory.length));
      memory.copy(larger, 0, 0, bytes);
      memory = larger;
    }
    bytes += memory.write(piece, bytes);
  }
  return { memory, bytes };
}
