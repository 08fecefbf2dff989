import type { OptimizerSpec, VectorMlpSpec } from '../../domain/training.ts';
import type { Random } from '../../platform/random.ts';
import type { Tensors } from '../../tensor/backend.ts';
import { createDenseTower, type DenseTower } from '../dense/tower.ts';
import { initialiseMlp } from './initialise.ts';
import { createMlp } from './network.ts';
import { type MlpShape, mlpShape } from './shape.ts';

export interface TrainableVectorMlp extends DenseTower<Float32Array> {
  readonly kind: 'vector-mlp';
  readonly shape: MlpShape;
}

/**
 * An adapter of stored embeddings to be trained; untrained it is the identity up to length, or a random orthogonal projection where the
 * embedding has another width.
 * @param inputs I, the width of the stored embeddings
 */
export function createVectorMlp(
  spec: Pick<VectorMlpSpec, 'dimensions' | 'hidden'>,
  inputs: number,
  random: Random,
  tensors: Tensors,
  optimizer: OptimizerSpec,
): TrainableVectorMlp {
  const shape = mlpShape(spec, inputs);
  const network = createMlp(shape, tensors);
  const tower = createDenseTower(network, tensors, optimizer, (numbers) => initialiseMlp(shape, numbers, random));
  return { kind: 'vector-mlp', shape, ...tower };
}
