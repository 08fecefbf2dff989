import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { QuartetError } from '../domain/errors.ts';
import { CANDIDATE_FATES, type CandidateFate } from '../domain/mining.ts';

/*
 * What a mining found, in one file: a record for each candidate, in the order of the queries, then of the ranks. 24 bytes each,
 * little-endian: int32 id of the query, int32 id of the item, int32 rank from 1, float32 score, float32 score of the query's
 * positive, int32 fate (its number in CANDIDATE_FATES). Of equal width, so that any page is one read.
 */

export const NEGATIVES_FILE = 'negatives.bin';
export const RECORD_BYTES = 24;
const BLOCK_RECORDS = 4_096;

export interface NegativeRecord {
  readonly queryId: number;
  readonly itemId: number;
  /** From 1. */
  readonly rank: number;
  readonly score: number;
  readonly positiveScore: number;
  readonly fate: CandidateFate;
}

/** Writes records one after another; holds one block of them. */
export class NegativesWriter {
  readonly #stream: ReturnType<typeof createWriteStream>;
  #block = Buffer.alloc(RECORD_BYTES * BLOCK_RECORDS);
  #used = 0;
  count = 0;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
  }

  async add(record: NegativeRecord): Promise<void> {
    const { queryId, itemId, rank, score, positiveScore, fate } = record;
    const at = this.#used;
    this.#block.writeInt32LE(queryId, at);
    this.#block.writeInt32LE(itemId, at + 4);
    this.#block.writeInt32LE(rank, at + 8);
    this.#block.writeFloatLE(score, at + 12);
    this.#block.writeFloatLE(positiveScore, at + 16);
    this.#block.writeInt32LE(CANDIDATE_FATES.indexOf(fate), at + 20);
    this.#used += RECORD_BYTES;
    this.count += 1;
    if (this.#used === this.#block.length) await this.#flush();
  }

  /** Records as `encodeRecords` makes them. */
  async append(records: Uint8Array): Promise<void> {
    for (let from = 0; from < records.length; ) {
      const part = records.subarray(from, from + this.#block.length - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.length;
      from += part.length;
      if (this.#used === this.#block.length) await this.#flush();
    }
    this.count += records.length / RECORD_BYTES;
  }

  async finish(): Promise<void> {
    await this.#flush();
    this.#stream.end();
    await finished(this.#stream);
  }

  async #flush(): Promise<void> {
    const full = this.#block.subarray(0, this.#used);
    this.#block = Buffer.alloc(RECORD_BYTES * BLOCK_RECORDS);
    this.#used = 0;
    if (!this.#stream.write(full)) await new Promise<void>((resolve) => this.#stream.once('drain', resolve));
  }
}

/** What became of the candidates of one query, by rank. */
export interface QueryRecords {
  readonly queryId: number;
  /** Rows of the candidates, best first, the id of each row, and their scores. */
  readonly rows: ArrayLike<number>;
  readonly ids: Int32Array;
  readonly scores: ArrayLike<number>;
  readonly positiveScore: number;
  /** Numbers in CANDIDATE_FATES. */
  readonly fates: Uint8Array;
}

/** All records of a query at once: a mining makes a hundred for each, and an object for each of these would cost as much as its search. */
export function encodeRecords({ queryId, rows, ids, scores, positiveScore, fates }: QueryRecords): Uint8Array {
  const words = RECORD_BYTES / 4;
  const whole = new Int32Array(words * rows.length);
  const numbers = new Float32Array(whole.buffer);
  for (let i = 0; i < rows.length; i++) {
    const at = i * words;
    whole[at] = queryId;
    whole[at + 1] = ids[rows[i] as number] as number;
    whole[at + 2] = i + 1;
    numbers[at + 3] = scores[i] as number;
    numbers[at + 4] = positiveScore;
    whole[at + 5] = fates[i] as number;
  }
  return new Uint8Array(whole.buffer);
}

/** All records in order, read block by block. @throws QuartetError CORRUPT_ARTIFACT */
export async function* readNegatives(path: string): AsyncGenerator<NegativeRecord> {
  const file = await open(path, 'r');
  try {
    for (let first = 0; ; first += BLOCK_RECORDS) {
      const records = await recordsAt(file, first, BLOCK_RECORDS, path);
      yield* records;
      if (records.length < BLOCK_RECORDS) return;
    }
  } finally {
    await file.close();
  }
}

/** @returns the records from number `first` on, at most `limit` */
export async function readNegativesPage(path: string, first: number, limit: number): Promise<NegativeRecord[]> {
  const file = await open(path, 'r');
  try {
    return await recordsAt(file, first, limit, path);
  } finally {
    await file.close();
  }
}

async function recordsAt(file: FileHandle, first: number, limit: number, path: string): Promise<NegativeRecord[]> {
  const bytes = Buffer.alloc(RECORD_BYTES * limit);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, first * RECORD_BYTES + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  if (filled % RECORD_BYTES !== 0) throw corrupt(path, 'ends in the middle of a record');
  return Array.from({ length: filled / RECORD_BYTES }, (_, n) => {
    const at = n * RECORD_BYTES;
    const fate = CANDIDATE_FATES[bytes.readInt32LE(at + 20)];
    if (fate === undefined) throw corrupt(path, `has no fate in record ${first + n}`);
    return {
      queryId: bytes.readInt32LE(at),
      itemId: bytes.readInt32LE(at + 4),
      rank: bytes.readInt32LE(at + 8),
      score: bytes.readFloatLE(at + 12),
      positiveScore: bytes.readFloatLE(at + 16),
      fate,
    };
  });
}

function corrupt(path: string, flaw: string): QuartetError {
  return new QuartetError('CORRUPT_ARTIFACT', `${path} ${flaw}; mine again`);
}
