import type { ImagePixels } from '../../content.ts';

/** Factors; 1 changes nothing. */
export interface Jitter {
  readonly brightness: number;
  readonly contrast: number;
  /** Without effect on grey images. */
  readonly saturation: number;
}

/** Shares of red, green and blue in brightness (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Brightness scales all values, contrast their distance from the mean brightness, saturation their distance from each pixel's own. */
export function jitterColours(image: ImagePixels, { brightness, contrast, saturation }: Jitter): ImagePixels {
  const { pixels, channels } = image;
  const places = pixels.length / channels;
  let sum = 0;
  for (let p = 0; p < places; p++) sum += luma(pixels, p * channels, channels);
  const middle = (brightness * sum) / places;
  const result = new Uint8Array(pixels.length);
  for (let p = 0; p < places; p++) {
    const at = p * channels;
    const own = luma(pixels, at, channels);
    for (let k = 0; k < channels; k++) {
      const saturated = own + saturation * ((pixels[at + k] as number) - own);
      result[at + k] = toByte(middle + contrast * (brightness * saturated - middle));
    }
  }
  return { ...image, pixels: result };
}

/** Takes the colours away; the number of channels stays. */
export function toGrey(image: ImagePixels): ImagePixels {
  return jitterColours(image, { brightness: 1, contrast: 1, saturation: 0 });
}

function luma(pixels: Uint8Array, at: number, channels: number): number {
  if (channels !== 3) return pixels[at] as number;
  return LUMA.reduce((sum, share, k) => sum + share * (pixels[at + k] as number), 0);
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
