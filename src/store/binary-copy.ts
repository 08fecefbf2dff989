/** One field of a row, as its type's binary form; null is NULL. A view: valid only during the call it is given to. */
export type Field = Buffer | null;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/**
 * Takes the stream of `COPY … TO STDOUT (FORMAT binary)` apart as it comes, in pieces of any size. Texts arrive as the UTF-8
 * bytes they are, never as strings. Format: PostgreSQL's manual, COPY, "Binary Format".
 */
export class BinaryCopyParser {
  readonly #onRow: (fields: readonly Field[]) => void;
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;
  #ended = false;

  constructor(onRow: (fields: readonly Field[]) => void) {
    this.#onRow = onRow;
  }

  push(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let position = this.#begun ? 0 : this.#header();
    if (!this.#begun) return;
    while (!this.#ended) {
      const end = this.#row(position);
      if (end === null) break;
      position = end;
    }
    this.#rest = this.#rest.subarray(position);
  }

  /** @throws Error when the stream stopped before its trailer */
  finish(): void {
    if (!this.#ended) throw new Error('the database ended a COPY early');
  }

  #header(): number {
    const bytes = SIGNATURE.length + 8;
    if (this.#rest.length < bytes) return 0;
    if (!this.#rest.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('not a binary COPY');
    this.#begun = true;
    return bytes + this.#rest.readInt32BE(bytes - 4);
  }

  /** @returns where the row that begins at `start` ends, null when it is not all there yet */
  #row(start: number): number | null {
    const buffer = this.#rest;
    if (buffer.length < start + 2) return null;
    const count = buffer.readInt16BE(start);
    let position = start + 2;
    if (count === -1) {
      this.#ended = true;
      return position;
    }
    const fields: Field[] = [];
    for (let index = 0; index < count; index++) {
      if (buffer.length < position + 4) return null;
      const length = buffer.readInt32BE(position);
      position += 4;
      if (length === -1) {
        fields.push(null);
        continue;
      }
      if (buffer.length < position + length) return null;
      fields.push(buffer.subarray(position, position + length));
      position += length;
    }
    this.#onRow(fields);
    return position;
  }
}
