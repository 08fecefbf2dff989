import { createRandom } from '../../../src/platform/random.ts';

/**
 * Softmax cross-entropy against sets of positives in float64, read straight from the equations (2004.11362, eq. 2; with one
 * positive each: 1911.05722, eq. 1): L = 1/B sum_i -1/|P_i| sum_{p in P_i} ln( exp s q_i.k_p / sum_{a in A_i} exp s q_i.k_a );
 * near any positive by eq. 3, where the sum over P_i stands within the logarithm.
 */
export interface ContrastInput {
  readonly queries: readonly (readonly number[])[];
  readonly keys: readonly (readonly number[])[];
  readonly scale: number;
  /** P_i by query, columns of `keys`. */
  readonly positives: readonly (readonly number[])[];
  /** Pairs outside A_i, as i * C + j. */
  readonly hidden: ReadonlySet<number>;
  readonly near?: 'each' | 'any';
}

export function contrastLoss({ queries, keys, scale, positives, hidden, near = 'each' }: ContrastInput): number {
  let loss = 0;
  queries.forEach((query, i) => {
    const shown = keys.map((_, j) => j).filter((j) => !hidden.has(i * keys.length + j));
    const logit = (j: number) => scale * dot(query, keys[j] as number[]);
    const highest = Math.max(...shown.map(logit));
    const denominator = highest + Math.log(shown.reduce((sum, j) => sum + Math.exp(logit(j) - highest), 0));
    const own = positives[i] as number[];
    if (near === 'each') {
      for (const p of own) loss += (denominator - logit(p)) / own.length / queries.length;
      return;
    }
    const mean = own.reduce((sum, p) => sum + Math.exp(logit(p) - highest), 0) / own.length;
    loss -= (highest + Math.log(mean) - denominator) / queries.length;
  });
  return loss;
}

/** dL/dqueries, dL/dkeys and dL/d(ln scale), by central differences of the loss: nothing here knows the closed form. */
export function contrastGradients(input: ContrastInput, step = 1e-6) {
  const slope = (changed: (by: number) => ContrastInput) =>
    (contrastLoss(changed(step)) - contrastLoss(changed(-step))) / (2 * step);
  const side = (name: 'queries' | 'keys') =>
    input[name].map((row, i) =>
      row.map((_, d) =>
        slope((by) => ({
          ...input,
          [name]: input[name].map((values, r) => (r === i ? values.map((x, n) => (n === d ? x + by : x)) : values)),
        })),
      ),
    );
  return {
    dQueries: side('queries'),
    dKeys: side('keys'),
    dScale: slope((by) => ({ ...input, scale: input.scale * Math.exp(by) })),
  };
}

export function unitRows(count: number, dimensions: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: dimensions }, () => random.normal());
    const norm = Math.hypot(...row);
    return row.map((x) => Math.fround(x / norm));
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
}
