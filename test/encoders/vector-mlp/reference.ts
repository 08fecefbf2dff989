import type { MlpShape } from '../../../src/encoders/vector-mlp/shape.ts';

const elu = (x: number) => (x > 0 ? x : Math.exp(x) - 1);

export type Numbers = Readonly<Record<string, ArrayLike<number>>>;

/** One embedding in float64 by the letter of the formula: normalise(P x + elu(LN(x) W + b) V + c). */
export function embedPlainly(
  { inputs, hidden, dimensions }: MlpShape,
  numbers: Numbers,
  x: ArrayLike<number>,
): number[] {
  const at = (name: string, index: number) => numbers[name]![index]!;
  const xs = Array.from(x);
  const mean = xs.reduce((sum, v) => sum + v, 0) / inputs;
  const variance = xs.reduce((sum, v) => sum + (v - mean) ** 2, 0) / inputs;
  const normal = xs.map((v) => (v - mean) / Math.sqrt(variance + 1e-8));
  const dot = (row: readonly number[], name: string, width: number, column: number) =>
    row.reduce((sum, v, i) => sum + v * at(name, i * width + column), 0);
  const h = Array.from({ length: hidden }, (_, j) => elu(dot(normal, 'inner', hidden, j) + at('innerBias', j)));
  const z = Array.from({ length: dimensions }, (_, d) => {
    const skip = numbers.projection === undefined ? xs[d]! : dot(xs, 'projection', dimensions, d);
    return skip + dot(h, 'outer', dimensions, d) + at('outerBias', d);
  });
  const norm = Math.hypot(...z);
  return z.map((v) => v / norm);
}
