/**
 * Mean of 1 - cosine of rows that belong together: how far what is remembered has fallen behind the present weights.
 * @param a @param b unit rows, shape [n, D]
 */
export function meanDistance(a: Float32Array, b: Float32Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return 1 - sum / (a.length / width);
}
