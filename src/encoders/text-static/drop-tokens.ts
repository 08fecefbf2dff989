import type { Random } from '../../platform/random.ts';
import type { PreparedText } from './features.ts';

/** Share of the rows that a view lacks: two views of one text have about half of it in common. */
const DROPPED = 0.3;

/**
 * A view of a text: each table row of its bag is left out with probability 0.3, all of a word at once; never all of them. The weights
 * of the others stay. (SimCSE, 2104.08821, drops within the network instead, of which a bag has none.)
 */
export function dropTokens(prepared: PreparedText, random: Random): PreparedText {
  const n = prepared.length / 2;
  if (n === 0) return prepared;
  const kept: number[] = [];
  for (let i = 0; i < n; i++) if (random.next() >= DROPPED) kept.push(i);
  if (kept.length === 0) kept.push(random.int(n));
  const view = new Int32Array(2 * kept.length);
  for (const [at, i] of kept.entries()) {
    view[at] = prepared[i] as number;
    view[kept.length + at] = prepared[n + i] as number;
  }
  return view;
}
