import { DenseLayers } from '../../tensor/kernels/dense-layers.ts';
import type { ParameterShape } from './network.ts';

/** The matrices and filters of a network for inference, a filter [k, k, C in, C out] as a matrix [k k C in, C out]. */
export function denseLayersOf(
  parameters: readonly ParameterShape[],
  numbers: (name: string) => Float32Array,
): DenseLayers {
  const matrices = parameters.filter(({ shape }) => shape.length > 1);
  return new DenseLayers(
    matrices.map(({ name, shape }) => ({ name, numbers: numbers(name), outputs: shape.at(-1) as number })),
  );
}
