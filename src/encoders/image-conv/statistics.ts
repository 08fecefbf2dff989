import type { ImagePixels } from '../content.ts';
import type { ImageInput } from './shape.ts';

/** Pixels of each image looked at, at most, spread evenly. */
const LOOKED_AT = 256;
/** A channel of one value has no spread to divide by. */
const LEAST_DEVIATION = 1;

/**
 * Size of the first image, and mean and deviation of each channel over all.
 * @param images read once
 * @returns null without any
 */
export function inputOf(images: Iterable<ImagePixels>): Required<ImageInput> | null {
  let size: Pick<ImagePixels, 'height' | 'width' | 'channels'> | undefined;
  let sums = new Float64Array(0);
  let squares = new Float64Array(0);
  let count = 0;
  for (const { height, width, channels, pixels } of images) {
    if (size === undefined) {
      size = { height, width, channels };
      [sums, squares] = [new Float64Array(channels), new Float64Array(channels)];
    }
    const step = Math.ceil((height * width) / LOOKED_AT);
    for (let place = 0; place < height * width; place += step) {
      count++;
      for (let c = 0; c < sums.length; c++) {
        const byte = pixels[place * channels + c] as number;
        sums[c] = (sums[c] as number) + byte;
        squares[c] = (squares[c] as number) + byte * byte;
      }
    }
  }
  if (size === undefined) return null;
  const mean = Array.from(sums, (sum) => sum / count);
  const variances = mean.map((middle, c) => Math.max(0, (squares[c] as number) / count - middle * middle));
  return { ...size, mean, deviation: variances.map((variance) => Math.max(LEAST_DEVIATION, Math.sqrt(variance))) };
}
