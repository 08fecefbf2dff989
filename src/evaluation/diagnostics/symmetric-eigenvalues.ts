/** Rounds of the QL iteration for one eigenvalue; two or three are usual. */
const MAX_ROUNDS = 60;

/**
 * Eigenvalues of a symmetric matrix, in no order: Householder's reduction to tridiagonal form (4/3 n^3 operations), then implicit QL
 * with Wilkinson's shift (Golub and Van Loan, Matrix Computations, algorithms 8.3.1 and 8.3.2; no vectors).
 * @param matrix shape [n, n], row-major; destroyed
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, beside } = tridiagonalise(matrix, n);
  for (let first = 0; first < n; first++) {
    for (let round = 0; ; round++) {
      const last = unreducedEnd(diagonal, beside, first);
      if (last === first) break;
      if (round === MAX_ROUNDS) throw new Error(`eigenvalue ${first} of ${n} did not converge`);
      sweep(diagonal, beside, first, last);
    }
  }
  return diagonal;
}

/** Reflects row after row from the last on, so that only the diagonal and the one beside it are left. */
function tridiagonalise(a: Float64Array, n: number): { diagonal: Float64Array; beside: Float64Array } {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const p = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const v = a.subarray(i * n, i * n + i);
    let squares = 0;
    for (let k = 0; k < i; k++) squares += (v[k] as number) ** 2;
    diagonal[i] = a[i * n + i] as number;
    const head = v[i - 1] as number;
    // Away from zero, so that nothing cancels.
    const norm = head > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    beside[i - 1] = norm;
    const half = squares - head * norm;
    if (half === 0) continue;
    v[i - 1] = head - norm;
    // A <- H A H with H = I - v v^T / half, on the leading i x i block: A - v q^T - q v^T.
    let along = 0;
    for (let r = 0; r < i; r++) {
      let dot = 0;
      for (let c = 0; c < i; c++)
        dot += (r >= c ? (a[r * n + c] as number) : (a[c * n + r] as number)) * (v[c] as number);
      p[r] = dot / half;
      along += (p[r] as number) * (v[r] as number);
    }
    for (let r = 0; r < i; r++) p[r] = (p[r] as number) - (along / (2 * half)) * (v[r] as number);
    for (let r = 0; r < i; r++) {
      for (let c = 0; c <= r; c++) {
        const at = r * n + c;
        a[at] = (a[at] as number) - (v[r] as number) * (p[c] as number) - (p[r] as number) * (v[c] as number);
      }
    }
  }
  diagonal[0] = a[0] as number;
  return { diagonal, beside };
}

/** The last index of the block from `first` on that no negligible element cuts off. */
function unreducedEnd(diagonal: Float64Array, beside: Float64Array, first: number): number {
  let last = first;
  while (last < diagonal.length - 1) {
    const size = Math.abs(diagonal[last] as number) + Math.abs(diagonal[last + 1] as number);
    if (Math.abs(beside[last] as number) <= Number.EPSILON * size) break;
    last++;
  }
  return last;
}

/** One implicit QL step on the block [first, last]. */
function sweep(d: Float64Array, e: Float64Array, first: number, last: number): void {
  const beside = e[first] as number;
  const gap = ((d[first + 1] as number) - (d[first] as number)) / (2 * beside);
  const root = Math.hypot(gap, 1);
  let g = (d[last] as number) - (d[first] as number) + beside / (gap + (gap < 0 ? -root : root));
  let [sine, cosine, carried] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = sine * (e[i] as number);
    const b = cosine * (e[i] as number);
    const length = Math.hypot(f, g);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1] = (d[i + 1] as number) - carried;
      e[last] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = (d[i + 1] as number) - carried;
    const rest = ((d[i] as number) - g) * sine + 2 * cosine * b;
    carried = sine * rest;
    d[i + 1] = g + carried;
    g = cosine * rest - b;
  }
  d[first] = (d[first] as number) - carried;
  e[first] = g;
  e[last] = 0;
}
