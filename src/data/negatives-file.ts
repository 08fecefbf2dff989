import { type FileHandle, open } from 'node:fs/promises';
import { QuartetError } from '../domain/errors.ts';
import { CANDIDATE_FATES, type CandidateFate } from '../domain/mining.ts';
import { shownPath } from '../platform/shown-path.ts';

/*
 * What a mining found, in one file: a record for each candidate, in the order of the queries, then of the ranks. Blocks of some hundred
 * queries stand one after another, each complete, so that a file may be continued with the blocks of another. Little-endian:
 *   head     uint32 magic, uint32 queries Q, uint32 records R, uint32 0
 *   queries  int32 id [Q], int32 number of records [Q], float32 score of the query's positive [Q]
 *   records  int32 id of the item [R], float32 score [R], uint8 fate (its number in CANDIDATE_FATES) [R], zeros to a multiple of 4
 * A record's rank is its place among those of its query, from 1: 9 bytes a candidate, and no page is more than one block away.
 */

export const NEGATIVES_FILE = 'negatives.bin';
/** "QNG2" */
const MAGIC = 0x32474e51;
const HEAD_BYTES = 16;
const QUERY_BYTES = 12;

export interface NegativeRecord {
  readonly queryId: number;
  readonly itemId: number;
  /** From 1. */
  readonly rank: number;
  readonly score: number;
  readonly positiveScore: number;
  readonly fate: CandidateFate;
}

/** What became of the candidates of one query, by rank. */
export interface QueryRecords {
  readonly queryId: number;
  /** Rows of the candidates, best first, and their scores. */
  readonly rows: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  readonly positiveScore: number;
  /** Numbers in CANDIDATE_FATES. */
  readonly fates: Uint8Array;
}

/** The columns of a block. */
export interface NegativesBlock {
  /** shape [Q] each */
  readonly queryIds: Int32Array;
  readonly counts: Int32Array;
  readonly positiveScores: Float32Array;
  /** shape [R] each; those of the first query come first */
  readonly itemIds: Int32Array;
  readonly scores: Float32Array;
  readonly fates: Uint8Array;
}

/** Makes a block of queries' records, column by column: an object for each candidate would cost as much as its search. @param ids by row */
export function encodeBlock(queries: readonly QueryRecords[], ids: Int32Array): Uint8Array {
  const records = queries.reduce((sum, { rows }) => sum + rows.length, 0);
  const bytes = new Uint8Array(HEAD_BYTES + bodyBytes(queries.length, records));
  new Uint32Array(bytes.buffer, 0, 4).set([MAGIC, queries.length, records, 0]);
  const { queryIds, counts, positiveScores, itemIds, scores, fates } = columnsOf(bytes, queries.length, records);
  let at = 0;
  for (const [q, query] of queries.entries()) {
    const { length } = query.rows;
    queryIds[q] = query.queryId;
    counts[q] = length;
    positiveScores[q] = query.positiveScore;
    for (let i = 0; i < length; i++) itemIds[at + i] = ids[query.rows[i] as number] as number;
    scores.set(query.scores, at);
    fates.set(query.fates, at);
    at += length;
  }
  return bytes;
}

/** Writes blocks one after another. */
export class NegativesWriter {
  readonly #file: FileHandle;
  /** Records written. */
  count = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<NegativesWriter> {
    return new NegativesWriter(await open(path, 'w'));
  }

  /** @param block as `encodeBlock` makes it; nothing is written of one without queries */
  async append(block: Uint8Array): Promise<void> {
    const [, queries = 0, records = 0] = new Uint32Array(block.buffer, block.byteOffset, 4);
    if (queries === 0) return;
    for (let done = 0; done < block.length; ) done += (await this.#file.write(block, done)).bytesWritten;
    this.count += records;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** All blocks in order. @throws QuartetError CORRUPT_ARTIFACT */
export async function* readBlocks(path: string): AsyncGenerator<{ bytes: Uint8Array; block: NegativesBlock }> {
  const file = await open(path, 'r');
  try {
    for await (const { at, queries, records } of heads(file, path)) {
      const bytes = new Uint8Array(HEAD_BYTES + bodyBytes(queries, records));
      await readFully(file, bytes, at, path);
      yield { bytes, block: columnsOf(bytes, queries, records) };
    }
  } finally {
    await file.close();
  }
}

/**
 * Records from a place on.
 * @param first number of the first record that may be among them
 * @param limit at most so many
 * @param fate only records of this fate; null: all
 * @throws QuartetError CORRUPT_ARTIFACT
 */
export async function findNegatives(
  path: string,
  { first, limit, fate }: { readonly first: number; readonly limit: number; readonly fate: CandidateFate | null },
): Promise<{ position: number; record: NegativeRecord }[]> {
  const found: { position: number; record: NegativeRecord }[] = [];
  const file = await open(path, 'r');
  try {
    let before = 0;
    for await (const { at, queries, records } of heads(file, path)) {
      const [from, to] = [before, before + records];
      before = to;
      if (to <= first) continue;
      const bytes = new Uint8Array(HEAD_BYTES + bodyBytes(queries, records));
      await readFully(file, bytes, at, path);
      const block = columnsOf(bytes, queries, records);
      for (const { number, record } of recordsOf(block, { first: first - from, fate, path })) {
        found.push({ position: from + number, record });
        if (found.length === limit) return found;
      }
    }
  } finally {
    await file.close();
  }
  return found;
}

interface Wanted {
  /** Number of the first one in the block; may be below 0. */
  readonly first: number;
  readonly fate: CandidateFate | null;
  readonly path: string;
}

function* recordsOf(block: NegativesBlock, { first, fate, path }: Wanted) {
  const { queryIds, counts, positiveScores, itemIds, scores, fates } = block;
  const wanted = fate === null ? null : CANDIDATE_FATES.indexOf(fate);
  let at = 0;
  for (let q = 0; q < queryIds.length; q++) {
    for (let rank = 1; rank <= (counts[q] as number); rank++, at++) {
      if (at < first || (wanted !== null && fates[at] !== wanted)) continue;
      const name = CANDIDATE_FATES[fates[at] as number];
      if (name === undefined) throw corrupt(path, `has no fate ${fates[at]}`);
      const [queryId, itemId] = [queryIds[q] as number, itemIds[at] as number];
      const [score, positiveScore] = [scores[at] as number, positiveScores[q] as number];
      yield { number: at, record: { queryId, itemId, rank, score, positiveScore, fate: name } };
    }
  }
}

/** Where each block begins and what it holds. */
async function* heads(file: FileHandle, path: string) {
  const { size } = await file.stat();
  const head = new Uint8Array(HEAD_BYTES);
  for (let at = 0; at < size; ) {
    await readFully(file, head, at, path);
    const [magic, queries = 0, records = 0] = new Uint32Array(head.buffer);
    if (magic !== MAGIC) throw corrupt(path, `has no block at byte ${at}`);
    const end = at + HEAD_BYTES + bodyBytes(queries, records);
    if (end > size) throw corrupt(path, 'ends in the middle of a block');
    yield { at, queries, records };
    at = end;
  }
}

function bodyBytes(queries: number, records: number): number {
  return QUERY_BYTES * queries + 8 * records + 4 * Math.ceil(records / 4);
}

/** Views of a block with its head. */
function columnsOf({ buffer }: Uint8Array, queries: number, records: number): NegativesBlock {
  const ofQueries = HEAD_BYTES + QUERY_BYTES * queries;
  return {
    queryIds: new Int32Array(buffer, HEAD_BYTES, queries),
    counts: new Int32Array(buffer, HEAD_BYTES + 4 * queries, queries),
    positiveScores: new Float32Array(buffer, HEAD_BYTES + 8 * queries, queries),
    itemIds: new Int32Array(buffer, ofQueries, records),
    scores: new Float32Array(buffer, ofQueries + 4 * records, records),
    fates: new Uint8Array(buffer, ofQueries + 8 * records, records),
  };
}

async function readFully(file: FileHandle, into: Uint8Array, from: number, path: string): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, from + done);
    if (bytesRead === 0) throw corrupt(path, 'ends in the middle of a block');
    done += bytesRead;
  }
}

function corrupt(path: string, flaw: string): QuartetError {
  return new QuartetError('CORRUPT_ARTIFACT', `${shownPath(path)} ${flaw}; mine again`);
}
