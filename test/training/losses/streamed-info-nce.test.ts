import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StreamedInput, streamedInfoNce } from '../../../src/training/losses/streamed-info-nce.ts';
import { testTensors } from '../../support/tensors.ts';
import { type ContrastInput, contrastGradients, contrastLoss, unitRows } from './contrast-oracle.ts';

const tensors = await testTensors();
const { tf } = tensors;
const ROWS = 4;
const DIMENSIONS = 6;
const TOLERANCE = 1e-5;

interface Scenario {
  readonly sizes: readonly number[];
  /** Pairs (block, query, key of the block). */
  readonly hidden?: readonly (readonly [number, number, number])[];
  readonly positives?: readonly (readonly [number, number, number])[];
  readonly near?: 'each' | 'any';
}
const SEVERAL: Scenario = {
  sizes: [4, 4],
  hidden: [[1, 2, 1]],
  positives: [
    [0, 0, 3],
    [1, 0, 2],
    [1, 3, 0],
  ],
};
const SCENARIOS: readonly Scenario[] = [
  { sizes: [] },
  { sizes: [7] },
  { sizes: [3, 5, 1] },
  {
    sizes: [3, 5],
    hidden: [
      [0, 1, 2],
      [1, 0, 0],
      [1, 3, 4],
    ],
  },
  SEVERAL,
  { ...SEVERAL, near: 'any' },
  // Every negative of query 2 hidden: its positive stands alone.
  {
    sizes: [2],
    hidden: [
      [0, 2, 0],
      [0, 2, 1],
    ],
  },
];

/** Column 0 to B - 1 of the oracle are the queries' own positives, each hidden from the others; blocks follow. */
function oracleOf({ sizes, hidden = [], positives = [], near = 'each' }: Scenario, scale: number): ContrastInput {
  const starts = sizes.map((_, b) => ROWS + sizes.slice(0, b).reduce((sum, n) => sum + n, 0));
  const columns = ROWS + sizes.reduce((sum, n) => sum + n, 0);
  const left = new Set<number>();
  for (let i = 0; i < ROWS; i++) for (let j = 0; j < ROWS; j++) if (i !== j) left.add(i * columns + j);
  for (const [b, i, j] of hidden) left.add(i * columns + (starts[b] as number) + j);
  return {
    queries: unitRows(ROWS, DIMENSIONS, 1),
    keys: unitRows(columns, DIMENSIONS, 2),
    scale,
    hidden: left,
    near,
    positives: Array.from({ length: ROWS }, (_, i) => [
      i,
      ...positives.filter(([, query]) => query === i).map(([b, , j]) => (starts[b] as number) + j),
    ]),
  };
}

function run({ sizes, hidden = [], positives = [] }: Scenario, oracle: ContrastInput) {
  const places = (pairs: readonly (readonly [number, number, number])[], block: number, columns: number) =>
    Int32Array.from(pairs.filter(([b]) => b === block).map(([, i, j]) => i * columns + j));
  const starts = sizes.map((_, b) => ROWS + sizes.slice(0, b).reduce((sum, n) => sum + n, 0));
  const keysFrom = (start: number, size: number) =>
    tf.tensor2d(oracle.keys.slice(start, start + size) as number[][], [size, DIMENSIONS]);
  const input: StreamedInput = {
    queries: tf.tensor2d(oracle.queries as number[][]),
    positives: keysFrom(0, ROWS),
    scale: oracle.scale,
    near: oracle.near,
    blocks: sizes.map((size, b) => ({
      keys: keysFrom(starts[b] as number, size),
      hidden: places(hidden, b, size),
      positives: places(positives, b, size),
    })),
  };
  const { loss, queryGradient, scaleGradient } = streamedInfoNce(tensors, input);
  const read = { loss, scaleGradient, dQueries: queryGradient.arraySync() };
  tf.dispose([input.queries, input.positives, queryGradient, ...input.blocks.map(({ keys }) => keys)]);
  return read;
}

function assertNear(actual: unknown, expected: unknown, what: string, tolerance = TOLERANCE): void {
  const [a, b] = [[actual].flat(3), [expected].flat(3)] as [number[], number[]];
  assert.equal(a.length, b.length, what);
  for (const [i, x] of a.entries()) {
    assert.ok(Math.abs(x - (b[i] as number)) <= tolerance, `${what}[${i}]: ${x} is not ${b[i]}`);
  }
}

for (const [i, scenario] of SCENARIOS.entries()) {
  test(`loss and gradients equal the float64 oracle, blocks ${i}, on ${tensors.name}`, () => {
    for (const scale of [1, 20, 64, 100]) {
      const oracle = oracleOf(scenario, scale);
      const actual = run(scenario, oracle);
      const expected = contrastGradients(oracle);
      assertNear(actual.loss, contrastLoss(oracle), `loss at ${scale}`);
      // Gradients grow with the scale, and so does their rounding; differences are as exact as 1e-8 of it.
      assertNear(
        actual.dQueries.map((row) => row.map((x) => x / scale)),
        expected.dQueries.map((row) => row.map((x) => x / scale)),
        `dQueries at ${scale}`,
      );
      assertNear(actual.scaleGradient / scale, expected.dScale / scale, `dScale at ${scale}`);
    }
  });
}

test('the way keys are cut into blocks changes nothing', () => {
  const [a, b] = [{ sizes: [8] }, { sizes: [1, 4, 3] }].map((one) => run(one, oracleOf(one, 20)));
  assertNear(a?.loss, b?.loss, 'loss');
  assertNear(a?.dQueries, b?.dQueries, 'dQueries');
});

test('stays finite at the largest scale, with keys opposite to the query', () => {
  const query = unitRows(1, DIMENSIONS, 3)[0] as number[];
  const opposite = query.map((x) => -x);
  for (const [positive, negative] of [
    [opposite, query],
    [query, opposite],
    [opposite, opposite],
  ] as const) {
    const inputs = [query, positive, negative].map((row) => tf.tensor2d([row as number[]]));
    const [queries, positives, keys] = inputs as [never, never, never];
    const result = streamedInfoNce(tensors, {
      queries,
      positives,
      blocks: [{ keys, hidden: new Int32Array(0) }],
      scale: 100,
    });
    assert.ok(Number.isFinite(result.loss));
    assert.ok(result.queryGradient.dataSync().every(Number.isFinite));
    tf.dispose([...inputs, result.queryGradient]);
  }
});

test('leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  for (const scenario of SCENARIOS) run(scenario, oracleOf(scenario, 20));
  assert.equal(tf.memory().numTensors, before);
});
