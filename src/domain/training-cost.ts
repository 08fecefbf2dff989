import type { ParadigmSpec, TrainingConfig } from './training.ts';

/** What a run trains on, as far as its cost goes by it. */
export interface TrainingSize {
  readonly pairs: number;
  readonly items: number;
}

type CostedConfig = Pick<TrainingConfig, 'paradigm' | 'batchSize' | 'accumulateSteps'>;

/**
 * Texts (or whatever the encoder reads) that go through an encoder in one step: the measure of compute by which ways of training are
 * compared. A forward counts the same with and without a gradient, and by the momentum copy; evaluations count nothing.
 */
export function encodingsPerStep({ paradigm, batchSize, accumulateSteps }: CostedConfig, size: TrainingSize): number {
  return accumulateSteps * encodingsPerBatch(paradigm, Math.min(batchSize, size.pairs), size.items);
}

function encodingsPerBatch(paradigm: ParadigmSpec, batch: number, items: number): number {
  switch (paradigm.name) {
    case 'in-batch-negatives':
      return batch * (2 + paradigm.hardNegatives) * (paradigm.gradCacheChunk === null ? 1 : 2);
    case 'end-to-end':
      return 2 * batch + distinctItems(paradigm.negatives, paradigm.shareNegatives ? 1 : batch, items);
    case 'memory-bank':
      return 2 * batch;
    case 'momentum-encoder':
      return 2 * batch * (paradigm.symmetric ? 2 : 1) + givenKeys(paradigm.hardFraction, batch);
  }
}

/** Hard negatives of a step at most, where they are a share of its batch. */
function givenKeys(hardFraction: number, batch: number): number {
  return Math.round(hardFraction * batch);
}

/** Encoded before the first step. */
export function encodingsBefore({ paradigm }: Pick<TrainingConfig, 'paradigm'>, { items }: TrainingSize): number {
  return paradigm.name === 'memory-bank' && paradigm.initialise === 'encoded' ? items : 0;
}

/** Expected number of different items among so many draws of K each: an item drawn twice in a step is encoded once. */
function distinctItems(each: number, draws: number, items: number): number {
  return Math.round(items * (1 - (1 - Math.min(1, each / Math.max(1, items))) ** draws));
}

/** Negatives that a query is held against in a full batch, with a full queue, before any is masked as a false one. */
export function negativesPerQuery({ paradigm, batchSize }: CostedConfig, { pairs, items }: TrainingSize): number {
  const batch = Math.min(batchSize, pairs);
  switch (paradigm.name) {
    case 'in-batch-negatives':
      return batch - 1 + batch * paradigm.hardNegatives;
    case 'end-to-end':
      return Math.min(paradigm.negatives, items - 1);
    case 'memory-bank':
      return paradigm.loss === 'full-softmax' ? items - 1 : Math.min(paradigm.negatives, items - 1);
    case 'momentum-encoder':
      return (
        (paradigm.negativesFrom === 'batch' ? batch - 1 : Math.min(paradigm.queueSize, items)) +
        givenKeys(paradigm.hardFraction, batch)
      );
  }
}
