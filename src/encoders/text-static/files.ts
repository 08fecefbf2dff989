import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurns } from '../../platform/turns.ts';
import { type Card, corrupt, type Provenance, writeCard } from '../card.ts';
import type { Encoder } from '../encoder.ts';
import { readSafetensors, writeSafetensors } from '../safetensors.ts';
import { textEncoderSteps } from './encoder.ts';
import { rowsOf } from './features.ts';
import type { Vocabulary } from './vocabulary.ts';

/*
 * encoder.safetensors holds
 *   vectors  F32 [V, D]  one row a token, then one a bucket
 *   weights  F32 [T]     of the tokens
 *   tokens   U8          UTF-8, one token a line, in row order
 */
const ARRAYS_FILE = 'encoder.safetensors';

type Shape = Pick<Vocabulary, 'buckets' | 'maxTokens' | 'pooling'>;

/** Writes the directory of a trained encoder. @throws the file system's error */
export async function saveTextStatic(
  dir: string,
  vocabulary: Vocabulary,
  vectors: Float32Array,
  provenance: Provenance | null = null,
): Promise<void> {
  const { buckets, maxTokens, pooling } = vocabulary;
  const rows = rowsOf(vocabulary);
  const dimensions = vectors.length / rows;
  const tokens = new TextEncoder().encode(vocabulary.tokens.join('\n'));
  await mkdir(dir, { recursive: true });
  await writeSafetensors(
    join(dir, ARRAYS_FILE),
    { vectors, weights: vocabulary.weights, tokens },
    { shapes: { vectors: [rows, dimensions] }, metadata: { kind: 'text-static' } },
  );
  const shape: Shape = { buckets, maxTokens, pooling };
  await writeCard(dir, { kind: 'text-static', dimensions, shape, provenance }, [ARRAYS_FILE]);
}

/** @param card of the directory, its files' hashes checked. @throws QuartetError CORRUPT_ARTIFACT when card and arrays disagree */
export async function loadTextStatic(dir: string, card: Card): Promise<Encoder> {
  const path = join(dir, ARRAYS_FILE);
  const { arrays } = await readSafetensors(path);
  const { vectors, weights, tokens } = arrays;
  if (!(vectors instanceof Float32Array && weights instanceof Float32Array && tokens instanceof Uint8Array)) {
    throw corrupt(path, 'it lacks vectors, weights or tokens');
  }
  const { buckets, maxTokens, pooling } = shapeOf(dir, card);
  const lines = tokens.length === 0 ? [] : new TextDecoder().decode(tokens).split('\n');
  const vocabulary: Vocabulary = { tokens: lines, weights, buckets, maxTokens, pooling };
  const rows = rowsOf(vocabulary);
  if (lines.length !== weights.length || vectors.length !== rows * card.dimensions) {
    throw corrupt(
      path,
      `it has ${vectors.length} numbers for ${rows} rows of ${card.dimensions}, and ${weights.length} weights for ${lines.length} tokens`,
    );
  }
  return inTurns(textEncoderSteps(vocabulary, vectors, card.dimensions));
}

function shapeOf(dir: string, { dimensions, shape }: Card): Shape {
  const { buckets, maxTokens, pooling } = (shape ?? {}) as Partial<Shape>;
  const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
  const isPooling = typeof pooling?.leadTokens === 'number' && typeof pooling.tail === 'number';
  if (!isCount(buckets) || !isCount(maxTokens) || !isPooling || !isCount(dimensions) || dimensions % 8 !== 0) {
    throw corrupt(dir, 'the card lacks dimensions, buckets, maxTokens or pooling');
  }
  return { buckets, maxTokens, pooling };
}
