import type { Histogram } from '../../domain/training.ts';
import { symmetricEigenvalues } from './symmetric-eigenvalues.ts';

/*
 * What embeddings look like, as pure functions of rows. Letters: n rows, D dimensions; all rows of unit length.
 */

/** Rows of unit length, row-major, shape [n, D]. */
export interface Rows {
  readonly values: Float32Array;
  /** D */
  readonly dimensions: number;
}

/**
 * Mean squared distance of positives, E |x - y|^2, from 0 (equal) to 4: Wang and Isola (2005.10242), eq. 4 with alpha = 2.
 * @param x @param y row i of both is a pair
 */
export function alignment(x: Rows, y: Rows): number {
  let sum = 0;
  for (let i = 0; i < x.values.length; i++) sum += ((x.values[i] as number) - (y.values[i] as number)) ** 2;
  return sum / countOf(x);
}

/**
 * ln E exp(-2 |x - y|^2) over all pairs of different rows, from -4 or so (spread evenly; -8 at most for two rows) to 0 (all equal): Wang
 * and Isola (2005.10242), eq. 5 with t = 2.
 */
export function uniformity(x: Rows): number {
  const n = countOf(x);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += Math.exp(-2 * (2 - 2 * similarity(x, i, x, j)));
  return Math.log(sum / ((n * (n - 1)) / 2));
}

/**
 * exp of the entropy of the singular values, taken as shares of their sum, from 1 (all rows on one line) to min(n, D): Roy and Vetterli
 * 2007, "The effective rank", eq. 5; RankMe (2210.02885), eq. 1. With fewer rows than dimensions it can't be more than their number.
 * NaN for rows that are no numbers.
 */
export function effectiveRank(x: Rows): number {
  const n = countOf(x);
  const D = x.dimensions;
  if (x.values.some((value) => !Number.isFinite(value))) return Number.NaN;
  const values = symmetricEigenvalues(n <= D ? gram(x) : transposedGram(x), Math.min(n, D));
  const singular = values.map((value) => Math.sqrt(Math.max(0, value)));
  const total = singular.reduce((sum, value) => sum + value, 0);
  let entropy = 0;
  for (const value of singular) if (value > 0) entropy -= (value / total) * Math.log(value / total);
  return Math.exp(entropy);
}

/**
 * Standard deviation of each dimension times sqrt(D), so that rows spread evenly over the sphere have 1 everywhere and collapsed ones
 * 0 (SimSiam, 2011.10566, section 4.1).
 * @returns shape [D]
 */
export function dimensionStd(x: Rows): Float64Array {
  const { values, dimensions: D } = x;
  const n = countOf(x);
  const mean = new Float64Array(D);
  const squares = new Float64Array(D);
  for (let i = 0; i < values.length; i++) mean[i % D] = (mean[i % D] as number) + (values[i] as number) / n;
  for (let i = 0; i < values.length; i++) {
    squares[i % D] = (squares[i % D] as number) + ((values[i] as number) - (mean[i % D] as number)) ** 2;
  }
  return squares.map((sum) => Math.sqrt((sum / n) * D));
}

/** Inner product of row i of x and row j of y. */
export function similarity(x: Rows, i: number, y: Rows, j: number): number {
  const D = x.dimensions;
  let sum = 0;
  for (let d = 0; d < D; d++) sum += (x.values[i * D + d] as number) * (y.values[j * D + d] as number);
  return sum;
}

/** Counts in `bins` of equal width over [-1, 1], what cosines have; 1 counts into the last, NaN into none. */
export function cosineHistogram(cosines: Iterable<number>, bins = 40): Histogram {
  const counts = new Array<number>(bins).fill(0);
  for (const cosine of cosines) {
    if (Number.isNaN(cosine)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((cosine + 1) / 2) * bins)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { from: -1, to: 1, counts };
}

export function countOf({ values, dimensions }: Rows): number {
  return values.length / dimensions;
}

/** X X^T */
function gram(x: Rows): Float64Array {
  const n = countOf(x);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) out[i * n + j] = out[j * n + i] = similarity(x, i, x, j);
  return out;
}

/** X^T X */
function transposedGram({ values, dimensions: D }: Rows): Float64Array {
  const out = new Float64Array(D * D);
  for (let row = 0; row < values.length; row += D) {
    for (let i = 0; i < D; i++) {
      const at = values[row + i] as number;
      for (let j = 0; j <= i; j++) out[i * D + j] = (out[i * D + j] as number) + at * (values[row + j] as number);
    }
  }
  for (let i = 0; i < D; i++) for (let j = i + 1; j < D; j++) out[i * D + j] = out[j * D + i] as number;
  return out;
}
