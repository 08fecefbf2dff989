import { createRandom } from '../../src/platform/random.ts';

const CENTRES = 500;

/** A Gaussian mixture with 500 centres on the sphere, the same for the same shape. @returns shape [count, dimensions], unit rows */
export function mixture(count: number, dimensions: number): Float32Array {
  const random = createRandom(1);
  const centres = new Float32Array(CENTRES * dimensions).map(() => random.normal());
  const vectors = new Float32Array(count * dimensions);
  for (let index = 0; index < count; index++) {
    const centre = random.int(CENTRES) * dimensions;
    const vector = vectors.subarray(index * dimensions, (index + 1) * dimensions);
    let squares = 0;
    for (let i = 0; i < dimensions; i++) {
      const value = (centres[centre + i] as number) + random.normal();
      vector[i] = value;
      squares += value * value;
    }
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] as number) / Math.sqrt(squares);
  }
  return vectors;
}
