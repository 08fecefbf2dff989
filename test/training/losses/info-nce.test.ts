import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/platform/random.ts';
import { type BackendChoice, loadTensors } from '../../../src/tensor/backend.ts';
import { type InfoNceInput, infoNce } from '../../../src/training/losses/info-nce.ts';
import { infoNcePlain } from '../../../src/training/losses/info-nce-plain.ts';
import { type OracleInput, oracleGradients, oracleLoss } from './info-nce-oracle.ts';

const tensors = await loadTensors((process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice);
const { tf } = tensors;
const TOLERANCE = 1e-5;
const ROWS = 6;
const DIMENSIONS = 5;

const CASES = [
  { symmetric: false, columns: 6, hidden: [] },
  { symmetric: true, columns: 6, hidden: [] },
  {
    symmetric: false,
    columns: 6,
    hidden: [
      [0, 3],
      [4, 1],
      [4, 2],
    ],
  },
  {
    symmetric: true,
    columns: 6,
    hidden: [
      [0, 3],
      [4, 1],
      [4, 2],
    ],
  },
  {
    symmetric: false,
    columns: 9,
    hidden: [
      [2, 8],
      [5, 0],
    ],
  },
  {
    symmetric: true,
    columns: 9,
    hidden: [
      [2, 8],
      [5, 0],
    ],
  },
  // Every other query hidden: the positive stands alone in its row.
  {
    symmetric: true,
    columns: 6,
    hidden: [
      [1, 0],
      [1, 2],
      [1, 3],
      [1, 4],
      [1, 5],
    ],
  },
] as const;

function unitRows(count: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: DIMENSIONS }, () => Math.fround(random.normal()));
    const norm = Math.hypot(...row);
    return row.map((x) => Math.fround(x / norm));
  });
}

function scenario({ symmetric, columns, hidden }: (typeof CASES)[number], scale: number): OracleInput {
  const positions = hidden.map(([i, j]) => i * columns + j);
  return { queries: unitRows(ROWS, 1), keys: unitRows(columns, 2), scale, symmetric, hidden: new Set(positions) };
}

function run(input: OracleInput, loss: (input: InfoNceInput) => ReturnType<typeof infoNce>) {
  const queries = tf.tensor2d(input.queries as number[][]);
  const keys = tf.tensor2d(input.keys as number[][]);
  const result = loss({ ...input, queries, keys, hidden: Int32Array.from(input.hidden), learnScale: true });
  const read = {
    loss: result.loss,
    dQueries: result.queryGradient.arraySync(),
    dKeys: result.keyGradient.arraySync(),
    dScale: result.scaleGradient,
  };
  tf.dispose([queries, keys, result.queryGradient, result.keyGradient]);
  return read;
}

function assertNear(actual: unknown, expected: unknown, what: string) {
  const [a, b] = [[actual].flat(3), [expected].flat(3)] as [number[], number[]];
  assert.equal(a.length, b.length, what);
  for (const [i, x] of a.entries()) {
    assert.ok(Math.abs(x - (b[i] as number)) <= TOLERANCE, `${what}[${i}]: ${x} is not ${b[i]}`);
  }
}

for (const [name, loss] of [
  [`the loss of the ${tensors.name} backend`, (input: InfoNceInput) => infoNce(tensors, input)],
  ['the twin in plain ops', (input: InfoNceInput) => infoNcePlain(tensors, input)],
] as const) {
  test(`${name} equals the closed form in float64, masked and unmasked`, () => {
    for (const [i, one] of CASES.entries()) {
      for (const scale of [1, 20, 100]) {
        const input = scenario(one, scale);
        const expected = oracleGradients(input);
        const actual = run(input, loss);
        assertNear(actual.loss, oracleLoss(input), `loss, case ${i}, scale ${scale}`);
        assertNear(actual.dQueries, expected.dQueries, `dQueries, case ${i}, scale ${scale}`);
        assertNear(actual.dKeys, expected.dKeys, `dKeys, case ${i}, scale ${scale}`);
        // Sums of a hundred terms of the size of the scale: the bound is relative there.
        assertNear(actual.dScale / scale, expected.dScale / scale, `dScale, case ${i}, scale ${scale}`);
      }
    }
  });

  test(`${name} leaves no tensor behind`, () => {
    const before = tf.memory().numTensors;
    for (const one of CASES) run(scenario(one, 20), loss);
    assert.equal(tf.memory().numTensors, before);
  });
}

test('the closed form equals finite differences of the loss', () => {
  const step = 1e-6;
  for (const [i, one] of CASES.entries()) {
    const input = scenario(one, 5);
    const expected = oracleGradients(input);
    const nudged = (side: 'queries' | 'keys', row: number, d: number, by: number) =>
      oracleLoss({
        ...input,
        [side]: input[side].map((values, r) => values.map((x, n) => (r === row && n === d ? x + by : x))),
      });
    for (const [side, gradients] of [
      ['queries', expected.dQueries],
      ['keys', expected.dKeys],
    ] as const) {
      const differences = gradients.map((values, row) =>
        values.map((_, d) => (nudged(side, row, d, step) - nudged(side, row, d, -step)) / (2 * step)),
      );
      assertNear(gradients, differences, `${side}, case ${i}`);
    }
    const scaled = (by: number) => oracleLoss({ ...input, scale: input.scale * Math.exp(by) });
    assertNear(expected.dScale, (scaled(step) - scaled(-step)) / (2 * step), `ln scale, case ${i}`);
  }
});

test('a hidden pair has no part in loss or gradient', () => {
  const input = scenario({ symmetric: false, columns: 6, hidden: [[0, 3]] } as never, 20);
  const moved = {
    ...input,
    queries: input.queries,
    keys: input.keys.map((row, j) => (j === 3 ? row.map((x) => -x) : row)),
  };
  // Only query 0 is looked at: its row of the loss must not notice that key 3 turned round.
  const [a, b] = [input, moved].map((one) => run(one, (all) => infoNce(tensors, all)));
  assertNear(a?.dQueries[0], b?.dQueries[0], 'gradient of query 0');
});

test('stays finite at the largest scale with opposite vectors', () => {
  const one = unitRows(1, 3)[0] as number[];
  const queries = [one, one.map((x) => -x)];
  const result = run({ queries, keys: [...queries].reverse(), scale: 100, symmetric: true, hidden: new Set() }, (all) =>
    infoNce(tensors, all),
  );
  assertNear(result.loss / 200, 1, 'loss');
});
