import type { Tensors } from '../../tensor/backend.ts';
import type { Card, Provenance } from '../card.ts';
import type { ImagePixels } from '../content.ts';
import { encodeInBulk } from '../dense/bulk-encoder.ts';
import { isCount, loadNumbers, saveNumbers, unreadable } from '../dense/files.ts';
import type { Encoder } from '../encoder.ts';
import { createImageEncoder } from './encoder.ts';
import { createConvNet } from './network.ts';
import { checkImage } from './prepare.ts';
import { type ChannelStatistics, type ConvShape, convParameters, convShape } from './shape.ts';

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
  const statistics = statisticsOf(card.shape as Partial<Shape>, channels);
  if (statistics === null) throw unreadable(dir, `mean and deviation are no ${channels} numbers each`);
  const shape = convShape({ filters, dimensions }, { height, width, channels, ...statistics });
  const numbers = await loadNumbers(dir, convParameters(shape));
  const encoder = createImageEncoder(shape, numbers);
  if (tensors === undefined) return encoder;
  const read = (image: ImagePixels) => checkImage(image, shape);
  return { ...encoder, encode: encodeInBulk(createConvNet(shape, tensors), numbers, tensors, read) };
}

/** Of a card; one without them is of an encoder that was trained without. @returns null for what can be none */
function statisticsOf({ mean, deviation }: Partial<Shape>, channels: number): Partial<ChannelStatistics> | null {
  if (mean === undefined && deviation === undefined) return {};
  const areNumbers = (values: unknown): values is readonly number[] =>
    Array.isArray(values) && values.length === channels && values.every((value) => Number.isFinite(value));
  return areNumbers(mean) && areNumbers(deviation) && deviation.every((value) => value > 0)
    ? { mean, deviation }
    : null;
}
