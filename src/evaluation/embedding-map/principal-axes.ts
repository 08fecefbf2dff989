import { PCA } from 'ml-pca';
import type { Rows } from '../diagnostics/index.ts';

export interface PrincipalAxes {
  /** Along the first two axes, from the mean; shape [n, 2]. */
  readonly coordinates: Float32Array;
  /** Shares of the variance along them, 0 to 1; 0 where nothing varies. */
  readonly explainedVariance: readonly [number, number];
}

/**
 * The two directions of most variance (Pearson 1901), by the eigenvectors of the covariance: its D x D entries are few beside the n x D of
 * the rows. Each axis points to where its largest entry is positive, so that the same rows give the same map and no mirror image of it.
 * @param rows shape [n, D], n at least 2
 */
export function principalAxes({ values, dimensions: D }: Rows): PrincipalAxes {
  const mean = meanOf(values, D);
  const pca = new PCA(covariance(values, D, mean), { isCovarianceMatrix: true });
  const axes = pca.getEigenvectors();
  const variances = pca.getEigenvalues().map((variance) => Math.max(0, variance));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  const [x, y] = [0, 1].map((at) => pointed(at < D ? axes.getColumn(at) : new Array(D).fill(0)));
  const n = values.length / D;
  const coordinates = new Float32Array(2 * n);
  for (let row = 0; row < n; row++) {
    const vector = values.subarray(row * D, (row + 1) * D);
    coordinates[2 * row] = along(vector, mean, x as number[]);
    coordinates[2 * row + 1] = along(vector, mean, y as number[]);
  }
  const share = (at: number) => (total === 0 ? 0 : (variances[at] ?? 0) / total);
  return { coordinates, explainedVariance: [share(0), share(1)] };
}

function meanOf(values: Float32Array, D: number): Float64Array {
  const mean = new Float64Array(D);
  for (let at = 0; at < values.length; at++) mean[at % D] = (mean[at % D] as number) + (values[at] as number);
  return mean.map((sum) => sum / (values.length / D));
}

function covariance(values: Float32Array, D: number, mean: Float64Array): number[][] {
  const sums = new Float64Array(D * D);
  const from = new Float64Array(D);
  const n = values.length / D;
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < D; i++) from[i] = (values[row * D + i] as number) - (mean[i] as number);
    for (let i = 0; i < D; i++) {
      const factor = from[i] as number;
      for (let j = 0; j <= i; j++) sums[i * D + j] = (sums[i * D + j] as number) + factor * (from[j] as number);
    }
  }
  const entry = (i: number, j: number) => (sums[Math.max(i, j) * D + Math.min(i, j)] as number) / Math.max(1, n - 1);
  return Array.from({ length: D }, (_, i) => Array.from({ length: D }, (__, j) => entry(i, j)));
}

function pointed(axis: number[]): number[] {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function along(vector: Float32Array, mean: Float64Array, axis: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < mean.length; i++) sum += ((vector[i] as number) - (mean[i] as number)) * (axis[i] as number);
  return sum;
}
