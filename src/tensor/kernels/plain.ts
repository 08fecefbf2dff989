/*
 * The kernels once more in plain TypeScript, in float64 where the arrays are: the slow twin that tests hold kernels.wasm
 * against, and that finite differences check. Same letters as in kernels.ts.
 */

type Floats = Float32Array | Float64Array;

/** Bags in compressed rows: the entries of bag b are offsets[b] to offsets[b + 1]. */
export interface Bags {
  readonly ids: Int32Array;
  readonly weights: Floats;
  readonly offsets: Int32Array;
}

/** @returns pooled sums, shape [B, D] */
export function bagForward(table: Floats, { ids, weights, offsets }: Bags, width: number): Float64Array {
  const bags = offsets.length - 1;
  const out = new Float64Array(bags * width);
  for (let b = 0; b < bags; b++) {
    for (let j = offsets[b]!; j < offsets[b + 1]!; j++) {
      for (let d = 0; d < width; d++) out[b * width + d]! += weights[j]! * table[ids[j]! * width + d]!;
    }
  }
  return out;
}

/** Touched rows in the order of first touch, with their entries in bag order. */
export interface TransposedBags {
  readonly rows: Int32Array;
  readonly rowOffsets: Int32Array;
  readonly entryBags: Int32Array;
  readonly entryWeights: Float64Array;
}

export function transposeBags({ ids, weights, offsets }: Bags): TransposedBags {
  const entries = new Map<number, [bag: number, weight: number][]>();
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let j = offsets[b]!; j < offsets[b + 1]!; j++) {
      const list = entries.get(ids[j]!) ?? [];
      list.push([b, weights[j]!]);
      entries.set(ids[j]!, list);
    }
  }
  const flat = [...entries.values()].flat();
  const rowOffsets = [0];
  for (const list of entries.values()) rowOffsets.push(rowOffsets.at(-1)! + list.length);
  return {
    rows: Int32Array.from(entries.keys()),
    rowOffsets: Int32Array.from(rowOffsets),
    entryBags: Int32Array.from(flat, ([bag]) => bag),
    entryWeights: Float64Array.from(flat, ([, weight]) => weight),
  };
}

/** @param upstream dL/dpooled, shape [B, D]. @returns dL/drow of the touched rows, shape [U, D] */
export function bagBackward(
  upstream: Floats,
  { rowOffsets, entryBags, entryWeights }: TransposedBags,
  width: number,
): Float64Array {
  const touched = rowOffsets.length - 1;
  const gradients = new Float64Array(touched * width);
  for (let u = 0; u < touched; u++) {
    for (let j = rowOffsets[u]!; j < rowOffsets[u + 1]!; j++) {
      for (let d = 0; d < width; d++)
        gradients[u * width + d]! += entryWeights[j]! * upstream[entryBags[j]! * width + d]!;
    }
  }
  return gradients;
}

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Learning rate times weight decay, decoupled (AdamW). */
  readonly decay: number;
}

export interface AdamState {
  /** [V, D] each, and updates so far of each row [V] */
  readonly table: Floats;
  readonly first: Floats;
  readonly second: Floats;
  readonly steps: Int32Array;
}

/** Adam on the touched rows, each with its own step count; in place. @returns the sum of the gradients' squares */
export function lazyAdam(
  { table, first, second, steps }: AdamState,
  rows: Int32Array,
  gradients: Floats,
  width: number,
  { learningRate, beta1, beta2, epsilon, decay }: AdamSettings,
): number {
  let total = 0;
  rows.forEach((row, u) => {
    const t = ++steps[row]!;
    for (let d = 0; d < width; d++) {
      const at = row * width + d;
      const g = gradients[u * width + d]!;
      total += g * g;
      first[at] = beta1 * first[at]! + (1 - beta1) * g;
      second[at] = beta2 * second[at]! + (1 - beta2) * g * g;
      const mean = first[at]! / (1 - beta1 ** t);
      const deviation = Math.sqrt(second[at]! / (1 - beta2 ** t));
      table[at] = (1 - decay) * table[at]! - (learningRate * mean) / (deviation + epsilon);
    }
  });
  return total;
}

/** copy[row] += shares[u] (table[row] - copy[row]) for the u-th of the rows; in place */
export function moveRows(copy: Floats, table: Floats, rows: Int32Array, shares: Floats, width: number): void {
  rows.forEach((row, u) => {
    for (let at = row * width; at < (row + 1) * width; at++) copy[at]! += shares[u]! * (table[at]! - copy[at]!);
  });
}

/** @returns unit rows [B, D] and reciprocal norms [B]; a row shorter than 1e-12 becomes `fallback` with reciprocal norm 0 */
export function normaliseForward(
  x: Floats,
  fallback: Floats,
  width: number,
): { readonly y: Float64Array; readonly inverse: Float64Array } {
  const y = Float64Array.from(x);
  const inverse = new Float64Array(x.length / width);
  for (let b = 0; b < inverse.length; b++) {
    const row = y.subarray(b * width, (b + 1) * width);
    const norm = Math.hypot(...row);
    if (!(norm > 1e-12)) {
      row.set(fallback);
      continue;
    }
    inverse[b] = 1 / norm;
    for (let d = 0; d < width; d++) row[d]! /= norm;
  }
  return { y, inverse };
}

/** @returns dL/dx = inverse (dL/dy - y (y . dL/dy)), shape [B, D] */
export function normaliseBackward(y: Floats, inverse: Floats, gradient: Floats, width: number): Float64Array {
  const out = new Float64Array(y.length);
  for (let b = 0; b < inverse.length; b++) {
    let along = 0;
    for (let d = b * width; d < (b + 1) * width; d++) along += y[d]! * gradient[d]!;
    for (let d = b * width; d < (b + 1) * width; d++) out[d] = inverse[b]! * (gradient[d]! - y[d]! * along);
  }
  return out;
}
