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

/** @returns the batch as numbers from -1 (byte 0) to 1 (byte 255) */
export function toNumbers(batch: readonly PreparedImage[], length: number): Float32Array {
  const numbers = new Float32Array(batch.length * length);
  let at = 0;
  for (const image of batch) for (let i = 0; i < length; i++) numbers[at++] = (image[i] as number) / 127.5 - 1;
  return numbers;
}
