import { qualityOf } from '../domain/quality.ts';
import type { EarlyStopping, RetrievalMetrics, TrainingConfig } from '../domain/training.ts';

/** One evaluation. */
export interface Evaluated {
  readonly metrics: RetrievalMetrics;
  /** The run's metric query by query, always of the same queries in the same order. */
  readonly scores: readonly number[];
}

/** What evaluations have shown so far. Plain JSON: it is in every checkpoint. */
export interface QualityState {
  /** Before the first step. */
  readonly baseline: Evaluated | null;
  /** After it; the earlier one of equals. */
  readonly best: (Evaluated & { readonly step: number }) | null;
  /** Quality that an improvement is measured against, and evaluations since then without one. */
  readonly reference: number | null;
  readonly stale: number;
}

export function startQuality(): QualityState {
  return { baseline: null, best: null, reference: null, stale: 0 };
}

/**
 * Takes in an evaluation. Early stopping counts those after the start only: training may first lose what an untrained encoder can.
 * Several gains too small to count add up, because the reference moves only with one that counts.
 */
export function noteQuality(
  state: QualityState,
  { step, ...evaluated }: Evaluated & { readonly step: number },
  { metric, earlyStopping }: Pick<TrainingConfig, 'metric' | 'earlyStopping'>,
): QualityState {
  if (step === 0) return { ...state, baseline: evaluated };
  const quality = qualityOf(evaluated.metrics, metric);
  const isBest = state.best === null || quality > qualityOf(state.best.metrics, metric);
  const improved = state.reference === null || quality > state.reference + (earlyStopping?.minDelta ?? 0);
  return {
    baseline: state.baseline,
    best: isBest ? { step, ...evaluated } : state.best,
    reference: improved ? quality : state.reference,
    stale: improved ? 0 : state.stale + 1,
  };
}

/** Whether the run has waited for an improvement as long as it is to. */
export function isPatienceOver({ stale }: QualityState, earlyStopping: EarlyStopping | null): boolean {
  return earlyStopping !== null && stale >= earlyStopping.patience;
}
