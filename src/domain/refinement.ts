import type { EncoderId, IndexId, NegativeSetId, RunId } from './ids.ts';
import type { Verdict } from './quality.ts';

/** One round of a refinement. Round 0 trains without mined negatives, or, asynchronous, with those of its own way; each later one mines with the best encoder so far. */
export interface RefinementRound {
  readonly round: number;
  /** The index mined with, null in round 0. */
  readonly indexId: IndexId | null;
  /** null in round 0, and until the index is built. */
  readonly setId: NegativeSetId | null;
  /** null until the set is mined. */
  readonly runId: RunId | null;
  /** null until the run has succeeded. */
  readonly encoderId: EncoderId | null;
  /** The round's encoder against the best one before, on the same validation queries; null in round 0, and until compared. */
  readonly verdict: Verdict | null;
  /** Whether its encoder is the best so far; null until that is known. */
  readonly taken: boolean | null;
}

/** Rounds of mining and retraining after the first training. */
export const REFINEMENT_ROUNDS = { default: 2, minimum: 1, maximum: 10 } as const;
