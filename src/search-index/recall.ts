import { createRandom } from '../platform/random.ts';
import type { Neighbours } from './nearest.ts';

const SAMPLE = 200;

/** @returns at most `size` different rows, ascending, the same for the same seed */
export function chooseSample(count: number, seed: number, size = SAMPLE): Int32Array {
  const random = createRandom(seed);
  const chosen = new Set<number>();
  if (count <= size) for (let row = 0; row < count; row++) chosen.add(row);
  while (chosen.size < Math.min(size, count)) chosen.add(random.int(count));
  return Int32Array.from(chosen).sort();
}

export interface RecallInput {
  /** For each search the row that was searched with, to be passed over in the answers; -1 when it was none. */
  readonly rows: Int32Array;
  /** Exact answers, and the graph's, of k + 1 rows each. */
  readonly truth: readonly Neighbours[];
  readonly answers: readonly Neighbours[];
  readonly k: number;
}

/**
 * recall@k: the share of the k truly nearest that was found. A found row counts when it is as near as the k-th nearest, so
 * that equal vectors (the same text twice, nearly) can't make a right answer look wrong.
 * @returns 0 to 1, null when no row has another to find
 */
export function recallOf({ rows, truth, answers, k }: RecallInput): number | null {
  let found = 0;
  let possible = 0;
  for (const [index, row] of rows.entries()) {
    const nearest = without(truth[index] as Neighbours, row, k);
    if (nearest.length === 0) continue;
    // The graph adds in another order than the scan, hence the slack.
    const worst = (nearest.at(-1) as number) - 1e-6;
    possible += nearest.length;
    found += without(answers[index] as Neighbours, row, k).filter((score) => score >= worst).length;
  }
  return possible === 0 ? null : Math.min(1, found / possible);
}

function without({ rows, scores }: Neighbours, row: number, k: number): number[] {
  const others = [...scores.keys()].filter((at) => rows[at] !== row);
  return others.slice(0, k).map((at) => scores[at] as number);
}
