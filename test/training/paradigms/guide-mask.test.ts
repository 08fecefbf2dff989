import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InBatchNegativesSpec } from '../../../src/domain/training.ts';
import { resolveTrainingConfig } from '../../../src/training/defaults.ts';
import type { Guide } from '../../../src/training/paradigms/guide.ts';
import { guideMask } from '../../../src/training/paradigms/guide-mask.ts';
import { createInBatchNegatives } from '../../../src/training/paradigms/in-batch-negatives.ts';
import { testTensors } from '../../support/tensors.ts';
import { contrastLoss } from '../losses/contrast-oracle.ts';
import { assertNear, unitRows } from '../losses/vectors.ts';
import { spyTower } from './spy-tower.ts';

const tensors = await testTensors();
const WIDTH = 4;
const queryVectors = unitRows(9, WIDTH, 1);
const itemVectors = unitRows(9, WIDTH, 2);
const flat = (rows: Int32Array, of: readonly number[][]) => Float32Array.from([...rows].flatMap((row) => of[row]!));
const guide: Guide = {
  dimensions: WIDTH,
  queries: (rows) => flat(rows, queryVectors),
  items: (rows) => flat(rows, itemVectors),
};
const queryRows = Int32Array.of(3, 1, 4, 0);
const itemRows = Int32Array.of(2, 7, 1, 8, 5, 6);
const cosine = (query: number, item: number) =>
  queryVectors[queryRows[query]!]!.reduce((sum, x, d) => sum + x * itemVectors[itemRows[item]!]![d]!, 0);

/** Columns that the guide hides from a row, by the definition. */
function hiddenFrom(side: 'query' | 'key', row: number, margin: number): number[] {
  const columns = side === 'query' ? itemRows.length : queryRows.length;
  const score = (j: number) => (side === 'query' ? cosine(row, j) : cosine(j, row));
  return Array.from({ length: columns }, (_, j) => j).filter((j) => j !== row && score(j) > score(row) - margin);
}

for (const margin of [0, 0.3]) {
  test(`hides what the guide finds more alike than the positive, margin ${margin}, block by block, both ways`, () => {
    const before = tensors.tf.memory().numTensors;
    const mask = guideMask(tensors, guide, margin, { queryRows, itemRows });
    let found = 0;
    for (const side of ['query', 'key'] as const) {
      const columns = side === 'query' ? itemRows.length : queryRows.length;
      for (const [from, to] of [
        [0, 4],
        [1, 3],
        [3, 4],
      ] as const) {
        const none = { hidden: new Int32Array(0), positives: new Int32Array(0) };
        const { hidden } = mask.extend(side, from, to, none);
        const expected = Array.from({ length: to - from }, (_, i) =>
          hiddenFrom(side, from + i, margin).map((j) => i * columns + j),
        ).flat();
        assert.deepEqual([...hidden], expected);
        found += expected.length;
      }
    }
    assert.ok(found > 4);
    mask.dispose();
    assert.equal(tensors.tf.memory().numTensors, before);
  });
}

test('leaves known positives and what is hidden already as they are', () => {
  const mask = guideMask(tensors, guide, 1, { queryRows, itemRows });
  const given = { hidden: Int32Array.of(1), positives: Int32Array.of(2) };
  const { hidden, positives } = mask.extend('query', 0, 1, given);
  assert.deepEqual([...positives], [2]);
  assert.equal(hidden[0], 1);
  assert.equal(new Set(hidden).size, hidden.length);
  assert.ok(!hidden.includes(2));
  mask.dispose();
});

test('an in-batch step leaves out what its guide hides', () => {
  const towers = [spyTower(tensors, unitRows(9, WIDTH, 3)), spyTower(tensors, unitRows(9, WIDTH, 4))] as const;
  const [queryTower, keyTower] = towers;
  const spec = resolveTrainingConfig({ paradigm: { name: 'in-batch-negatives', guideMargin: 0.1 } })
    .paradigm as InBatchNegativesSpec;
  const paradigm = createInBatchNegatives(spec, {
    tensors,
    queryTower,
    keyTower,
    positivesOf: () => new Int32Array(0),
    negativesOf: () => new Int32Array(0),
    items: { count: 9, prepared: (row) => row },
    guide,
    seed: 1,
  });
  const keyRows = itemRows.subarray(0, 4);
  const loss = paradigm.step({ queries: [...queryRows], keys: [...keyRows], queryRows, keyRows, progress: 0 });
  const input = {
    queries: [...queryRows].map((row) => queryTower.rows[row]!),
    keys: [...keyRows].map((row) => keyTower.rows[row]!),
    scale: 1 / spec.temperature,
    positives: [[0], [1], [2], [3]],
    hidden: new Set(
      [0, 1, 2, 3].flatMap((i) =>
        hiddenFrom('query', i, 0.1)
          .filter((j) => j < 4)
          .map((j) => i * 4 + j),
      ),
    ),
  };
  assert.ok(input.hidden.size > 0);
  assertNear(loss, contrastLoss(input), 'loss');
});
