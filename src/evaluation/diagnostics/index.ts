import type { Histogram } from '../../domain/training.ts';
import {
  alignment,
  cosineHistogram,
  countOf,
  dimensionStd,
  effectiveRank,
  type Rows,
  similarity,
  uniformity,
} from './embeddings.ts';

export type { Rows } from './embeddings.ts';

/** Mean spread per dimension, as a share of an even one, below which embeddings count as collapsed. */
const COLLAPSED = 0.1;

/** Embeddings of pairs: row i of both sides belongs together. */
export interface EmbeddedPairs {
  readonly queries: Rows;
  readonly keys: Rows;
  /** Label of each key, -1 for none; absent where the data has none. */
  readonly labels?: Int32Array;
}

export interface Diagnostics {
  readonly figures: Readonly<Record<string, number>>;
  readonly histograms: Readonly<Record<string, Histogram>>;
  /** What somebody should look at now, or null. */
  readonly warning: string | null;
}

/**
 * Looks at a sample of pairs. Figures, those left out that a sample does not give (of a single pair, or of rows that are no numbers):
 * - `alignment`, `uniformity`: of pairs, and of keys; both better when lower
 * - `effectiveRank`: of keys, at most the smaller of sample and dimensions
 * - `dimensionStd`, `dimensionStdMin`: spread of the keys per dimension, mean and least; 1 is even, 0 is collapsed
 * - `positiveSimilarity`, `negativeSimilarity`: mean cosines, whose distributions are the histograms of the same names
 * - `falseNegativeRate`: share of the negatives (all other keys of the sample) with the label of the positive; only with labels
 */
export function diagnose({ queries, keys, labels }: EmbeddedPairs): Diagnostics {
  const n = countOf(keys);
  const positives: number[] = [];
  const negatives: number[] = [];
  let [labelled, alike] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      (i === j ? positives : negatives).push(similarity(queries, i, keys, j));
      if (labels === undefined || i === j || (labels[i] as number) < 0 || (labels[j] as number) < 0) continue;
      labelled++;
      if (labels[i] === labels[j]) alike++;
    }
  }
  const spread = dimensionStd(keys);
  const dimensionStdMean = mean(spread);
  const figures = {
    alignment: alignment(queries, keys),
    uniformity: uniformity(keys),
    effectiveRank: effectiveRank(keys),
    dimensionStd: dimensionStdMean,
    dimensionStdMin: spread.reduce((least, std) => Math.min(least, std), Number.POSITIVE_INFINITY),
    positiveSimilarity: mean(positives),
    negativeSimilarity: mean(negatives),
    ...(labelled === 0 ? {} : { falseNegativeRate: alike / labelled }),
  };
  return {
    figures: Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value))),
    histograms: { positiveSimilarity: cosineHistogram(positives), negativeSimilarity: cosineHistogram(negatives) },
    warning: !(dimensionStdMean < COLLAPSED)
      ? null
      : `the embeddings are collapsing: their spread per dimension is ${dimensionStdMean.toPrecision(2)} of an even one. Likely causes: a learning rate that is too high, a temperature that is too low (the loss starts far above its chance level) or too high, or too few negatives`,
  };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}
