import type { Tensors } from '../../tensor/backend.ts';
import type { Card, Provenance } from '../card.ts';
import type { ImagePixels } from '../content.ts';
import { encodeInBulk } from '../dense/bulk-encoder.ts';
import { isCount, loadNumbers, saveNumbers, unreadable } from '../dense/files.ts';
import type { Encoder } from '../encoder.ts';
import { createImageEncoder } from './encoder.ts';
import { createConvNet } from './network.ts';
import { checkImage } from './prepare.ts';
import { type ConvShape, convParameters } from './shape.ts';

const KIND = 'image-conv';
type Shape = Omit<ConvShape, 'dimensions'>;

/** Writes the directory of a trained encoder. @throws the file system's error */
export async function saveImageConv(
  dir: string,
  { dimensions, ...shape }: ConvShape,
  numbers: (name: string) => Float32Array,
  provenance: Provenance | null = null,
): Promise<void> {
  const parameters = convParameters({ ...shape, dimensions });
  await saveNumbers(dir, { kind: KIND, dimensions, shape, provenance }, parameters, numbers);
}

/**
 * @param card of the directory, its files' hashes checked
 * @param tensors for bulk encoding; without them by kernels
 * @throws QuartetError CORRUPT_ARTIFACT when card and arrays disagree
 */
export async function loadImageConv(dir: string, card: Card, tensors?: Tensors): Promise<Encoder<ImagePixels>> {
  const { height, width, channels, filters } = (card.shape ?? {}) as Partial<Shape>;
  const { dimensions } = card;
  if (!isCount(height) || !isCount(width) || !isCount(channels) || !isCount(filters)) {
    throw unreadable(dir, 'the card lacks height, width, channels or filters');
  }
  if (filters % 8 !== 0 || dimensions % 8 !== 0) throw unreadable(dir, 'filters or dimensions are no multiple of 8');
  const shape = { height, width, channels, filters, dimensions };
  const numbers = await loadNumbers(dir, convParameters(shape));
  const encoder = createImageEncoder(shape, numbers);
  if (tensors === undefined) return encoder;
  const read = (image: ImagePixels) => checkImage(image, shape);
  return { ...encoder, encode: encodeInBulk(createConvNet(shape, tensors), numbers, tensors, read) };
}
