import type { TextStaticSpec } from '../../domain/training.ts';
import { type Content, expectContents } from '../content.ts';
import type { LearnModel, TrainableModel } from '../trainable-model.ts';
import { dropTokens } from './drop-tokens.ts';
import type { PreparedText } from './features.ts';
import { saveTextStatic } from './files.ts';
import { createTextStatic } from './trainable.ts';
import { learnVocabulary } from './vocabulary.ts';

/** Learns the vocabulary, and sets up a row for each of its tokens. */
export const learnTextStatic: LearnModel<TextStaticSpec> = (spec, contents, random, tensors, optimizer) => {
  const texts = expectContents('text-static', 'text', contents);
  const vocabulary = learnVocabulary(texts, spec);
  const tower = createTextStatic(spec, vocabulary, random, tensors, optimizer);
  const model: TrainableModel<PreparedText> = {
    tower,
    prepare: (content: Content) => tower.prepare(content as string),
    view: (prepared, random) => dropTokens(prepared, random),
    save: (dir, provenance) => saveTextStatic(dir, vocabulary, tower.vectors(), provenance),
    dispose: () => tower.dispose(),
  };
  return model as TrainableModel;
};
