import { Nearest, type Neighbours } from './nearest.ts';

/*
 * Ranking by words alone, for a mining before there is an encoder. Okapi BM25 (Robertson and Zaragoza 2009, eq. 3.15) with the
 * never negative idf of Lucene:
 *
 *   score(q, d) = sum over the words w of q of idf(w) tf (k1 + 1) / (tf + k1 (1 - b + b |d| / mean |d|))
 *   idf(w) = ln(1 + (N - n(w) + 0.5) / (n(w) + 0.5))
 *
 * A word is a run of letters or digits, in lower case; nothing is stemmed.
 */
const K1 = 1.2;
const B = 0.75;

/** Built once from all texts; 6 bytes for each different word of each text, and the words. */
export class Bm25Index {
  readonly #words: ReadonlyMap<string, number>;
  /** Postings of word w: from offsets[w] to offsets[w + 1]. */
  readonly #offsets: Float64Array;
  readonly #rows: Int32Array;
  readonly #counts: Uint16Array;
  /** k1 (1 - b + b |d| / mean) by row. */
  readonly #norms: Float32Array;
  readonly #scores: Float64Array;

  /** @param text called twice for each row */
  constructor(count: number, text: (row: number) => string) {
    const words = new Map<string, number>();
    const documents: number[] = [];
    const lengths = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      for (const [word, times] of countsOf(text(row))) {
        const number = words.get(word) ?? words.size;
        words.set(word, number);
        documents[number] = (documents[number] ?? 0) + 1;
        lengths[row] = (lengths[row] as number) + times;
      }
    }
    const offsets = new Float64Array(words.size + 1);
    for (const [word, n] of documents.entries()) offsets[word + 1] = (offsets[word] as number) + n;
    const total = offsets[words.size] as number;
    this.#rows = new Int32Array(total);
    this.#counts = new Uint16Array(total);
    const next = offsets.slice();
    for (let row = 0; row < count; row++) {
      for (const [word, times] of countsOf(text(row))) {
        const number = words.get(word) as number;
        const at = next[number] as number;
        next[number] = at + 1;
        this.#rows[at] = row;
        this.#counts[at] = Math.min(times, 65_535);
      }
    }
    const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count) || 1;
    this.#norms = Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / mean));
    this.#words = words;
    this.#offsets = offsets;
    this.#scores = new Float64Array(count);
  }

  /** @returns at most k rows that share a word with the query, best first */
  search(query: string, k: number): Neighbours {
    const scores = this.#scores;
    const touched = new Set<number>();
    for (const [word, times] of countsOf(query)) {
      const number = this.#words.get(word);
      if (number === undefined) continue;
      const [from, to] = [this.#offsets[number] as number, this.#offsets[number + 1] as number];
      const weight = times * this.#idf(to - from);
      for (let at = from; at < to; at++) {
        const row = this.#rows[at] as number;
        scores[row] = (scores[row] as number) + weight * this.#saturated(row, this.#counts[at] as number);
        touched.add(row);
      }
    }
    const nearest = new Nearest(Math.min(k, scores.length));
    for (const row of touched) {
      nearest.offer(row, scores[row] as number);
      scores[row] = 0;
    }
    return nearest.take();
  }

  /** Score of one row, which may be none of the hits. */
  score(query: string, text: string, row: number): number {
    const counts = countsOf(text);
    let sum = 0;
    for (const [word, times] of countsOf(query)) {
      const number = this.#words.get(word);
      const found = counts.get(word);
      if (number === undefined || found === undefined) continue;
      const documents = (this.#offsets[number + 1] as number) - (this.#offsets[number] as number);
      sum += times * this.#idf(documents) * this.#saturated(row, found);
    }
    return sum;
  }

  #idf(documents: number): number {
    return Math.log(1 + (this.#norms.length - documents + 0.5) / (documents + 0.5));
  }

  #saturated(row: number, count: number): number {
    return (count * (K1 + 1)) / (count + (this.#norms[row] as number));
  }
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
