import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndToEndSpec } from '../../../src/domain/training.ts';
import { resolveTrainingConfig } from '../../../src/training/defaults.ts';
import { createEndToEnd } from '../../../src/training/paradigms/end-to-end.ts';
import { testTensors } from '../../support/tensors.ts';
import { oracleCandidateGradients, oracleCandidateLoss } from '../losses/candidate-loss-oracle.ts';
import { assertNear, unitRows } from '../losses/vectors.ts';
import { spyTower } from './spy-tower.ts';

const tensors = await testTensors();
const ITEMS = 10;
const BATCH = {
  queries: [0, 1, 2],
  keys: [0, 1, 5],
  queryRows: Int32Array.of(0, 1, 2),
  keyRows: Int32Array.of(0, 1, 5),
  progress: 0,
};
/** Query 2 has three positives. */
const positivesOf = (query: number) => (query === 2 ? Int32Array.of(5, 6, 0) : Int32Array.of(query));
const negativesOf = (query: number) => Int32Array.of(9 - query);

function start(settings: Partial<EndToEndSpec>, towers = twoTowers()) {
  const spec = resolveTrainingConfig({ paradigm: { name: 'end-to-end', ...settings } }).paradigm as EndToEndSpec;
  const items = { count: ITEMS, prepared: (row: number) => row };
  const context = { tensors, ...towers, positivesOf, negativesOf, items, seed: 3 };
  return { spec, paradigm: createEndToEnd(spec, context), ...towers };
}

function twoTowers() {
  return { queryTower: spyTower(tensors, unitRows(3, 8, 1)), keyTower: spyTower(tensors, unitRows(ITEMS, 8, 2)) };
}

for (const settings of [
  { negatives: 4 },
  // More than there are: every item that is no positive of the query.
  { negatives: 100 },
  { negatives: 3, negativesFrom: 'given' },
  { negatives: 5, shareNegatives: true },
] as const) {
  test(`the gradient reaches queries, positives and every negative as in the closed form: ${JSON.stringify(settings)}`, () => {
    const before = tensors.tf.memory().numTensors;
    const { spec, paradigm, queryTower, keyTower } = start(settings);
    const loss = paradigm.step(BATCH);
    assert.equal(queryTower.passes.length, 1);
    assert.equal(keyTower.passes.length, 1);
    const [{ batch, gradient }] = keyTower.passes as [{ batch: number[]; gradient: number[][] }];
    assert.deepEqual(batch.slice(0, 3), BATCH.keys);
    assert.equal(new Set(batch).size, batch.length, 'nothing is encoded twice');
    const candidates =
      settings.negatives === 100
        ? BATCH.keys.map((key, i) => [key, ...allowed(i)])
        : replayed(settings, [...BATCH.keyRows]);
    const input = {
      queries: queryTower.rows,
      keys: keyTower.rows,
      candidates,
      scale: Math.fround(1 / spec.temperature),
      kind: 'info-nce',
    } as const;
    const expected = oracleCandidateGradients(input);
    assertNear(loss, oracleCandidateLoss(input), 'loss');
    assertNear(queryTower.passes[0]!.gradient, expected.dQueries, 'dQueries');
    assertNear(
      gradient,
      batch.map((row) => expected.dKeys[row]!),
      'dKeys',
    );
    const norms = gradient.map((row) => Math.hypot(...row));
    assert.ok(batch.length > 3 && norms.every((norm) => norm > 0), `a key without gradient: ${norms}`);
    assert.equal(tensors.tf.memory().numTensors, before);
    if (settings.negatives === 3)
      for (const i of [0, 1, 2]) assert.ok(candidates[i]!.includes(9 - i), 'given negative');
  });
}

function allowed(query: number): number[] {
  return Array.from({ length: ITEMS }, (_, row) => row).filter((row) => !positivesOf(query).includes(row));
}

/** The candidates of the first step, seen in a twin whose queries are at right angles. */
function replayed(settings: Partial<EndToEndSpec>, keyRows: readonly number[]): number[][] {
  const { keyTower, queryTower, paradigm } = start(settings);
  // One axis a query: the gradient of a key has a part along it where the key is a candidate of that query.
  for (const [i, row] of queryTower.rows.entries()) row.fill(0).splice(i, 1, 1);
  paradigm.step(BATCH);
  const { batch, gradient } = keyTower.passes[0]!;
  return keyRows.map((key, i) => [key, ...batch.filter((row, n) => row !== key && Math.abs(gradient![n]![i]!) > 0)]);
}

test('draws other negatives at the next step, and the same again from a restored state', () => {
  const { paradigm, keyTower } = start({ negatives: 4 });
  paradigm.step(BATCH);
  const state = structuredClone(paradigm.state());
  paradigm.step(BATCH);
  const again = start({ negatives: 4 });
  again.paradigm.restore(state);
  again.paradigm.step(BATCH);
  assert.notDeepEqual(keyTower.passes[1]!.batch, keyTower.passes[0]!.batch);
  assert.deepEqual(again.keyTower.passes[0], keyTower.passes[1]);
});

test('towers that share weights get the gradients of both sides', () => {
  const tower = spyTower(tensors, unitRows(ITEMS, 8, 2));
  start({ negatives: 4 }, { queryTower: tower, keyTower: tower }).paradigm.step(BATCH);
  assert.equal(tower.passes.length, 2);
  assert.ok(tower.passes.every(({ gradient }) => gradient !== null));
});

test('shows negatives as the batch shows its keys, so that a view is not told from an item by being one', () => {
  const keyTower = spyTower(tensors, unitRows(2 * ITEMS, 8, 2));
  const { paradigm } = start({ negatives: 4 }, { queryTower: spyTower(tensors, unitRows(ITEMS, 8, 1)), keyTower });
  const view = (row: number) => ITEMS + row;
  paradigm.step({ ...BATCH, keys: BATCH.keys.map(view), item: view });
  const { batch } = keyTower.passes[0]!;
  assert.ok(batch.length > BATCH.keys.length && batch.every((row) => row >= ITEMS), `${batch}`);
});
