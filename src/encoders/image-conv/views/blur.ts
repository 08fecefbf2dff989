import type { ImagePixels } from '../../content.ts';

/** Gaussian blur, separable, cut off at three deviations; at the border the outermost pixel goes on. @param deviation in pixels, above 0 */
export function blur(image: ImagePixels, deviation: number): ImagePixels {
  const radius = Math.ceil(3 * deviation);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / deviation) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { height, width, channels, pixels } = image;
  const stepped = (from: ArrayLike<number>, size: number, stride: number, place: (index: number) => number) =>
    Float64Array.from({ length: pixels.length }, (_, index) => {
      const own = place(index);
      let sum = 0;
      for (let i = -radius; i <= radius; i++) {
        const moved = Math.min(Math.max(own + i, 0), size - 1) - own;
        sum += (weights[i + radius] as number) * (from[index + moved * stride] as number);
      }
      return sum / total;
    });
  const across = stepped(pixels, width, channels, (index) => Math.floor(index / channels) % width);
  const both = stepped(across, height, width * channels, (index) => Math.floor(index / (width * channels)));
  return { ...image, pixels: Uint8Array.from(both, Math.round) };
}
