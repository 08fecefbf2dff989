import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symmetricEigenvalues } from '../../../src/evaluation/diagnostics/symmetric-eigenvalues.ts';
import { createRandom } from '../../../src/platform/random.ts';

function sorted(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}
function assertNear(found: Iterable<number>, expected: Iterable<number>, tolerance: number): void {
  const [a, b] = [sorted(found), sorted(expected)];
  assert.equal(a.length, b.length);
  for (const [i, value] of a.entries())
    assert.ok(Math.abs(value - (b[i] as number)) < tolerance, `${value} is not ${b[i]}`);
}

test('finds the eigenvalues of a path graph, which are known in closed form', () => {
  const n = 40;
  const laplacian = new Float64Array(n * n);
  for (let i = 0; i + 1 < n; i++) {
    for (const at of [i, i + 1]) laplacian[at * n + at] = (laplacian[at * n + at] as number) + 1;
    laplacian[i * n + i + 1] = laplacian[(i + 1) * n + i] = -1;
  }
  const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((Math.PI * k) / n));
  assertNear(symmetricEigenvalues(laplacian, n), expected, 1e-12);
});

test('finds those of a dense matrix that was made from them, repeated and zero ones too', () => {
  const random = createRandom(3);
  for (const n of [1, 2, 3, 17, 60]) {
    const values = Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 2 : i % 3 === 1 ? 0 : random.normal()));
    // Reflections turn the diagonal into a dense matrix with the same eigenvalues.
    let matrix = Array.from({ length: n }, (_, r) =>
      Array.from({ length: n }, (_, c) => (r === c ? (values[r] as number) : 0)),
    );
    for (let k = 0; k < 4; k++) {
      const v = Array.from({ length: n }, () => random.normal());
      const square = v.reduce((sum, x) => sum + x * x, 0);
      const reflect = (rows: number[][]) =>
        rows.map((row) => {
          const along = row.reduce((sum, x, c) => sum + x * (v[c] as number), 0);
          return row.map((x, c) => x - (2 * along * (v[c] as number)) / square);
        });
      const transposed = (rows: number[][]) => rows.map((_, c) => rows.map((row) => row[c] as number));
      matrix = reflect(transposed(reflect(matrix)));
    }
    assertNear(symmetricEigenvalues(Float64Array.from(matrix.flat()), n), values, 1e-10);
  }
});

test('finds those of a diagonal and of an empty matrix', () => {
  assertNear(symmetricEigenvalues(Float64Array.of(3, 0, 0, -1), 2), [3, -1], 1e-15);
  assertNear(symmetricEigenvalues(new Float64Array(25), 5), [0, 0, 0, 0, 0], 1e-15);
});
