import type { ImageConvSpec, OptimizerSpec } from '../../domain/training.ts';
import type { Random } from '../../platform/random.ts';
import type { Tensors } from '../../tensor/backend.ts';
import { createDenseTower, type DenseTower } from '../dense/tower.ts';
import { initialiseConv } from './initialise.ts';
import { createConvNet } from './network.ts';
import type { PreparedImage } from './prepare.ts';
import { type ConvShape, convShape, type ImageInput } from './shape.ts';

export interface TrainableImageConv extends DenseTower<PreparedImage> {
  readonly kind: 'image-conv';
  readonly shape: ConvShape;
}

/** An image encoder to be trained. @param input of all images */
export function createImageConv(
  spec: Pick<ImageConvSpec, 'dimensions' | 'filters'>,
  input: ImageInput,
  random: Random,
  tensors: Tensors,
  optimizer: OptimizerSpec,
): TrainableImageConv {
  const shape = convShape(spec, input);
  const network = createConvNet(shape, tensors);
  const tower = createDenseTower(network, tensors, optimizer, (numbers) => initialiseConv(shape, numbers, random));
  return { kind: 'image-conv', shape, ...tower };
}
