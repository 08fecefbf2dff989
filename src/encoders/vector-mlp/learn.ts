import { QuartetError } from '../../domain/errors.ts';
import type { VectorMlpSpec } from '../../domain/training.ts';
import { expectContents } from '../content.ts';
import { equalTo, type LearnModel, type TrainableModel } from '../trainable-model.ts';
import { dropNumbers } from './drop-numbers.ts';
import { saveVectorMlp } from './files.ts';
import { checkVector } from './prepare.ts';
import { createVectorMlp, type TrainableVectorMlp } from './trainable.ts';

/** Takes its input width from the first vector. */
export const learnVectorMlp: LearnModel<VectorMlpSpec> = (spec, contents, random, tensors, optimizer) => {
  const [first] = expectContents('vector-mlp', 'vector', contents);
  if (first === undefined) throw new QuartetError('NOT_READY', 'the dataset has no vector yet; import some first');
  const create = () => createVectorMlp(spec, first.length, random, tensors, optimizer);
  const modelOf = (tower: TrainableVectorMlp): TrainableModel<Float32Array> => ({
    tower,
    prepare: (content) => checkVector(content as Float32Array, first.length),
    view: dropNumbers,
    save: (dir, provenance) => saveVectorMlp(dir, tower.shape, (name) => tower.numbers(name), provenance),
    twin: () => modelOf(equalTo(tower, create())),
    dispose: () => tower.dispose(),
  });
  return modelOf(create()) as TrainableModel;
};
