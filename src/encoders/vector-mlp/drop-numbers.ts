import type { Random } from '../../platform/random.ts';

/** Share of the numbers that a view lacks, as of SimCSE's dropout. */
const DROPPED = 0.1;

/**
 * A view of a vector: each number is left out with probability 0.1, the others grow by 1 / 0.9, so that the mean stays. SimCSE (Gao et al.
 * 2021, 2104.08821, section 3) makes its two views by dropout within the network; this is dropout of the network's input.
 */
export function dropNumbers(vector: Float32Array, random: Random): Float32Array {
  const view = vector.map((number) => (random.next() < DROPPED ? 0 : number / (1 - DROPPED)));
  // Of a vector that is nearly all zeros anyway nothing may be left, and nothing has no direction.
  return view.some((number) => number !== 0) ? view : vector.slice();
}
