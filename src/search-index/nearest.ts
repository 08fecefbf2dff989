/** Rows of an index with their cosine similarity to a query, best first; of equal scores the lower row comes first. */
export interface Neighbours {
  readonly rows: Int32Array;
  /** Cosine similarity, -1 to 1. */
  readonly scores: Float32Array;
}

/**
 * The k best of a stream of scored rows, whatever their order. A binary heap with the worst kept hit on top, in typed
 * arrays, so that the common case (a row that is no hit) costs one comparison. NaN is never a hit.
 */
export class Nearest {
  readonly #k: number;
  readonly #scores: Float32Array;
  readonly #rows: Int32Array;
  #size = 0;
  /** A row below this score can't be a hit; `-Infinity` until k are kept. */
  threshold = Number.NEGATIVE_INFINITY;

  /** @param k hits kept, 0 or more */
  constructor(k: number) {
    this.#k = k;
    this.#scores = new Float32Array(k);
    this.#rows = new Int32Array(k);
    if (k === 0) this.threshold = Number.POSITIVE_INFINITY;
  }

  offer(row: number, exactScore: number): void {
    // Compared as float32 everywhere, else a score could be better than its own rounded self.
    const score = Math.fround(exactScore);
    if (!(score >= this.threshold) || this.#k === 0) return;
    if (this.#size < this.#k) {
      this.#rise(this.#size++, score, row);
    } else {
      if (score === this.#scores[0] && row > (this.#rows[0] as number)) return;
      this.#sink(0, score, row);
    }
    if (this.#size === this.#k) this.threshold = this.#scores[0] as number;
  }

  /** @returns the hits, best first. The object is empty afterwards. */
  take(): Neighbours {
    const rows = new Int32Array(this.#size);
    const scores = new Float32Array(this.#size);
    while (this.#size > 0) {
      const last = --this.#size;
      rows[last] = this.#rows[0] as number;
      scores[last] = this.#scores[0] as number;
      this.#sink(0, this.#scores[last] as number, this.#rows[last] as number);
    }
    this.threshold = this.#k === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    return { rows, scores };
  }

  #worse(at: number, score: number, row: number): boolean {
    const other = this.#scores[at] as number;
    return other < score || (other === score && (this.#rows[at] as number) > row);
  }

  #rise(from: number, score: number, row: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#worse(parent, score, row)) break;
      this.#scores[child] = this.#scores[parent] as number;
      this.#rows[child] = this.#rows[parent] as number;
      child = parent;
    }
    this.#scores[child] = score;
    this.#rows[child] = row;
  }

  #sink(from: number, score: number, row: number): void {
    let parent = from;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#worse(right, this.#scores[child] as number, this.#rows[child] as number))
        child = right;
      if (!this.#worse(child, score, row)) break;
      this.#scores[parent] = this.#scores[child] as number;
      this.#rows[parent] = this.#rows[child] as number;
      parent = child;
    }
    this.#scores[parent] = score;
    this.#rows[parent] = row;
  }
}
