import type { ImagePixels } from '../../content.ts';

/** A part of an image, in pixels; may lie between them. */
export interface Frame {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Cuts the frame out and scales it to the whole image's size, bilinearly, pixel centres on pixel centres. */
export function cropAndScale(image: ImagePixels, frame: Frame): ImagePixels {
  const { height, width, channels, pixels } = image;
  const result = new Uint8Array(pixels.length);
  const columns = Array.from({ length: width }, (_, c) => between(frame.left, frame.width, c, width));
  let at = 0;
  for (let r = 0; r < height; r++) {
    const row = between(frame.top, frame.height, r, height);
    for (const column of columns) {
      for (let k = 0; k < channels; k++) {
        const pixel = (y: number, x: number) => pixels[(y * width + x) * channels + k] as number;
        const above = pixel(row.low, column.low) * (1 - column.share) + pixel(row.low, column.high) * column.share;
        const below = pixel(row.high, column.low) * (1 - column.share) + pixel(row.high, column.high) * column.share;
        result[at++] = Math.round(above * (1 - row.share) + below * row.share);
      }
    }
  }
  return { ...image, pixels: result };
}

/** Which two pixels lie around place `index` of `size`, and the share of the second. */
function between(start: number, length: number, index: number, size: number) {
  // What lies outside the frame does not shine in.
  const [first, last] = [Math.max(0, start), Math.min(size, start + length) - 1];
  const place = Math.max(0, Math.min(Math.max(start + ((index + 0.5) * length) / size - 0.5, first), last));
  const low = Math.floor(place);
  return { low, high: Math.min(low + 1, size - 1), share: place - low };
}
