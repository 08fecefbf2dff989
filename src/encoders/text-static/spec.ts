import type { OptimizerSpec } from '../../domain/training.ts';

/**
 * What of `text-static` a caller does not set, chosen by nDCG@10 on MedQuAD pairs after 5 epochs. What a caller sets
 * (dimensions, vocabularySize, maxTokens) has its defaults and bounds in `training/defaults.ts`.
 */
export interface Pooling {
  /** A word at position p counts 1 / (1 + p / leadTokens) + tail: the start of a text says what it is about. */
  readonly leadTokens: number;
  readonly tail: number;
  /** Exponent of the inverse document frequency; 0 would weigh all words alike. */
  readonly idfPower: number;
}
/** Without lead weighting 0.66 instead of 0.80; leadTokens 5 to 20 within 0.02 of each other. */
export const DEFAULT_POOLING: Pooling = Object.freeze({ leadTokens: 10, tail: 0.03, idfPower: 0.75 });

/** A word must stand in so many texts to get a row of its own; rarer ones are served by the back-off. */
export const MIN_DOCUMENTS = 2;

/** Back-off of words without a row. */
export const BACK_OFF = Object.freeze({
  /** Rows for hashed character n-grams, as a share of the vocabulary asked for. */
  bucketShare: 0.5,
  /** Lengths of the n-grams, word boundaries included. */
  shortest: 3,
  longest: 5,
  /** L2 norm of the weights of a word's n-grams. */
  gramWeight: 0.5,
  /** L2 norm of the weights of its neighbours: known words that are spelled alike. */
  neighbourWeight: 1,
  neighbours: 3,
  /** Least Dice similarity of the trigram sets of two neighbours. */
  leastSimilarity: 0.5,
});

/** Characters of one word that are read; the rest of it is skipped. */
export const MAX_WORD_LENGTH = 64;
/** Characters of a text that are read, per token allowed. */
export const CHARACTERS_PER_TOKEN = 32;

/** Optimizer of the table where nobody chooses one. */
export const ADAM: OptimizerSpec = Object.freeze({
  name: 'adamw',
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
});
