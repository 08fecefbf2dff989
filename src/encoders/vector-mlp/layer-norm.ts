/** Added to the variance. Less than the customary 1e-5, which would count for vectors of unit length in thousands of dimensions. */
export const EPSILON = 1e-8;

/**
 * Layer normalisation (Ba et al. 2016, 1607.06450, eq. 3) of one vector: (x - mean) / sqrt(variance + epsilon). Without gain and bias of its
 * own, because the matrix after it would take them up: W (g * n + b) + c is (W diag g) n + (W b + c).
 * @param target gets the result at `offset`, shape [I]
 */
export function layerNorm(x: Float32Array, target: Float32Array, offset: number): void {
  const width = x.length;
  let sum = 0;
  for (let i = 0; i < width; i++) sum += x[i] as number;
  const mean = sum / width;
  let squares = 0;
  for (let i = 0; i < width; i++) {
    const away = (x[i] as number) - mean;
    squares += away * away;
  }
  const scale = 1 / Math.sqrt(squares / width + EPSILON);
  for (let i = 0; i < width; i++) target[offset + i] = ((x[i] as number) - mean) * scale;
}
