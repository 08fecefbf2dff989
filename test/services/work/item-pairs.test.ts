import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../../src/data/snapshot.ts';
import { divideByLabel, divideForViews } from '../../../src/services/work/item-pairs.ts';
import type { TrainingData } from '../../../src/services/work/training-data.ts';
import { pairsOfEpoch } from '../../../src/training/batches.ts';

/** Items with labels; query 0, of VALIDATION, is relevant to item 0 where `judged`. */
function snapshotOf(labels: readonly number[], { judged = false } = {}): Snapshot {
  const one = judged ? 1 : 0;
  return {
    hash: 'none',
    kind: 'TEXT',
    items: {
      count: labels.length,
      ids: new Int32Array(labels.length),
      labels: Int32Array.from(labels),
      text: String,
      bytes: () => Buffer.alloc(0),
      label: (row) => String(labels[row]),
    },
    queries: {
      count: one,
      ids: new Int32Array(one),
      splits: new Uint8Array(one).fill(1),
      text: String,
      bytes: () => Buffer.alloc(0),
    },
    relevance: {
      count: one,
      queryRows: new Int32Array(one),
      itemRows: new Int32Array(one),
      grades: new Uint8Array(one).fill(1),
    },
    close() {},
  };
}

function pairsOf(data: TrainingData, epoch: number): [number, number][] {
  const { queryRows, itemRows } = pairsOfEpoch(data.pairs, epoch);
  return Array.from(queryRows, (query, i) => [query, itemRows[i] as number]);
}

test('pairs every item with another of its label, once as query and once as key, others in each epoch', () => {
  const labels = Array.from({ length: 200 }, (_, row) => (row % 10 === 9 ? -1 : row % 4));
  const data = divideByLabel(snapshotOf([...labels, 50]), { validationFraction: 0, seed: 3 });
  const labelled = [...labels.keys()].filter((row) => labels[row] !== -1);
  for (const epoch of [0, 1, 2]) {
    const pairs = pairsOf(data, epoch);
    for (const side of [0, 1] as const) {
      assert.deepEqual(
        pairs.map((pair) => pair[side]).sort((a, b) => a - b),
        labelled,
      );
    }
    for (const [query, key] of pairs) assert.ok(query !== key && labels[query] === labels[key]);
  }
  assert.notDeepEqual(pairsOf(data, 0), pairsOf(data, 1));
  assert.deepEqual(
    pairsOf(data, 1),
    pairsOf(divideByLabel(snapshotOf([...labels, 50]), { validationFraction: 0, seed: 3 }), 1),
  );
  assert.deepEqual([data.querySide, data.labelsArePositives, [...data.positivesOf(7)]], ['items', true, [7]]);
  assert.equal(data.validation, null);
});

test('where sides are views, pairs an item with itself when its batches hold others of its label, and else with one of these', () => {
  // Label 0 has 180 of 200 items, each of the others two.
  const labels = Array.from({ length: 200 }, (_, row) => (row < 180 ? 0 : 1 + Math.floor((row - 180) / 2)));
  const division = { validationFraction: 0, seed: 3 };
  const isOwn = (batchSize: number) =>
    pairsOf(divideByLabel(snapshotOf(labels), division, { batchSize }), 0)
      .sort(([a], [b]) => a - b)
      .map(([query, key]) => {
        assert.equal(labels[query], labels[key]);
        return query === key;
      });
  assert.deepEqual(
    isOwn(16),
    labels.map((label) => label === 0),
  );
  assert.deepEqual(
    isOwn(200),
    labels.map(() => true),
  );
  assert.deepEqual(
    isOwn(1),
    labels.map(() => false),
  );
});

test('holds out labelled items, trains on none of them, and asks them for the labels of the others', () => {
  const labels = Array.from({ length: 300 }, (_, row) => (row % 7 === 0 ? -1 : row % 3));
  for (const divide of [divideByLabel, divideForViews] as const) {
    const data = divide(snapshotOf(labels), { validationFraction: 0.1, seed: 5 });
    const validation = data.validation ?? assert.fail('no validation');
    assert.equal(validation.queryRows.length, Math.round(0.1 * labels.filter((label) => label >= 0).length));
    const held = new Set(validation.queryRows);
    assert.ok(
      pairsOf(data, 0)
        .flat()
        .every((row) => !held.has(row)),
    );
    assert.equal(validation.itemRows.length + held.size, 300);
    assert.ok(validation.itemRows.every((row) => !held.has(row)));
    assert.ok('queryLabels' in validation.judgements);
    assert.deepEqual(
      [...validation.judgements.queryLabels],
      Array.from(validation.queryRows, (row) => labels[row]),
    );
    assert.deepEqual(
      [...validation.judgements.itemLabels],
      Array.from(validation.itemRows, (row) => labels[row]),
    );
  }
});

test('takes an item for its own positive where views are made, and judged queries to validate where there are', () => {
  const data = divideForViews(snapshotOf([0, 1, 0, 1], { judged: true }), { validationFraction: 0.5, seed: 1 });
  assert.deepEqual(pairsOf(data, 0), [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  assert.deepEqual([data.validation?.querySide, [...(data.validation?.queryRows ?? [])]], ['queries', [0]]);
  assert.equal(divideForViews(snapshotOf([-1, -1]), { validationFraction: 0.5, seed: 1 }).validation, null);
});
