import type { Random } from '../../platform/random.ts';
import { ELU_GAIN } from '../../tensor/dense-ops.ts';
import { hasProjection, type MlpShape } from './shape.ts';

/**
 * First weights: the inner matrix normal with variance `ELU_GAIN` / I, the outer one and the biases zero, so
 * that only the skip is heard: the encoder starts as the identity (up to length), or as a random orthogonal projection.
 */
export function initialiseMlp(shape: MlpShape, numbers: (name: string) => Float32Array, random: Random): void {
  const inner = numbers('inner');
  const deviation = Math.sqrt(ELU_GAIN / shape.inputs);
  for (let i = 0; i < inner.length; i++) inner[i] = random.normal() * deviation;
  for (const name of ['innerBias', 'outer', 'outerBias']) numbers(name).fill(0);
  if (hasProjection(shape)) numbers('projection').set(orthogonal(shape.inputs, shape.dimensions, random));
}

/**
 * A random matrix [I, D] whose columns (D <= I) or rows (D > I) are orthonormal, by modified Gram-Schmidt. With D > I it keeps all inner
 * products; with fewer dimensions it keeps them in expectation, whatever the order of the input's coordinates, which cutting
 * coordinates off would not.
 */
function orthogonal(inputs: number, dimensions: number, random: Random): Float32Array {
  const [count, length] = dimensions <= inputs ? [dimensions, inputs] : [inputs, dimensions];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const other of vectors) {
      let along = 0;
      for (let i = 0; i < length; i++) along += (vector[i] as number) * (other[i] as number);
      for (let i = 0; i < length; i++) vector[i] = (vector[i] as number) - along * (other[i] as number);
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vectors.push(vector.map((value) => value / norm));
  }
  const matrix = new Float32Array(inputs * dimensions);
  vectors.forEach((vector, v) => {
    for (let i = 0; i < length; i++) {
      matrix[dimensions <= inputs ? i * dimensions + v : v * dimensions + i] = vector[i] as number;
    }
  });
  return matrix;
}
