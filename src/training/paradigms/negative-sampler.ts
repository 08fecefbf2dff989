import type { Random } from '../../platform/random.ts';
import { refuseBeyondMemory } from './memory-limit.ts';
import type { NotNegatives } from './not-negatives.ts';

/** The candidates of each query of a batch: its positive first, then its negatives. Those of query i lie from offsets[i] to offsets[i + 1]. */
export interface Candidates {
  /** shape [B + 1] */
  readonly offsets: Int32Array;
  /** Item rows, shape [offsets[B]]. */
  readonly rows: Int32Array;
}

export interface NegativeSamplerOptions {
  /** Number of items to draw from. */
  readonly items: number;
  /** K */
  readonly negatives: number;
  /** One draw for the whole batch, less each query's positives, instead of one for each query. */
  readonly shared: boolean;
  readonly notNegativesOf: NotNegatives;
  /** Negatives given for a query: they come before drawn ones. Null: none are. */
  readonly givenOf: ((queryRow: number) => Int32Array) | null;
  /** Of those at most so many. Default K. */
  readonly mostGiven?: number;
  readonly random: Random;
}

export type NegativeSampler = (queryRows: Int32Array, keyRows: Int32Array) => Candidates;

/**
 * Draws K negatives for each query, uniformly from the items that may be negatives of it and without repetition: a sum
 * over the draws has the expectation that it has with repetition, and a smaller variance; and K of all other items or
 * more is all of them. Given negatives are taken first (some at random where there are too many), drawn ones fill up.
 * A shared draw is not filled up for a query with positives in it. The only state is that of `random`.
 * @throws QuartetError BAD_INPUT, when it draws, if so many would not fit into memory
 */
export function createNegativeSampler(options: NegativeSamplerOptions): NegativeSampler {
  const { items, negatives, shared, notNegativesOf, givenOf, random } = options;
  const most = Math.min(negatives, items);
  const mostGiven = Math.min(most, options.mostGiven ?? most);
  const marks = new Marks(items);
  const seen = new Marks(items);
  const pool = new Int32Array(items);

  return (queryRows, keyRows) => {
    refuseBeyondMemory(
      queryRows.length * (1 + most) * Int32Array.BYTES_PER_ELEMENT * 2,
      `drawing ${most} negatives for each of ${queryRows.length} queries`,
      'choose fewer negatives or a smaller batch',
    );
    const drawnForAll = shared ? drawUnmarked(most, marks.restart()) : null;
    const offsets = new Int32Array(queryRows.length + 1);
    const rows = new Int32Array(queryRows.length * (1 + most));
    let end = 0;
    const take = (row: number) => {
      rows[end++] = row;
    };
    for (let i = 0; i < queryRows.length; i++) {
      const queryRow = queryRows[i] as number;
      const positive = keyRows[i] as number;
      marks.restart().add(positive);
      for (const row of notNegativesOf(queryRow, positive)) marks.add(row);
      take(positive);
      let wanted = most;
      if (givenOf !== null) {
        seen.restart();
        const given = choose(
          givenOf(queryRow).filter((row) => !marks.has(row) && seen.add(row)),
          mostGiven,
        );
        for (const row of given) {
          marks.add(row);
          take(row);
        }
        wanted = most - given.length;
      }
      if (drawnForAll === null) drawUnmarked(wanted, marks).forEach(take);
      else {
        for (let n = 0; n < drawnForAll.length && wanted > 0; n++) {
          const row = drawnForAll[n] as number;
          if (marks.has(row)) continue;
          take(row);
          wanted--;
        }
      }
      offsets[i + 1] = end;
    }
    return { offsets, rows: rows.subarray(0, end) };
  };

  /** @returns `wanted` rows without a mark, or all there are; in `pool` */
  function drawUnmarked(wanted: number, marked: Marks): Int32Array {
    if (2 * (marked.size + wanted) <= items) {
      // At least half of all rows stay free throughout, so a draw takes two tries on average at worst.
      for (let n = 0; n < wanted; ) {
        const row = random.int(items);
        if (marked.add(row)) pool[n++] = row;
      }
      return pool.subarray(0, wanted);
    }
    let found = 0;
    for (let row = 0; row < items; row++) if (!marked.has(row)) pool[found++] = row;
    return choose(pool.subarray(0, found), wanted);
  }

  /** Moves a uniform choice to the front (Fisher-Yates, cut short). */
  function choose(from: Int32Array, wanted: number): Int32Array {
    if (wanted >= from.length) return from;
    for (let n = 0; n < wanted; n++) {
      const other = n + random.int(from.length - n);
      const kept = from[n] as number;
      from[n] = from[other] as number;
      from[other] = kept;
    }
    return from.subarray(0, wanted);
  }
}

/** A set of rows that is emptied in no time. */
class Marks {
  readonly #round: Int32Array;
  #present = 0;
  size = 0;

  constructor(rows: number) {
    this.#round = new Int32Array(rows);
  }

  restart(): this {
    if (this.#present === 2 ** 31 - 1) {
      this.#round.fill(0);
      this.#present = 0;
    }
    this.#present++;
    this.size = 0;
    return this;
  }

  has(row: number): boolean {
    return this.#round[row] === this.#present;
  }

  /** @returns whether it was not there before */
  add(row: number): boolean {
    if (this.has(row)) return false;
    this.#round[row] = this.#present;
    this.size++;
    return true;
  }
}
