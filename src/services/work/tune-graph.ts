import type { GraphTrial } from '../../domain/index-tuning.ts';
import type { MeasuredGraph } from './graph-measuring.ts';

/*
 * Which M, efConstruction and ef an index needs for a recall depends on its vectors, so it is measured. Each setting below is built
 * over a sample of the items and searched with the fewest candidates that reach the recall there; the one whose searches are then
 * the fastest is taken. The graph of all items gets an ef of its own, because more items need more candidates; where no ef is
 * enough, the next heavier setting is built.
 */

export interface GraphSetting {
  readonly m: number;
  readonly efConstruction: number;
}

/** From light to heavy. */
export const SETTINGS: readonly GraphSetting[] = [
  { m: 8, efConstruction: 100 },
  { m: 12, efConstruction: 200 },
  { m: 16, efConstruction: 400 },
  { m: 24, efConstruction: 400 },
  { m: 32, efConstruction: 600 },
  { m: 48, efConstruction: 800 },
];

/** What an index may come to when a recall is asked for. */
export const HEAVIEST_M = Math.max(...SETTINGS.map(({ m }) => m));

/** Candidates tried, about a third more each time. */
const EFS = [10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024, 1_536, 2_048, 3_072, 5_000] as const;

/** Items of the trials' graphs: enough that settings differ, few enough that all of them take no longer than the index. */
export const TRIAL_ROWS = 10_000;

/** @returns the smallest of `EFS` that reaches the recall, by bisection; the largest, and that it does not, where none does */
export function smallestEf(recall: (ef: number) => number, target: number): { ef: number; reached: boolean } {
  let [low, high] = [0, EFS.length - 1];
  if (recall(EFS[high] as number) < target) return { ef: EFS[high] as number, reached: false };
  while (low < high) {
    const middle = (low + high) >> 1;
    if (recall(EFS[middle] as number) >= target) high = middle;
    else low = middle + 1;
  }
  return { ef: EFS[low] as number, reached: true };
}

export type MeasuredTrial = GraphTrial & { readonly reached: boolean };

/** Finds the ef of a graph and what it gives. */
export function measureTrial(
  graph: MeasuredGraph,
  target: number,
  built: GraphSetting & { readonly count: number; readonly buildSeconds: number },
): MeasuredTrial {
  // Without anything to find, any graph finds it.
  const { ef, reached } = smallestEf((tried) => graph.recall(tried) ?? 1, target);
  return { ...built, efSearch: ef, recallAt10: graph.recall(ef) ?? 1, searchMs: graph.searchMs(ef), reached };
}

/** @returns the settings to build with: the one that searches fastest at the recall, then the heavier ones */
export function worthBuilding(trials: readonly MeasuredTrial[]): readonly GraphSetting[] {
  const reaching = trials.filter(({ reached }) => reached);
  const fastest = reaching.reduce<MeasuredTrial | null>(
    (best, trial) => (best === null || trial.searchMs < best.searchMs ? trial : best),
    null,
  );
  const from = SETTINGS.findIndex(
    ({ m, efConstruction }) => m === fastest?.m && efConstruction === fastest.efConstruction,
  );
  return SETTINGS.slice(from === -1 ? SETTINGS.length - 1 : from);
}
