import type { Tensors } from '../../tensor/backend.ts';
import type { Card, Provenance } from '../card.ts';
import { encodeInBulk } from '../dense/bulk-encoder.ts';
import { isCount, loadNumbers, saveNumbers, unreadable } from '../dense/files.ts';
import type { Encoder } from '../encoder.ts';
import { createVectorEncoder, type MlpNumbers } from './encoder.ts';
import { createMlp } from './network.ts';
import { checkVector } from './prepare.ts';
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

/**
 * @param card of the directory, its files' hashes checked
 * @param tensors for bulk encoding; without them by kernels
 * @throws QuartetError CORRUPT_ARTIFACT when card and arrays disagree
 */
export async function loadVectorMlp(dir: string, card: Card, tensors?: Tensors): Promise<Encoder<Float32Array>> {
  const { inputs, hidden } = (card.shape ?? {}) as Partial<Shape>;
  const { dimensions } = card;
  if (!isCount(inputs) || !isCount(hidden) || hidden % 8 !== 0 || dimensions % 8 !== 0) {
    throw unreadable(dir, 'the card lacks inputs, hidden or dimensions');
  }
  const shape = { inputs, hidden, dimensions };
  const numbers = await loadNumbers(dir, mlpParameters(shape));
  const encoder = createVectorEncoder(shape, numbers);
  if (tensors === undefined) return encoder;
  const read = (vector: Float32Array) => checkVector(vector, inputs);
  return { ...encoder, encode: encodeInBulk(createMlp(shape, tensors), numbers, tensors, read) };
}
