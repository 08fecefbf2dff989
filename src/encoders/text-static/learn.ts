import type { TextStaticSpec } from '../../domain/training.ts';
import { type Content, expectContents } from '../content.ts';
import { equalTo, type LearnModel, type TrainableModel } from '../trainable-model.ts';
import { dropTokens } from './drop-tokens.ts';
import type { PreparedText } from './features.ts';
import { saveTextStatic } from './files.ts';
import { createTextStatic, type TrainableTextStatic } from './trainable.ts';
import { learnVocabulary } from './vocabulary.ts';

/** Learns the vocabulary, and sets up a row for each of its tokens. */
export const learnTextStatic: LearnModel<TextStaticSpec> = (spec, contents, random, tensors, optimizer) => {
  const texts = expectContents('text-static', 'text', contents);
  const vocabulary = learnVocabulary(texts, spec);
  const modelOf = (tower: TrainableTextStatic): TrainableModel<PreparedText> => ({
    tower,
    prepare: (content: Content) => tower.prepare(content as string),
    view: (prepared, random) => dropTokens(prepared, random),
    save: (dir, provenance) => saveTextStatic(dir, vocabulary, tower.vectors(), provenance),
    twin: () => modelOf(equalTo(tower, createTextStatic(spec, vocabulary, random, tensors, optimizer))),
    dispose: () => tower.dispose(),
  });
  return modelOf(createTextStatic(spec, vocabulary, random, tensors, optimizer)) as TrainableModel;
};
