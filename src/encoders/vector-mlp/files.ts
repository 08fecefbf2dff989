import type { Card, Provenance } from '../card.ts';
import { isCount, loadNumbers, saveNumbers, unreadable } from '../dense/files.ts';
import type { Encoder } from '../encoder.ts';
import { createVectorEncoder, type MlpNumbers } from './encoder.ts';
import { type MlpShape, mlpParameters } from './shape.ts';

const KIND = 'vector-mlp';
type Shape = Pick<MlpShape, 'inputs' | 'hidden'>;

/** Writes the directory of a trained encoder. @throws the file system's error */
export async function saveVectorMlp(
  dir: string,
  { inputs, hidden, dimensions }: MlpShape,
  numbers: MlpNumbers,
  provenance: Provenance | null = null,
): Promise<void> {
  const shape: Shape = { inputs, hidden };
  const parameters = mlpParameters({ ...shape, dimensions });
  await saveNumbers(dir, { kind: KIND, dimensions, shape, provenance }, parameters, numbers);
}

/** @param card of the directory, its files' hashes checked. @throws QuartetError CORRUPT_ARTIFACT when card and arrays disagree */
export async function loadVectorMlp(dir: string, card: Card): Promise<Encoder<Float32Array>> {
  const { inputs, hidden } = (card.shape ?? {}) as Partial<Shape>;
  const { dimensions } = card;
  if (!isCount(inputs) || !isCount(hidden) || hidden % 8 !== 0 || dimensions % 8 !== 0) {
    throw unreadable(dir, 'the card lacks inputs, hidden or dimensions');
  }
  const shape = { inputs, hidden, dimensions };
  return createVectorEncoder(shape, await loadNumbers(dir, mlpParameters(shape)));
}
