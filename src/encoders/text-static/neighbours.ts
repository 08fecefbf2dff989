import { atOnce, type Steps } from '../../platform/turns.ts';
import { BACK_OFF } from './spec.ts';

/** A known word that is spelled like another: its row, and the Dice similarity of their trigram sets in (0, 1]. */
export interface Neighbour {
  readonly row: number;
  readonly similarity: number;
}

const LETTERS_ONLY = /^[\p{L}\p{M}]{4,32}$/u;
const BUCKETS = 2 ** 17;
/** Words indexed in one step: about a millisecond. */
const STEP = 1_024;

/**
 * Finds the known words that are spelled like an unknown one, by an inverted index from character trigrams (word boundaries
 * included) to rows. Words of 4 to 32 letters only: numbers and short words have no meaningful neighbours.
 */
export class SpellingNeighbours {
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  /** Distinct trigrams of each row's word, 0 where it has no neighbours. */
  readonly #sizes: Uint8Array;
  readonly #shared: Uint8Array;

  private constructor(starts: Int32Array, rows: Int32Array, sizes: Uint8Array) {
    this.#starts = starts;
    this.#rows = rows;
    this.#sizes = sizes;
    this.#shared = new Uint8Array(sizes.length);
  }

  static from(tokens: readonly string[]): SpellingNeighbours {
    return atOnce(SpellingNeighbours.steps(tokens));
  }

  /** The same, interruptible. */
  static *steps(tokens: readonly string[]): Steps<SpellingNeighbours> {
    const starts = new Int32Array(BUCKETS + 1);
    const sizes = new Uint8Array(tokens.length);
    const trigrams: number[][] = [];
    for (const [row, token] of tokens.entries()) {
      const keys = LETTERS_ONLY.test(token) ? trigramsOf(token) : [];
      trigrams.push(keys);
      sizes[row] = keys.length;
      for (const key of keys) starts[key + 1]!++;
      if (row % STEP === 0) yield;
    }
    for (let i = 0; i < BUCKETS; i++) starts[i + 1]! += starts[i]!;
    const rows = new Int32Array(starts[BUCKETS]!);
    const next = starts.slice();
    for (const [row, keys] of trigrams.entries()) {
      for (const key of keys) rows[next[key]!++] = row;
      if (row % STEP === 0) yield;
    }
    return new SpellingNeighbours(starts, rows, sizes);
  }

  /** @returns at most `BACK_OFF.neighbours`, most similar first */
  of(word: string): readonly Neighbour[] {
    if (!LETTERS_ONLY.test(word)) return [];
    const keys = trigramsOf(word);
    const touched: number[] = [];
    for (const key of keys) {
      for (let at = this.#starts[key]!; at < this.#starts[key + 1]!; at++) {
        const row = this.#rows[at]!;
        if (this.#shared[row]!++ === 0) touched.push(row);
      }
    }
    const found: Neighbour[] = [];
    for (const row of touched) {
      const similarity = (2 * this.#shared[row]!) / (keys.length + this.#sizes[row]!);
      this.#shared[row] = 0;
      if (similarity >= BACK_OFF.leastSimilarity) found.push({ row, similarity });
    }
    found.sort((a, b) => b.similarity - a.similarity || a.row - b.row);
    return found.slice(0, BACK_OFF.neighbours);
  }
}

/** Distinct trigram keys in [0, BUCKETS); the word has at most 32 characters, so at most 64 keys. */
function trigramsOf(word: string): number[] {
  const keys: number[] = [];
  let a = 1;
  let b = 2;
  for (let i = 0; i <= word.length; i++) {
    const c = i < word.length ? word.charCodeAt(i) : 3;
    if (i > 0) {
      const mixed = Math.imul(a ^ Math.imul(b ^ Math.imul(c, 0x9e37_79b1), 0x85eb_ca6b), 0xc2b2_ae35);
      const key = (mixed ^ (mixed >>> 15)) & (BUCKETS - 1);
      if (!keys.includes(key)) keys.push(key);
    }
    a = b;
    b = c;
  }
  return keys;
}
