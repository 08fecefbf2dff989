/** InfoNCE in float64, read straight from the equations. */
export interface OracleInput {
  readonly queries: readonly (readonly number[])[];
  readonly keys: readonly (readonly number[])[];
  readonly scale: number;
  readonly symmetric: boolean;
  readonly hidden: ReadonlySet<number>;
}

export function oracleLoss({ queries, keys, scale, symmetric, hidden }: OracleInput): number {
  const rows = queries.length;
  const columns = keys.length;
  const logit = (i: number, j: number) =>
    hidden.has(i * columns + j) ? Number.NEGATIVE_INFINITY : scale * dot(queries[i] as number[], keys[j] as number[]);
  let forward = 0;
  let backward = 0;
  for (let i = 0; i < rows; i++) {
    forward += logSumExp(columns, (j) => logit(i, j)) - logit(i, i);
    backward += logSumExp(rows, (j) => logit(j, i)) - logit(i, i);
  }
  return symmetric ? (forward + backward) / (2 * rows) : forward / rows;
}

/** dL/dqueries, dL/dkeys and dL/d(ln scale) from softmax minus one-hot, element by element. */
export function oracleGradients(input: OracleInput) {
  const { queries, keys, scale, symmetric, hidden } = input;
  const rows = queries.length;
  const columns = keys.length;
  const similarity = (i: number, j: number) => dot(queries[i] as number[], keys[j] as number[]);
  const logit = (i: number, j: number) =>
    hidden.has(i * columns + j) ? Number.NEGATIVE_INFINITY : scale * similarity(i, j);
  const dQueries = queries.map((row) => row.map(() => 0));
  const dKeys = keys.map((row) => row.map(() => 0));
  let dScale = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const hit = i === j ? 1 : 0;
      let weight = Math.exp(logit(i, j) - logSumExp(columns, (n) => logit(i, n))) - hit;
      if (symmetric) {
        if (j < rows) weight += Math.exp(logit(i, j) - logSumExp(rows, (n) => logit(n, j))) - hit;
        weight /= 2;
      }
      weight /= rows;
      (dQueries[i] as number[]).forEach((_, d, row) => {
        row[d] = (row[d] as number) + weight * scale * (keys[j]?.[d] as number);
      });
      (dKeys[j] as number[]).forEach((_, d, row) => {
        row[d] = (row[d] as number) + weight * scale * (queries[i]?.[d] as number);
      });
      dScale += weight * scale * similarity(i, j);
    }
  }
  return { dQueries, dKeys, dScale };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
}

function logSumExp(n: number, term: (j: number) => number): number {
  const terms = Array.from({ length: n }, (_, j) => term(j));
  const highest = Math.max(...terms);
  return highest + Math.log(terms.reduce((sum, x) => sum + Math.exp(x - highest), 0));
}
