import { QuartetError } from '../domain/errors.ts';

/** Mean loss of the first steps, and an exponential mean of the latest. */
export interface DivergenceState {
  readonly steps: number;
  readonly first: number;
  readonly recent: number;
}

const FIRST_STEPS = 10;
const RECENT_WEIGHT = 0.05;
/** Steps before a loss that grows counts as diverged: warm-up may shake it. */
const PATIENCE = 50;
const TOLERANCE = 3;

export function startDivergence(): DivergenceState {
  return { steps: 0, first: 0, recent: 0 };
}

export interface StepOutcome {
  /** Number of the step, from 1. */
  readonly step: number;
  readonly loss: number;
  /** Global L2 norm of the gradient. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly batchSize: number;
}

/**
 * Watches for a run that can't recover: a loss or gradient that is no number, or a loss that stays three times above both where
 * it began and that of guessing among the batch (ln B).
 * @throws QuartetError TRAINING_DIVERGED with the step, what was seen, and the likely cause with its remedy
 */
export function watchDivergence(state: DivergenceState, outcome: StepOutcome): DivergenceState {
  const { step, loss, gradientNorm, batchSize } = outcome;
  if (!Number.isFinite(loss)) throw diverged(outcome, `the loss is ${loss}`, state);
  if (!Number.isFinite(gradientNorm)) throw diverged(outcome, `the gradient's norm is ${gradientNorm}`, state);
  const steps = state.steps + 1;
  const first = steps <= FIRST_STEPS ? state.first + (loss - state.first) / steps : state.first;
  const recent = steps <= FIRST_STEPS ? first : state.recent + RECENT_WEIGHT * (loss - state.recent);
  if (steps > PATIENCE && recent > TOLERANCE * Math.max(first, Math.log(batchSize + 1))) {
    throw diverged(outcome, `the loss is about ${recent.toPrecision(3)} after ${first.toPrecision(3)} at first`, state);
  }
  return { steps, first, recent };

  function diverged({ learningRate }: StepOutcome, seen: string, { steps, recent }: DivergenceState): QuartetError {
    const rate = learningRate.toPrecision(3);
    const cause =
      steps === 0
        ? 'it was so from the first step, which points at the input (a vector that is no number) or at restored weights, not at the learning rate'
        : `the likely cause is the learning rate (${rate} at this step; the loss before was about ${recent.toPrecision(3)}): try a third of it, a longer warm-up, a bound on the gradient (clipNorm), or a higher temperature`;
    return new QuartetError('TRAINING_DIVERGED', `training diverged at step ${step}: ${seen}; ${cause}`);
  }
}
