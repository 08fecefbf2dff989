import { type DivergenceState, startDivergence } from './divergence.ts';
import { type QualityState, startQuality } from './quality-watch.ts';

/** Where a run stands, beside its arrays. Plain JSON: numbers survive it exactly. */
export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  /** Losses since the last step event, which reports their mean. */
  readonly lossSum: number;
  readonly lossCount: number;
  readonly divergence: DivergenceState;
  readonly quality: QualityState;
  /** Pairs trained on and the time it took, evaluations and checkpoints left out. */
  readonly pairs: number;
  readonly trainingMs: number;
}

export function startProgress(): TrainingProgress {
  return {
    step: 0,
    lossSum: 0,
    lossCount: 0,
    divergence: startDivergence(),
    quality: startQuality(),
    pairs: 0,
    trainingMs: 0,
  };
}
