import type { TrainingConfig } from '../domain/training.ts';

/**
 * Learning rate of a step. It rises linearly over the first W = ceil(warmupFraction * T) of T steps to its peak, which
 * step W - 1 has, then follows the schedule and would be 0 (cosine, linear) at step T:
 *
 *   warm-up  peak (t + 1) / W
 *   cosine   peak (1 + cos(pi p)) / 2,  p = (t - W + 1) / (T - W + 1)     half a period of SGDR (1608.03983), eq. 5
 *   linear   peak (1 - p)
 *   constant peak
 *
 * @param step t, from 0
 * @param totalSteps T
 */
export function learningRateAt(
  { learningRate, warmupFraction, schedule }: Pick<TrainingConfig, 'learningRate' | 'warmupFraction' | 'schedule'>,
  step: number,
  totalSteps: number,
): number {
  const warmup = Math.ceil(warmupFraction * totalSteps);
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  const progress = (step - warmup + 1) / (totalSteps - warmup + 1);
  switch (schedule) {
    case 'cosine':
      return (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
    case 'linear':
      return learningRate * (1 - progress);
    case 'constant':
      return learningRate;
  }
}
