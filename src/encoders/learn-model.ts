import type { EncoderKind, EncoderSpec } from '../domain/training.ts';
import { learnImageConv } from './image-conv/learn.ts';
import { learnTextStatic } from './text-static/learn.ts';
import type { LearnModel } from './trainable-model.ts';
import { learnVectorMlp } from './vector-mlp/learn.ts';

export type { TrainableModel } from './trainable-model.ts';

const LEARN = {
  'text-static': learnTextStatic,
  'vector-mlp': learnVectorMlp,
  'image-conv': learnImageConv,
} satisfies { [Kind in EncoderKind]: LearnModel<Extract<EncoderSpec, { kind: Kind }>> };

/**
 * Learns what an encoder needs before its first step (for `text-static` the vocabulary) and sets up its weights. Equal
 * contents, spec and random state give an equal model.
 * @throws QuartetError BAD_INPUT when the encoder asked for does not fit into memory, or does not read what the data holds;
 *   NOT_READY when there is nothing to learn from
 */
export const learnModel: LearnModel<EncoderSpec> = (spec, contents, random, tensors, optimizer) =>
  (LEARN[spec.kind] as LearnModel<EncoderSpec>)(spec, contents, random, tensors, optimizer);
