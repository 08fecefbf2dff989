import type { Candidates } from './negative-sampler.ts';

export interface EncodedOnce {
  /** Rows to encode after the B keys of the batch, none twice. */
  readonly others: Int32Array;
  /** For each candidate its row in the matrix of keys and others. */
  readonly places: Int32Array;
}

/**
 * Says what to encode so that no item is encoded twice for being a candidate of several queries: the keys of the batch, then each
 * other candidate once.
 * @param items number of all items
 */
export function createEncodedOnce(items: number): (candidates: Candidates) => EncodedOnce {
  /** One more than the place of an item row, 0 for none. */
  const placeOf = new Int32Array(items);
  return ({ offsets, rows }) => {
    const keys = offsets.length - 1;
    const others = new Int32Array(Math.min(items, rows.length));
    const places = new Int32Array(rows.length);
    let count = 0;
    // Backwards, so that the first of equal keys stands for the item; the others are the positives of their own queries alone.
    for (let i = keys - 1; i >= 0; i--) placeOf[rows[offsets[i]!]!] = i + 1;
    for (let i = 0; i < keys; i++) {
      const from = offsets[i]!;
      places[from] = i;
      for (let c = from + 1; c < offsets[i + 1]!; c++) {
        const row = rows[c]!;
        if (placeOf[row] === 0) {
          others[count++] = row;
          placeOf[row] = keys + count;
        }
        places[c] = placeOf[row]! - 1;
      }
    }
    for (const row of rows) placeOf[row] = 0;
    return { others: others.subarray(0, count), places };
  };
}
