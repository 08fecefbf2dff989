import type { ImagePixels } from '../../content.ts';

/** Left becomes right. */
export function flip(image: ImagePixels): ImagePixels {
  const { height, width, channels, pixels } = image;
  const result = new Uint8Array(pixels.length);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const from = (r * width + width - 1 - c) * channels;
      result.set(pixels.subarray(from, from + channels), (r * width + c) * channels);
    }
  }
  return { ...image, pixels: result };
}
