import { QuartetError } from '../../domain/errors.ts';
import type { ImagePixels } from '../content.ts';
import type { ConvShape } from './shape.ts';

/** Bytes by row, then column, then channel: shape [H, W, C]. */
export type PreparedImage = Uint8Array;

/** @throws QuartetError BAD_INPUT unless the image has the size that the encoder reads */
export function checkImage(
  { height, width, channels, pixels }: ImagePixels,
  shape: Pick<ConvShape, 'height' | 'width' | 'channels'>,
): PreparedImage {
  const size = (of: Pick<ConvShape, 'height' | 'width' | 'channels'>) => `${of.width} x ${of.height} x ${of.channels}`;
  if (height !== shape.height || width !== shape.width || channels !== shape.channels) {
    throw new QuartetError(
      'BAD_INPUT',
      `an image is ${size({ height, width, channels })}, this encoder reads ${size(shape)} (width x height x channels): scale it first`,
    );
  }
  if (pixels.length !== height * width * channels) {
    throw new QuartetError(
      'BAD_INPUT',
      `an image of ${size(shape)} has ${pixels.length} bytes, it must have ${height * width * channels}`,
    );
  }
  return pixels;
}

/**
 * Numbers of mean 0 and deviation 1 in each channel, over the images learned from: else what all images share, their brightness, is
 * most of what the first layer sees.
 * @returns makes a batch of shape [B, H, W, C] of images
 */
export function readerOf({ height, width, channels, mean, deviation }: ConvShape) {
  const tables = mean.map((middle, c) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte - middle) / (deviation[c] as number)),
  );
  const length = height * width * channels;
  return (batch: readonly PreparedImage[]): Float32Array => {
    const numbers = new Float32Array(batch.length * length);
    let at = 0;
    for (const image of batch) {
      for (let i = 0; i < length; i++) numbers[at++] = tables[i % channels]?.[image[i] as number] as number;
    }
    return numbers;
  };
}
