import { QuartetError } from '../../domain/errors.ts';
import type { ImageConvSpec } from '../../domain/training.ts';
import { expectContents, type ImagePixels } from '../content.ts';
import { equalTo, type LearnModel, type TrainableModel } from '../trainable-model.ts';
import { saveImageConv } from './files.ts';
import { checkImage, type PreparedImage } from './prepare.ts';
import { inputOf } from './statistics.ts';
import { createImageConv, type TrainableImageConv } from './trainable.ts';
import { randomView } from './views/random-view.ts';

/** Takes the size of images from the first one, and the mean and spread of their colours from all. */
export const learnImageConv: LearnModel<ImageConvSpec> = (spec, contents, random, tensors, optimizer) => {
  const input = inputOf(expectContents('image-conv', 'image', contents));
  if (input === null) throw new QuartetError('NOT_READY', 'the dataset has no image yet; import some first');
  const { height, width, channels } = input;
  const create = () => createImageConv(spec, input, random, tensors, optimizer);
  const modelOf = (tower: TrainableImageConv): TrainableModel<PreparedImage> => ({
    tower,
    prepare: (content) => checkImage(content as ImagePixels, tower.shape),
    view: (pixels, views) => randomView({ height, width, channels, pixels }, views),
    save: (dir, provenance) => saveImageConv(dir, tower.shape, (name) => tower.numbers(name), provenance),
    twin: () => modelOf(equalTo(tower, create())),
    dispose: () => tower.dispose(),
  });
  return modelOf(create()) as TrainableModel;
};
