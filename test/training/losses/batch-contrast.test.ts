import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchContrast } from '../../../src/training/losses/batch-contrast.ts';
import { testTensors } from '../../support/tensors.ts';
import { contrastGradients, contrastLoss } from './contrast-oracle.ts';
import { assertNear, unitRows } from './vectors.ts';

const tensors = await testTensors();
const { tf } = tensors;
const ROWS = 7;
const WIDTH = 6;

type Pairs = readonly (readonly [row: number, column: number])[];
interface Scenario {
  readonly columns: number;
  readonly symmetric: boolean;
  /** Pairs of query and key, for both directions. */
  readonly hidden?: Pairs;
  readonly positives?: Pairs;
  readonly near?: 'each' | 'any';
}
const HIDDEN: Pairs = [
  [0, 3],
  [2, 0],
  [6, 1],
  [6, 5],
];
const POSITIVES: Pairs = [
  [0, 1],
  [0, 4],
  [3, 2],
  [5, 6],
];
const SCENARIOS: readonly Scenario[] = [false, true].flatMap((symmetric) => [
  { columns: ROWS, symmetric },
  { columns: ROWS, symmetric, hidden: HIDDEN },
  { columns: ROWS, symmetric, positives: POSITIVES },
  { columns: ROWS, symmetric, hidden: HIDDEN, positives: POSITIVES },
  { columns: ROWS + 3, symmetric, hidden: [...HIDDEN, [1, 8], [4, 9]], positives: POSITIVES },
  { columns: ROWS, symmetric, hidden: HIDDEN, positives: POSITIVES, near: 'any' as const },
]);

const turned = (pairs: Pairs): Pairs => pairs.filter(([, j]) => j < ROWS).map(([i, j]) => [j, i] as const);
const sidePairs = (pairs: Pairs, side: 'query' | 'key') => (side === 'query' ? pairs : turned(pairs));

function oracle({ columns, symmetric, hidden = [], positives = [], near = 'each' }: Scenario, scale: number) {
  const [queries, keys] = [unitRows(ROWS, WIDTH, 1), unitRows(columns, WIDTH, 2)];
  const direction = (side: 'query' | 'key') => {
    const width = side === 'query' ? columns : ROWS;
    return {
      queries: side === 'query' ? queries : keys.slice(0, ROWS),
      keys: side === 'query' ? keys : queries,
      scale,
      near,
      hidden: new Set(sidePairs(hidden, side).map(([i, j]) => i * width + j)),
      positives: queries.map((_, i) => [
        i,
        ...sidePairs(positives, side)
          .filter(([row]) => row === i)
          .map(([, j]) => j),
      ]),
    };
  };
  const forward = contrastGradients(direction('query'));
  const loss = contrastLoss(direction('query'));
  if (!symmetric) return { queries, keys, loss, ...forward };
  const backward = contrastGradients(direction('key'));
  const half = (a: number[][], b: number[][]) => a.map((row, i) => row.map((x, d) => (x + (b[i]?.[d] ?? 0)) / 2));
  return {
    queries,
    keys,
    loss: (loss + contrastLoss(direction('key'))) / 2,
    dQueries: half(forward.dQueries, backward.dKeys),
    dKeys: half(forward.dKeys, backward.dQueries),
    dScale: (forward.dScale + backward.dScale) / 2,
  };
}

function run(scenario: Scenario, scale: number, blockLogits?: number) {
  const { columns, symmetric, hidden = [], positives = [], near } = scenario;
  const [queries, keys] = [tf.tensor2d(unitRows(ROWS, WIDTH, 1)), tf.tensor2d(unitRows(columns, WIDTH, 2))];
  const result = batchContrast(
    tensors,
    {
      queries,
      keys,
      scale,
      symmetric,
      learnScale: true,
      near,
      relations(side, from, to) {
        const width = side === 'query' ? columns : ROWS;
        const places = (pairs: Pairs) =>
          Int32Array.from(
            sidePairs(pairs, side).filter(([i]) => i >= from && i < to),
            ([i, j]) => (i - from) * width + j,
          );
        return { hidden: places(hidden), positives: places(positives) };
      },
    },
    blockLogits === undefined ? undefined : { whole: 0, block: blockLogits },
  );
  const read = {
    loss: result.loss,
    dQueries: result.queryGradient.arraySync(),
    dKeys: result.keyGradient.arraySync(),
    dScale: result.scaleGradient,
  };
  tf.dispose([queries, keys, result.queryGradient, result.keyGradient]);
  return read;
}

for (const [i, scenario] of SCENARIOS.entries()) {
  const { columns, symmetric, hidden, positives, near } = scenario;
  const what = `${symmetric ? 'both directions' : 'one direction'}, ${columns} keys${hidden ? ', masked' : ''}${positives ? ', several positives' : ''}${near === 'any' ? ', near any' : ''}`;
  test(`loss and gradients equal the float64 oracle, whole and in blocks: ${what} (${i}), on ${tensors.name}`, () => {
    for (const scale of [1, 20, 100]) {
      const expected = oracle(scenario, scale);
      // Whole; three rows a block with a short last one; one row a block.
      for (const blockLogits of [undefined, 3 * columns, 1]) {
        const actual = run(scenario, scale, blockLogits);
        assertNear(actual.loss, expected.loss, 'loss');
        // Gradients grow with the scale, and so does the noise of differences.
        for (const name of ['dQueries', 'dKeys'] as const) {
          const scaled = (rows: number[][]) => rows.map((row) => row.map((x) => x / scale));
          assertNear(scaled(actual[name]), scaled(expected[name]), `${name} at ${scale}, blocks of ${blockLogits}`);
        }
        assertNear(actual.dScale / scale, expected.dScale / scale, 'dScale');
      }
    }
  });
}

test('leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  for (const scenario of SCENARIOS) for (const blockLogits of [undefined, 1]) run(scenario, 20, blockLogits);
  assert.equal(tf.memory().numTensors, before);
});
