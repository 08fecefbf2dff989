import { denseLayersOf } from '../dense/layers.ts';
import { UnitRowKernel } from '../dense/unit-rows.ts';
import type { Encoder } from '../encoder.ts';
import { layerNorm } from './layer-norm.ts';
import { checkVector } from './prepare.ts';
import { hasProjection, type MlpShape, mlpParameters } from './shape.ts';

/** The trained numbers of each parameter. */
export type MlpNumbers = (name: string) => Float32Array;

/** The inference half of `vector-mlp`, by the project's own kernels: no tensor library; a vector takes some tenths of a millisecond. */
export function createVectorEncoder(shape: MlpShape, numbers: MlpNumbers): Encoder<Float32Array> {
  const { inputs, hidden, dimensions } = shape;
  const layers = denseLayersOf(mlpParameters(shape), numbers);
  const unit = new UnitRowKernel(dimensions);
  const normal = new Float32Array(inputs);

  const embed = (vector: Float32Array, z: Float32Array) => {
    layerNorm(checkVector(vector, inputs), normal, 0);
    const h = layers.product(normal, 'inner');
    const innerBias = numbers('innerBias');
    for (let i = 0; i < hidden; i++) {
      const value = (h[i] as number) + (innerBias[i] as number);
      h[i] = value > 0 ? value : Math.expm1(value);
    }
    z.set(hasProjection(shape) ? layers.product(vector, 'projection') : vector);
    const outer = layers.product(h, 'outer');
    const outerBias = numbers('outerBias');
    for (let i = 0; i < dimensions; i++) z[i] = (z[i] as number) + (outer[i] as number) + (outerBias[i] as number);
  };

  return {
    kind: 'vector-mlp',
    reads: 'vector',
    inputWidth: inputs,
    dimensions,
    encode(vectors) {
      const outputs = new Float32Array(vectors.length * dimensions);
      vectors.forEach((vector, row) => {
        embed(vector, outputs.subarray(row * dimensions, (row + 1) * dimensions));
      });
      return unit.forward(outputs).rows;
    },
  };
}
