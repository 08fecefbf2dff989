import type { Rows } from '../diagnostics/index.ts';

/**
 * trustworthiness@k (Venna and Kaski 2001, "Neighborhood preservation in nonlinear projection methods"): whether points that are
 * neighbours on a map are neighbours in truth.
 *
 *   T(k) = 1 - 2 / (m k (2n - 3k - 1)) * sum over the m points i looked at, over j in U(i), of r(i, j) - k
 *
 * U(i): those of the k nearest of i on the map that are not among its k nearest in truth; r(i, j): the rank of j by its true nearness to
 * i, from 1. 1: every neighbour on the map is a true one; a map at random has about 0.5. With all n points looked at it is their T(k).
 * @param rows the truth, unit rows, shape [n, D]; nearer means a higher cosine
 * @param coordinates the map, shape [n, 2]
 * @param looked points whose neighbours are looked at  @param k below n / 2
 */
export function trustworthiness(
  rows: Rows,
  coordinates: Float32Array,
  { looked, k }: { readonly looked: Int32Array; readonly k: number },
): number {
  const { values, dimensions: D } = rows;
  const n = values.length / D;
  const nearness = new Float64Array(n);
  let excess = 0;
  for (const i of looked) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let d = 0; d < D; d++) sum += (values[i * D + d] as number) * (values[j * D + d] as number);
      nearness[j] = sum;
    }
    for (const j of nearestOnMap(coordinates, i, k)) excess += Math.max(0, rankOf(nearness, i, j) - k);
  }
  return 1 - (2 * excess) / (looked.length * k * (2 * n - 3 * k - 1));
}

/** From 1; of equally near ones those of lower number come first. */
function rankOf(nearness: Float64Array, i: number, j: number): number {
  const own = nearness[j] as number;
  let rank = 1;
  for (let other = 0; other < nearness.length; other++) {
    if (other === i || other === j) continue;
    const near = nearness[other] as number;
    if (near > own || (near === own && other < j)) rank++;
  }
  return rank;
}

function nearestOnMap(coordinates: Float32Array, i: number, k: number): number[] {
  const [x, y] = [coordinates[2 * i] as number, coordinates[2 * i + 1] as number];
  // Ascending; the last is the one to beat.
  const kept: { j: number; squares: number }[] = [];
  for (let j = 0; j < coordinates.length / 2; j++) {
    if (j === i) continue;
    const squares = ((coordinates[2 * j] as number) - x) ** 2 + ((coordinates[2 * j + 1] as number) - y) ** 2;
    if (kept.length === k && squares >= (kept.at(-1)?.squares as number)) continue;
    const at = kept.findIndex((other) => other.squares > squares);
    kept.splice(at < 0 ? kept.length : at, 0, { j, squares });
    if (kept.length > k) kept.pop();
  }
  return kept.map(({ j }) => j);
}
