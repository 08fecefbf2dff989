/**
 * The k best items of each query, fed with blocks of scores in any order, so that the whole Q x N matrix is never held.
 * Of equal scores the item with the lower row is better, whatever the order of blocks. A NaN score is never a hit.
 * Each query keeps a binary heap with its worst hit on top.
 */
export class TopK {
  readonly #k: number;
  readonly #sizes: Int32Array;
  readonly #scores: Float32Array;
  readonly #rows: Int32Array;

  /** @param queries Q  @param k hits kept of each query */
  constructor(queries: number, k: number) {
    this.#k = k;
    this.#sizes = new Int32Array(queries);
    this.#scores = new Float32Array(queries * k);
    this.#rows = new Int32Array(queries * k).fill(-1);
  }

  /**
   * @param scores shape [q, n], row-major: query `firstQuery + i` against item `firstItem + j`
   * @param n items in this block
   */
  add(scores: Float32Array, n: number, firstQuery: number, firstItem: number): void {
    const queries = scores.length / n;
    for (let i = 0; i < queries; i++) {
      const query = firstQuery + i;
      const base = query * this.#k;
      let full = this.#sizes[query] === this.#k;
      let worst = full ? (this.#scores[base] as number) : Number.NEGATIVE_INFINITY;
      for (let j = 0, at = i * n; j < n; j++, at++) {
        const score = scores[at] as number;
        // `!(>=)` and not `<`, so that NaN is passed over too.
        if (!(score >= worst)) continue;
        if (full) this.#replaceWorst(base, score, firstItem + j);
        else this.#push(query, score, firstItem + j);
        full = this.#sizes[query] === this.#k;
        if (full) worst = this.#scores[base] as number;
      }
    }
  }

  /** @returns shape [Q, k], best first, -1 where a query has fewer hits. The object must not be used afterwards. */
  ranked(): Int32Array {
    const ranked = new Int32Array(this.#rows.length).fill(-1);
    for (let query = 0; query < this.#sizes.length; query++) {
      const base = query * this.#k;
      for (let size = this.#sizes[query] as number; size > 0; size--) {
        ranked[base + size - 1] = this.#rows[base] as number;
        this.#set(base, this.#scores[base + size - 1] as number, this.#rows[base + size - 1] as number);
        this.#sinkRoot(base, size - 1);
      }
    }
    return ranked;
  }

  /** Whether hit a is worse than hit b. */
  #worse(a: number, b: number): boolean {
    const difference = (this.#scores[a] as number) - (this.#scores[b] as number);
    return difference < 0 || (difference === 0 && (this.#rows[a] as number) > (this.#rows[b] as number));
  }

  #set(at: number, score: number, row: number): void {
    this.#scores[at] = score;
    this.#rows[at] = row;
  }

  #push(query: number, score: number, row: number): void {
    const base = query * this.#k;
    let child = this.#sizes[query] as number;
    this.#sizes[query] = child + 1;
    this.#set(base + child, score, row);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#worse(base + child, base + parent)) return;
      this.#swap(base + child, base + parent);
      child = parent;
    }
  }

  #replaceWorst(base: number, score: number, row: number): void {
    const worst = this.#scores[base] as number;
    if (score === worst && row > (this.#rows[base] as number)) return;
    this.#set(base, score, row);
    this.#sinkRoot(base, this.#k);
  }

  #sinkRoot(base: number, size: number): void {
    let parent = 0;
    for (;;) {
      let worst = parent;
      for (let child = 2 * parent + 1; child <= 2 * parent + 2; child++) {
        if (child < size && this.#worse(base + child, base + worst)) worst = child;
      }
      if (worst === parent) return;
      this.#swap(base + parent, base + worst);
      parent = worst;
    }
  }

  #swap(a: number, b: number): void {
    const score = this.#scores[a] as number;
    const row = this.#rows[a] as number;
    this.#set(a, this.#scores[b] as number, this.#rows[b] as number);
    this.#set(b, score, row);
  }
}
