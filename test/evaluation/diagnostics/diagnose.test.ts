import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alignment,
  cosineHistogram,
  dimensionStd,
  effectiveRank,
  type Rows,
  uniformity,
} from '../../../src/evaluation/diagnostics/embeddings.ts';
import { diagnose } from '../../../src/evaluation/diagnostics/index.ts';
import { createRandom } from '../../../src/platform/random.ts';

function rowsOf(rows: readonly (readonly number[])[]): Rows {
  return { values: Float32Array.from(rows.flat()), dimensions: rows[0]?.length ?? 1 };
}
function randomRows(n: number, D: number, seed: number): Rows {
  const random = createRandom(seed);
  return rowsOf(
    Array.from({ length: n }, () => {
      const row = Array.from({ length: D }, () => random.normal());
      return row.map((x) => x / Math.hypot(...row));
    }),
  );
}
function near(found: number | undefined, expected: number, tolerance = 1e-6): void {
  assert.ok(Math.abs((found ?? Number.NaN) - expected) < tolerance, `${found} is not ${expected}`);
}

const BASIS = rowsOf([
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]);
const LINE = rowsOf([
  [1, 0, 0, 0],
  [1, 0, 0, 0],
  [-1, 0, 0, 0],
]);

test('alignment and uniformity have the values worked out by hand', () => {
  near(alignment(BASIS, BASIS), 0);
  // Right angles are at a squared distance of 2, opposites of 4.
  near(
    alignment(
      BASIS,
      rowsOf([
        [0, 1, 0, 0],
        [0, -1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
    ),
    (2 + 4 + 0 + 0) / 4,
  );
  near(uniformity(BASIS), -4);
  near(uniformity(LINE), Math.log((1 + 2 * Math.exp(-8)) / 3));
  near(
    uniformity(
      rowsOf([
        [1, 0],
        [1, 0],
      ]),
    ),
    0,
  );
});

test('the effective rank counts directions, and uneven ones less', () => {
  near(effectiveRank(BASIS), 4);
  near(effectiveRank(LINE), 1);
  // Twice one direction and once another: singular values sqrt 2 and 1.
  const [p, q] = [Math.SQRT2 / (Math.SQRT2 + 1), 1 / (Math.SQRT2 + 1)];
  const uneven = [
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ];
  near(effectiveRank(rowsOf(uneven)), Math.exp(-p * Math.log(p) - q * Math.log(q)));
  // The other Gram matrix, for more rows than dimensions.
  near(effectiveRank(rowsOf([...uneven, ...uneven])), Math.exp(-p * Math.log(p) - q * Math.log(q)), 1e-5);
  assert.ok(effectiveRank(randomRows(400, 16, 1)) > 15.5);
});

test('the spread per dimension is 1 for rows over the whole sphere and 0 for equal ones', () => {
  for (const std of dimensionStd(randomRows(4_000, 8, 2))) near(std, 1, 0.05);
  assert.deepEqual(
    [
      ...dimensionStd(
        rowsOf([
          [0.6, 0.8],
          [0.6, 0.8],
        ]),
      ),
    ],
    [0, 0],
  );
  const [along = 0, across = 0] = dimensionStd(
    rowsOf([
      [1, 0],
      [-1, 0],
    ]),
  );
  near(along, Math.SQRT2);
  near(across, 0);
});

test('histograms count every value once, the ends included', () => {
  const { counts, from, to } = cosineHistogram([-1, -0.99, 0, 0.999, 1, 1.0000001], 4);
  assert.deepEqual([from, to, counts], [-1, 1, [2, 0, 1, 3]]);
});

test('tells positives from negatives, counts false ones by label, and warns of a collapse', () => {
  const keys = randomRows(60, 16, 3);
  const labels = Int32Array.from({ length: 60 }, (_, i) => (i < 12 ? -1 : i % 3));
  const { figures, histograms, warning } = diagnose({ queries: keys, keys, labels });
  near(figures.alignment, 0);
  near(figures.positiveSimilarity, 1);
  assert.equal(histograms.positiveSimilarity?.counts.at(-1), 60);
  assert.equal(
    histograms.negativeSimilarity?.counts.reduce((a, b) => a + b),
    60 * 59,
  );
  near(figures.falseNegativeRate, (3 * 16 * 15) / (48 * 47));
  assert.equal(warning, null);
  assert.equal('falseNegativeRate' in diagnose({ queries: keys, keys }).figures, false);
  const broken = rowsOf([
    [Number.NaN, 0],
    [1, 0],
  ]);
  assert.deepEqual(diagnose({ queries: broken, keys: broken }), {
    figures: {},
    histograms: { positiveSimilarity: cosineHistogram([1]), negativeSimilarity: cosineHistogram([]) },
    warning: null,
  });
  const random = createRandom(4);
  const collapsed = rowsOf(Array.from({ length: 50 }, () => [1, 0.01 * random.normal(), 0.01 * random.normal()]));
  assert.match(diagnose({ queries: collapsed, keys: collapsed }).warning ?? '', /collapsing: .* temperature/);
});
