import type { QualityMetric, Verdict } from '../domain/quality.ts';
import { pairedBootstrap } from './bootstrap.ts';

/**
 * Says whether training has made a ranking better.
 * @param baseline @param best scores of the same queries in the same order, before and after
 * @returns null without a query
 */
export function verdictOn(
  metric: QualityMetric,
  baseline: readonly number[],
  best: readonly number[],
  random: { int(below: number): number },
): Verdict | null {
  if (baseline.length === 0) return null;
  const { difference, low, high } = pairedBootstrap(baseline, best, random);
  const mean = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    outcome: low > 0 ? 'better' : high < 0 ? 'worse' : 'same',
    metric,
    baseline: mean(baseline),
    best: mean(best),
    difference,
    low,
    high,
    queries: baseline.length,
  };
}
