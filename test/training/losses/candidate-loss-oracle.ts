/** Losses over each query's own candidates in float64, read straight from the equations: no logarithm is rearranged. */
export interface CandidateOracleInput {
  readonly queries: readonly (readonly number[])[];
  readonly keys: readonly (readonly number[])[];
  /** Rows of keys, the positive first. */
  readonly candidates: readonly (readonly number[])[];
  readonly scale: number;
  /** InfoNCE over the candidates, or NCE with Z and the number n of items that noise is drawn from. */
  readonly kind: 'info-nce' | { readonly partition: number; readonly items: number };
}

export function oracleCandidateLoss({ queries, keys, candidates, scale, kind }: CandidateOracleInput): number {
  const losses = candidates.map((rows, i) => {
    const exponentials = rows.map((row) => Math.exp(scale * dot(queries[i]!, keys[row]!)));
    if (kind === 'info-nce') return -Math.log(exponentials[0]! / sum(exponentials));
    const posterior = posteriors(exponentials, kind);
    return -Math.log(posterior[0]!) - sum(posterior.slice(1).map((h) => Math.log(1 - h)));
  });
  return sum(losses) / losses.length;
}

/** dL/dqueries, dL/dkeys and dL/d(ln scale), element by element. */
export function oracleCandidateGradients({ queries, keys, candidates, scale, kind }: CandidateOracleInput) {
  const dQueries = queries.map((row) => row.map(() => 0));
  const dKeys = keys.map((row) => row.map(() => 0));
  let dScale = 0;
  for (const [i, rows] of candidates.entries()) {
    const similarities = rows.map((row) => dot(queries[i]!, keys[row]!));
    const exponentials = similarities.map((similarity) => Math.exp(scale * similarity));
    const chances =
      kind === 'info-nce' ? exponentials.map((e) => e / sum(exponentials)) : posteriors(exponentials, kind);
    for (const [c, row] of rows.entries()) {
      const slope = (chances[c]! - (c === 0 ? 1 : 0)) / candidates.length;
      for (const d of keys[row]!.keys()) {
        dQueries[i]![d]! += slope * scale * keys[row]![d]!;
        dKeys[row]![d]! += slope * scale * queries[i]![d]!;
      }
      dScale += slope * scale * similarities[c]!;
    }
  }
  return { dQueries, dKeys, dScale };
}

/** h of eq. 7 in 1805.01978. */
function posteriors(exponentials: readonly number[], { partition, items }: { partition: number; items: number }) {
  const noise = Math.max(1, exponentials.length - 1) / items;
  return exponentials.map((e) => e / partition / (e / partition + noise));
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((x, i) => x * b[i]!));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, x) => total + x, 0);
}
