import { sha256 } from '../../platform/hash.ts';

/** Which items hold the same bytes. Memory: 12 bytes an item. */
export interface ContentClasses {
  /** By item row: a number that items of equal content share, -1 for an item of which there is no second. */
  readonly ofRows: Int32Array;
  /** Items of this content: their class, or the row of the only one; null without any. */
  equalsOf(content: Uint8Array): { readonly row: number } | { readonly textClass: number } | null;
}

/** @param bytes content of an item row */
export function contentClasses(count: number, bytes: (row: number) => Uint8Array): ContentClasses {
  const keys = Float64Array.from({ length: count }, (_, row) => keyOf(bytes(row)));
  const sorted = keys.toSorted();
  // A class is the place of its first key.
  const ofRows = new Int32Array(count);
  const rowAt = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const at = lowerBound(sorted, keys[row] as number);
    rowAt[at] = row;
    ofRows[row] = sorted[at + 1] === sorted[at] ? at : -1;
  }
  return {
    ofRows,
    equalsOf(content) {
      const key = keyOf(content);
      const at = lowerBound(sorted, key);
      if (sorted[at] !== key) return null;
      const row = rowAt[at] as number;
      const textClass = ofRows[row] as number;
      return textClass < 0 ? { row } : { textClass };
    },
  };
}

/** 52 bits of the content's hash: two of a million share one with a probability of 1 in 9,000. */
function keyOf(content: Uint8Array): number {
  return Number.parseInt(sha256(content).slice(0, 13), 16);
}

/** @returns the first place of an ascending array that is not below the key */
function lowerBound(sorted: Float64Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
