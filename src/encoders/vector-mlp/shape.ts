import type { VectorMlpSpec } from '../../domain/training.ts';
import type { ParameterShape } from '../dense/network.ts';

/** I input, H hidden and D embedding dimensions. */
export interface MlpShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly dimensions: number;
}

/** @param inputs I, as wide as the data's vectors */
export function mlpShape(
  { dimensions, hidden }: Pick<VectorMlpSpec, 'dimensions' | 'hidden'>,
  inputs: number,
): MlpShape {
  // The kernels take eight numbers at a time, so an odd input width can't be kept as it is.
  return { inputs, hidden, dimensions: dimensions ?? Math.ceil(inputs / 8) * 8 };
}

/** Where input and embedding are equally wide the skip is the identity itself, else a matrix that is trained. */
export function hasProjection({ inputs, dimensions }: MlpShape): boolean {
  return inputs !== dimensions;
}

export function mlpParameters(shape: MlpShape): readonly ParameterShape[] {
  const { inputs, hidden, dimensions } = shape;
  return [
    { name: 'inner', shape: [inputs, hidden], decays: true },
    { name: 'innerBias', shape: [hidden], decays: false },
    { name: 'outer', shape: [hidden, dimensions], decays: true },
    { name: 'outerBias', shape: [dimensions], decays: false },
    ...(hasProjection(shape) ? [{ name: 'projection', shape: [inputs, dimensions], decays: true }] : []),
  ];
}
