import type { Random } from '../../platform/random.ts';
import type { ParadigmContext } from './paradigm.ts';

/**
 * Draws items to stand beside a batch's own keys: for each query up to `wanted` of the negatives given for it, each item once.
 * They are negatives of every query of the batch, as in DPR (2004.04906, section 3.2).
 * @returns item rows, none of them among the batch's keys
 */
export function drawHardNegatives(
  wanted: number,
  { queryRows, keyRows }: { readonly queryRows: Int32Array; readonly keyRows: Int32Array },
  negativesOf: ParadigmContext['negativesOf'],
  random: Random,
): Int32Array {
  const taken = new Set(keyRows);
  const drawn: number[] = [];
  for (const query of wanted === 0 ? [] : queryRows) {
    const given = negativesOf(query);
    const order = given.length <= wanted ? given : random.shuffle(given.slice());
    for (const item of order.subarray(0, wanted)) {
      if (taken.has(item)) continue;
      taken.add(item);
      drawn.push(item);
    }
  }
  return Int32Array.from(drawn);
}
