/** Added to the variance. Less than the customary 1e-5, which would count for vectors of unit length in thousands of dimensions. */
const EPSILON = 1e-8;

/**
 * Layer normalisation (Ba et al. 2016, 1607.06450, eq. 3) of one vector: (x - mean) / sqrt(variance + epsilon). Without gain and bias of its
 * own, because the matrix after it would take them up: W (g * n + b) + c is (W diag g) n + (W b + c).
 * @param target gets the result at `offset`, shape [I]
 */
export function layerNorm(x: Float32Array, target: Float32Array, offset: number): void {
  const width = x.length;
  const mean = sumFrom(x, 0, 1) / width;
  const scale = 1 / Math.sqrt(sumFrom(x, mean, 2) / width + EPSILON);
  for (let i = 0; i < width; i++) target[offset + i] = ((x[i] as number) - mean) * scale;
}

/** Sum of (x - origin), or of its square. Four sums at once: one would wait for itself at every step. */
function sumFrom(x: Float32Array, origin: number, power: 1 | 2): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = x.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const [a, b] = [(x[i] as number) - origin, (x[i + 1] as number) - origin];
    const [c, d] = [(x[i + 2] as number) - origin, (x[i + 3] as number) - origin];
    s0 += power === 1 ? a : a * a;
    s1 += power === 1 ? b : b * b;
    s2 += power === 1 ? c : c * c;
    s3 += power === 1 ? d : d * d;
  }
  for (let i = whole; i < x.length; i++) s0 += ((x[i] as number) - origin) ** power;
  return s0 + s1 + (s2 + s3);
}
