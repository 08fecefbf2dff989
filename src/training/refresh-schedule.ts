import type { RefreshSpec } from '../domain/training.ts';

/** One mining on the way of a run. */
export interface PlannedRefresh {
  /** From 1. */
  readonly number: number;
  /** Steps done when the encoder is taken that it mines with. */
  readonly minedAt: number;
  /** Steps done when its negatives come in: later, so that the run goes on meanwhile. */
  readonly takenAt: number;
}

/** Share of the way to the next mining after which its negatives are due, ready or not: then the run waits. */
const LAG = 0.25;

/**
 * When a run mines, and when it takes what was mined: by number of steps and nothing else, however long a mining takes. So equal seeds give
 * equal curves, and a resumed run has the same negatives at the same step. A run too short to keep them apart leaves some out.
 * @returns by ascending step, at most `times`
 */
export function planRefreshes({ times }: Pick<RefreshSpec, 'times'>, totalSteps: number): PlannedRefresh[] {
  const distance = totalSteps / (times + 1);
  const lag = Math.max(1, Math.round(LAG * distance));
  const planned: PlannedRefresh[] = [];
  for (let n = 1; n <= times; n++) {
    const minedAt = Math.round(n * distance);
    const takenAt = minedAt + lag;
    const before = planned.at(-1)?.takenAt ?? 0;
    if (minedAt > 0 && minedAt >= before && takenAt < totalSteps) {
      planned.push({ number: planned.length + 1, minedAt, takenAt });
    }
  }
  return planned;
}
