import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rowsOf } from '../../src/encoders/text-static/features.ts';
import { saveTextStatic } from '../../src/encoders/text-static/files.ts';
import { learnVocabulary } from '../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../src/platform/random.ts';

/** Writes a text-static encoder with the vocabulary of `texts` and random vectors: a word-overlap score. @returns its card */
export async function saveUntrainedEncoder(
  dir: string,
  texts: readonly string[],
  { dimensions, seed }: { dimensions: number; seed: number },
): Promise<unknown> {
  const spec = { kind: 'text-static', dimensions, vocabularySize: 256, maxTokens: 64 } as const;
  const vocabulary = learnVocabulary(texts, spec);
  const random = createRandom(seed);
  const vectors = Float32Array.from({ length: rowsOf(vocabulary) * dimensions }, () => random.normal());
  await saveTextStatic(dir, vocabulary, vectors);
  return JSON.parse(await readFile(join(dir, 'card.json'), 'utf8'));
}
