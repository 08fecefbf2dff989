import { sha256 } from '../../platform/hash.ts';

/** Which items hold the same bytes. Memory: some 28 bytes an item. */
export interface ContentClasses {
  /** By item row: a number that items of equal content share, -1 for an item of which there is no second. */
  readonly ofRows: Int32Array;
  /** Items of this content: their class, or the row of the only one; null without any. */
  equalsOf(content: Uint8Array): { readonly row: number } | { readonly textClass: number } | null;
}

/** @param bytes content of an item row */
export function contentClasses(count: number, bytes: (row: number) => Uint8Array): ContentClasses {
  const glimpses = new Glimpses(count);
  const keys = Float64Array.from({ length: count }, (_, row) => {
    const content = bytes(row);
    glimpses.add(content);
    return keyOf(content);
  });
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
      // Nearly always nothing is equal: that is told without the hash of all bytes.
      if (!glimpses.mayHave(content)) return null;
      const key = keyOf(content);
      const at = lowerBound(sorted, key);
      if (sorted[at] !== key) return null;
      const row = rowAt[at] as number;
      const textClass = ofRows[row] as number;
      return textClass < 0 ? { row } : { textClass };
    },
  };
}

/** Contents by their length and a few of their bytes: a bit each among 64 a content, so that few of those not there seem to be. */
class Glimpses {
  readonly #bits: Uint8Array;
  readonly #mask: number;

  constructor(count: number) {
    const bits = Math.min(31, Math.max(10, Math.ceil(Math.log2(64 * Math.max(1, count)))));
    this.#bits = new Uint8Array(2 ** (bits - 3));
    this.#mask = 2 ** bits - 1;
  }

  add(content: Uint8Array): void {
    const at = this.#placeOf(content);
    this.#bits[at >>> 3] = (this.#bits[at >>> 3] as number) | (1 << (at & 7));
  }

  mayHave(content: Uint8Array): boolean {
    const at = this.#placeOf(content);
    return ((this.#bits[at >>> 3] as number) & (1 << (at & 7))) !== 0;
  }

  /** FNV-1a over the length and 32 bytes at equal distances. */
  #placeOf(content: Uint8Array): number {
    const step = Math.max(1, Math.floor(content.length / 32));
    let hash = 2_166_136_261 ^ content.length;
    for (let at = 0; at < content.length; at += step) hash = Math.imul(hash ^ (content[at] as number), 16_777_619);
    // Its low bits depend on the low bits of the bytes alone.
    return ((hash ^ (hash >>> 15)) & this.#mask) >>> 0;
  }
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
