export interface Ranked {
  /** Similarity to the query. */
  readonly score: number;
  /** shape [D], unit norm */
  readonly vector: Float32Array;
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein, "The use of MMR, diversity-based reranking", 1998): the next hit is the
 * one with the largest lambda sim(query, d) - (1 - lambda) max over chosen c of sim(c, d).
 * @param pool best first  @param lambda 1: by similarity alone, 0: as unlike each other as can be
 * @returns positions in the pool, at most k; of equal ones the better ranked first
 */
export function diverse(pool: readonly Ranked[], k: number, lambda: number): number[] {
  const nearestChosen = new Float64Array(pool.length).fill(Number.NEGATIVE_INFINITY);
  const open = new Set(pool.keys());
  const chosen: number[] = [];
  while (chosen.length < k && open.size > 0) {
    let best = -1;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const at of open) {
      const likeness = chosen.length === 0 ? 0 : (nearestChosen[at] as number);
      const value = lambda * (pool[at] as Ranked).score - (1 - lambda) * likeness;
      if (value > bestValue) [best, bestValue] = [at, value];
    }
    chosen.push(best);
    open.delete(best);
    const { vector } = pool[best] as Ranked;
    for (const at of open) {
      nearestChosen[at] = Math.max(nearestChosen[at] as number, cosine(vector, (pool[at] as Ranked).vector));
    }
  }
  return chosen;
}

/** Of unit vectors. @param a shape [D] @param b shape [D] */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
