/** Resamplings: the ends of a 95 % interval are then the means of the 50th of 2,000 from either side, good to about a tenth of its width. */
const RESAMPLINGS = 2_000;
const TAIL = 0.025;

export interface PairedDifference {
  /** Mean of after - before. */
  readonly difference: number;
  /** Ends of its 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * How much better one ranking is than another on the same queries, and how sure that is: queries are drawn with replacement, as many
 * as there are, each with both its scores, and the differences of the means are sorted; the interval leaves out 2.5 % at either end.
 * The percentile bootstrap (Efron and Tibshirani 1993, chapter 13), paired over queries as in Sakai 2006 (SIGIR, "Evaluating
 * evaluation metrics based on the bootstrap"). It asks nothing of the scores' distribution, and the pairing takes out that some
 * queries are hard for every ranking.
 * @param before @param after scores of query i at position i; at least one
 * @param random where the drawing comes from: equal states give equal intervals
 */
export function pairedBootstrap(
  before: readonly number[],
  after: readonly number[],
  random: { int(below: number): number },
): PairedDifference {
  const count = before.length;
  if (count === 0 || after.length !== count) {
    throw new RangeError(`a paired bootstrap needs as many scores after as before, got ${after.length} and ${count}`);
  }
  const differences = Float64Array.from(after, (score, i) => score - (before[i] as number));
  const means = new Float64Array(RESAMPLINGS);
  for (let r = 0; r < RESAMPLINGS; r++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += differences[random.int(count)] as number;
    means[r] = sum / count;
  }
  means.sort();
  const edge = Math.floor(TAIL * RESAMPLINGS);
  return {
    difference: differences.reduce((sum, d) => sum + d, 0) / count,
    low: means[edge] as number,
    high: means[RESAMPLINGS - 1 - edge] as number,
  };
}
