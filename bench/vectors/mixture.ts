import { createRandom } from '../../src/platform/random.ts';

const CENTRES = 500;

/** A Gaussian mixture with 500 centres on the sphere, the same for the same shape. @returns shape [count, dimensions], unit rows */
export function mixture(count: number, dimensions: number): Float32Array {
  const vectors = new Float32Array(count * dimensions);
  let row = 0;
  for (const vector of mixtureRows(count, dimensions)) vectors.set(vector, row++ * dimensions);
  return vectors;
}

/** The same row by row. Each is in the same place, where the next one will be. */
export function* mixtureRows(count: number, dimensions: number): Generator<Float32Array> {
  const random = createRandom(1);
  const centres = new Float32Array(CENTRES * dimensions).map(() => random.normal());
  const vector = new Float32Array(dimensions);
  for (let row = 0; row < count; row++) {
    const centre = random.int(CENTRES) * dimensions;
    let squares = 0;
    for (let i = 0; i < dimensions; i++) {
      const value = (centres[centre + i] as number) + random.normal();
      vector[i] = value;
      squares += value * value;
    }
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] as number) / Math.sqrt(squares);
    yield vector;
  }
}
