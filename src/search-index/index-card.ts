import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import { sha256 } from '../platform/hash.ts';
import { shownPath } from '../platform/shown-path.ts';

/*
 * An index artifact is a directory:
 *   card.json     what it is, and size and SHA-256 of the other files; its own checksum is its last field
 *   index.hnsw    the graph with the vectors in it (hnsw-layout.ts)
 *   vectors.f32   the vectors alone, shape [N, D], float32 little-endian: for exact search and for rescoring
 *   ids.i32       item id of each row, shape [N], int32 little-endian, ascending
 * So every byte is under a checksum that is compared before the byte is used.
 */
export const CARD_FILE = 'card.json';
export const GRAPH_FILE = 'index.hnsw';
export const VECTORS_FILE = 'vectors.f32';
export const IDS_FILE = 'ids.i32';
export const INDEX_FORMAT_VERSION = 1;

export type IndexFile = typeof GRAPH_FILE | typeof VECTORS_FILE | typeof IDS_FILE;

export interface IndexCard {
  readonly format: 'quartet-index';
  readonly version: typeof INDEX_FORMAT_VERSION;
  readonly metric: 'cosine';
  /** How the vectors lie in the graph; left out for float32. */
  readonly storage?: 'int8';
  /** D */
  readonly dimensions: number;
  /** N */
  readonly count: number;
  readonly m: number;
  readonly efConstruction: number;
  /** Candidates of a search that does not say. */
  readonly efSearch: number;
  readonly seed: number;
  /** SHA-256 of the encoder's artifact: no other encoder's vectors may be compared with these. */
  readonly encoderSha256: string;
  /** `Snapshot.hash` of what was indexed. */
  readonly datasetHash: string;
  /** Share of the true ten nearest found at efSearch, on a sample of the dataset's queries; null for fewer than two items. */
  readonly recallAt10: number | null;
  /** Share of the true ten nearest that int8 ranks below all candidates that are scored anew; left out for float32. */
  readonly recallLoss?: number | null;
  readonly files: Readonly<Record<IndexFile, { readonly bytes: number; readonly sha256: string }>>;
}

/** @returns the content of card.json */
export function encodeCard(card: IndexCard): string {
  return `${JSON.stringify({ ...card, checksum: checksumOf(card) }, null, 2)}\n`;
}

/** @throws QuartetError CORRUPT_ARTIFACT for a changed or missing card, UNSUPPORTED_FORMAT for another version's */
export async function readCard(dir: string): Promise<IndexCard> {
  const path = join(dir, CARD_FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw corruptIndex(path, "can't be read", cause);
  });
  let parsed: IndexCard & { checksum?: unknown };
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw corruptIndex(path, 'is not JSON', cause);
  }
  const { checksum, ...card } = parsed;
  if (checksum !== checksumOf(card) || encodeCard(card) !== text) {
    throw corruptIndex(path, 'does not match its own checksum');
  }
  if (card.format !== 'quartet-index' || card.version !== INDEX_FORMAT_VERSION || card.metric !== 'cosine') {
    throw new QuartetError(
      'UNSUPPORTED_FORMAT',
      `${shownPath(path)} is of format ${card.format} ${card.version}, this Quartet reads quartet-index ${INDEX_FORMAT_VERSION}; ` +
        'build the index again',
    );
  }
  return card;
}

export function corruptIndex(path: string, flaw: string, cause?: unknown): QuartetError {
  return new QuartetError('CORRUPT_ARTIFACT', `index file ${shownPath(path)} ${flaw}; build the index again`, {
    cause,
  });
}

function checksumOf(card: IndexCard): string {
  return sha256(JSON.stringify(card));
}
