import {
  type ConvShape,
  convBlocks,
  convParameters,
  hasShortcut,
  lastFilters,
} from '../../../src/encoders/image-conv/shape.ts';

export type Numbers = Readonly<Record<string, ArrayLike<number>>>;

interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float64Array;
}

/** A convolution in float64 by its definition, padded as TensorFlow's SAME. */
function convolve(x: Picture, filter: ArrayLike<number>, size: number, out: number, stride: number): Picture {
  const [height, width] = [Math.ceil(x.height / stride), Math.ceil(x.width / stride)];
  const before = (input: number, output: number) => Math.floor(Math.max((output - 1) * stride + size - input, 0) / 2);
  const [top, left] = [before(x.height, height), before(x.width, width)];
  const values = new Float64Array(height * width * out);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const [row, column] = [r * stride + i - top, c * stride + j - left];
          if (row < 0 || column < 0 || row >= x.height || column >= x.width) continue;
          for (let k = 0; k < x.channels; k++) {
            const value = x.values[(row * x.width + column) * x.channels + k]!;
            const from = ((i * size + j) * x.channels + k) * out;
            for (let o = 0; o < out; o++) values[(r * width + c) * out + o]! += value * filter[from + o]!;
          }
        }
      }
    }
  }
  return { height, width, channels: out, values };
}

const map = (x: Picture, change: (value: number, index: number) => number): Picture => ({
  ...x,
  values: x.values.map(change),
});
const elu = (x: Picture) => map(x, (value) => (value > 0 ? value : Math.exp(value) - 1));
const biased = (x: Picture, bias: ArrayLike<number>) => map(x, (value, i) => value + bias[i % x.channels]!);

/** Each weight less the mean of all that lead to its output. */
function centred(weights: ArrayLike<number>, outputs: number): Float64Array {
  const sums = new Float64Array(outputs);
  for (let i = 0; i < weights.length; i++) sums[i % outputs]! += weights[i]!;
  const result = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) result[i] = weights[i]! - (sums[i % outputs]! * outputs) / weights.length;
  return result;
}

/** One embedding in float64, layer by layer. @param trained as the optimizer has them: not centred */
export function embedPlainly(shape: ConvShape, trained: Numbers, pixels: Uint8Array): number[] {
  const { height, width, channels, filters, dimensions, mean, deviation } = shape;
  const numbers: Numbers = Object.fromEntries(
    convParameters(shape).map(({ name, shape: size }) => {
      return [name, size.length === 1 ? trained[name]! : centred(trained[name]!, size.at(-1)!)];
    }),
  );
  const values = Float64Array.from(pixels, (byte, i) => (byte - mean[i % channels]!) / deviation[i % channels]!);
  const image: Picture = { height, width, channels, values };
  let x = biased(convolve(image, numbers.stem!, 3, filters, 1), numbers['stem.bias']!);
  for (const block of convBlocks(shape)) {
    const { name, to, stride } = block;
    const active = elu(x);
    const inner = elu(
      biased(convolve(active, numbers[`${name}.first`]!, 3, to, stride), numbers[`${name}.first.bias`]!),
    );
    const skip = hasShortcut(block) ? convolve(active, numbers[`${name}.shortcut`]!, 1, to, stride) : x;
    const branch = biased(convolve(inner, numbers[`${name}.second`]!, 3, to, 1), numbers[`${name}.second.bias`]!);
    x = map(branch, (value, i) => value + skip.values[i]!);
  }
  const last = elu(x);
  const count = lastFilters(shape);
  const places = last.values.length / count;
  const pooled = Array.from({ length: count }, (_, k) => {
    let sum = 0;
    for (let p = 0; p < places; p++) sum += last.values[p * count + k]!;
    return sum / places;
  });
  const z = Array.from({ length: dimensions }, (_, d) =>
    pooled.reduce(
      (sum, value, k) => sum + value * numbers.projection![k * dimensions + d]!,
      numbers['projection.bias']![d]!,
    ),
  );
  const norm = Math.hypot(...z);
  return z.map((value) => value / norm);
}
