import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import type { RetrievalMetrics, TrainingConfig } from '../domain/training.ts';
import { writeFileAtomic } from '../platform/atomic-file.ts';
import { sha256File } from '../platform/hash.ts';
import { shownPath } from '../platform/shown-path.ts';

/*
 * An encoder is a directory: `card.json` says what it is and holds the SHA-256 of every other file, which hold its numbers.
 */

const CARD_FILE = 'card.json';
const FORMAT = 'quartet-encoder/1';

/** Where an encoder comes from. */
export interface Provenance {
  readonly runId: string;
  readonly datasetHash: string;
  readonly config: TrainingConfig;
  /** On the validation split; null when there was none. */
  readonly metrics: RetrievalMetrics | null;
}

/** `Shape` is what the kind of encoder needs to know of itself beside its arrays. */
export interface Card<Kind extends string = string, Shape = unknown> {
  readonly kind: Kind;
  /** D */
  readonly dimensions: number;
  readonly shape: Shape;
  readonly provenance: Provenance | null;
}

/** Writes the card, with the hashes of the files that lie in the directory by now. */
export async function writeCard(dir: string, card: Card, files: readonly string[]): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const file of files) hashes[file] = await sha256File(join(dir, file));
  await writeFileAtomic(
    join(dir, CARD_FILE),
    `${JSON.stringify({ format: FORMAT, ...card, files: hashes }, null, 2)}\n`,
  );
}

/**
 * Reads a card and holds every file it names against its hash.
 * @throws QuartetError CORRUPT_ARTIFACT naming the file at fault, UNSUPPORTED_FORMAT for a card of another version
 */
export async function readCard(dir: string): Promise<Card> {
  const path = join(dir, CARD_FILE);
  let card: Card & { format?: unknown; files?: Record<string, string> };
  try {
    card = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw corrupt(path, 'it is missing or no JSON', cause);
  }
  if (card?.format !== FORMAT) {
    throw new QuartetError(
      'UNSUPPORTED_FORMAT',
      `${path} has the format ${JSON.stringify(card?.format)}, this version reads ${FORMAT}`,
    );
  }
  if (typeof card.kind !== 'string' || !Number.isInteger(card.dimensions) || typeof card.files !== 'object') {
    throw corrupt(path, 'kind, dimensions or files are missing');
  }
  for (const [file, expected] of Object.entries(card.files ?? {})) {
    const found = await sha256File(join(dir, file)).catch((cause) => {
      throw corrupt(join(dir, file), 'it can not be read', cause);
    });
    if (found !== expected) throw corrupt(join(dir, file), `its SHA-256 is ${found}, the card says ${expected}`);
  }
  return card;
}

export function corrupt(path: string, problem: string, cause?: unknown): QuartetError {
  return new QuartetError(
    'CORRUPT_ARTIFACT',
    `${shownPath(path)}: ${problem}; train the encoder again or restore its artifact`,
    {
      cause,
    },
  );
}
