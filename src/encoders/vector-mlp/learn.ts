import { QuartetError } from '../../domain/errors.ts';
import type { VectorMlpSpec } from '../../domain/training.ts';
import { expectContents } from '../content.ts';
import type { LearnModel, TrainableModel } from '../trainable-model.ts';
import { dropNumbers } from './drop-numbers.ts';
import { saveVectorMlp } from './files.ts';
import { checkVector } from './prepare.ts';
import { createVectorMlp } from './trainable.ts';

/** Takes its input width from the first vector. */
export const learnVectorMlp: LearnModel<VectorMlpSpec> = (spec, contents, random, tensors, optimizer) => {
  const [first] = expectContents('vector-mlp', 'vector', contents);
  if (first === undefined) throw new QuartetError('NOT_READY', 'the dataset has no vector yet; import some first');
  const tower = createVectorMlp(spec, first.length, random, tensors, optimizer);
  const model: TrainableModel<Float32Array> = {
    tower,
    prepare: (content) => checkVector(content as Float32Array, first.length),
    view: dropNumbers,
    save: (dir, provenance) => saveVectorMlp(dir, tower.shape, (name) => tower.numbers(name), provenance),
    dispose: () => tower.dispose(),
  };
  return model as TrainableModel;
};
