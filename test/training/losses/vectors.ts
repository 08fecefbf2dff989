import assert from 'node:assert/strict';
import { createRandom } from '../../../src/platform/random.ts';

/** Random unit vectors whose numbers are float32, so that an oracle in float64 starts from the same input. */
export function unitRows(count: number, dimensions: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: dimensions }, () => random.normal());
    const norm = Math.hypot(...row);
    return row.map((x) => Math.fround(x / norm));
  });
}

/** Equal within 1e-5, relative where figures are larger than 1. Nested arrays are compared flat. */
export function assertNear(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [[actual].flat(3), [expected].flat(3)] as [number[], number[]];
  assert.equal(a.length, b.length, what);
  for (const [i, x] of a.entries()) {
    const bound = 1e-5 * Math.max(1, Math.abs(b[i]!));
    assert.ok(Math.abs(x - b[i]!) <= bound, `${what}[${i}]: ${x} is not ${b[i]}`);
  }
}

/** Central differences of a function of rows. */
export function differences(rows: readonly (readonly number[])[], value: (rows: number[][]) => number): number[][] {
  const step = 1e-6;
  return rows.map((row, r) =>
    row.map((_, d) => {
      const nudged = (by: number) => rows.map((own, n) => own.map((x, m) => (n === r && m === d ? x + by : x)));
      return (value(nudged(step)) - value(nudged(-step))) / (2 * step);
    }),
  );
}
