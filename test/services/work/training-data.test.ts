import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../../src/data/snapshot.ts';
import { divideForTraining } from '../../../src/services/work/training-data.ts';

/** Query q is relevant to items q and q + 1; every fifth judgement has grade 0. */
function snapshotOf(splits: readonly number[], items = splits.length + 1): Snapshot {
  const judged = splits.flatMap(
    (_, q) =>
      [
        [q, q],
        [q, q + 1],
      ] as const,
  );
  return {
    hash: 'none',
    kind: 'TEXT',
    items: {
      count: items,
      ids: new Int32Array(items),
      labels: new Int32Array(items),
      text: String,
      bytes: () => Buffer.alloc(0),
      label: () => null,
    },
    queries: {
      count: splits.length,
      ids: new Int32Array(splits.length),
      splits: Uint8Array.from(splits),
      text: String,
      bytes: () => Buffer.alloc(0),
    },
    relevance: {
      count: judged.length,
      queryRows: Int32Array.from(judged, ([q]) => q),
      itemRows: Int32Array.from(judged, ([, i]) => i),
      grades: Uint8Array.from(judged, (_, i) => (i % 5 === 0 ? 0 : 1 + (i % 2))),
    },
    close() {},
  };
}

test('trains on relevant pairs of TRAIN queries and validates on VALIDATION queries', () => {
  const data = divideForTraining(snapshotOf([0, 1, 2, 0, 0, 0]), 0.5, 1);
  assert.deepEqual([...data.pairs.queryRows], [0, 3, 3, 4, 4, 5]);
  assert.deepEqual([...data.pairs.itemRows], [1, 3, 4, 4, 5, 6]);
  assert.deepEqual([...(data.validation?.queryRows ?? [])], [1]);
  assert.deepEqual([...data.positivesOf(1)], [1, 2]);
  assert.deepEqual([...data.positivesOf(0)], [1]);
  assert.deepEqual([...data.negativesOf(0)], [0]);
  assert.deepEqual([...data.negativesOf(3)], []);
  assert.deepEqual([...(data.validation?.judgements.itemRows ?? [])], [1, 2]);
  assert.equal(data.validation?.itemRows.length, 7);
});

test('holds TRAIN queries out when there is no VALIDATION query, the same for the same seed', () => {
  const snapshot = snapshotOf(Array(200).fill(0));
  const data = divideForTraining(snapshot, 0.1, 7);
  const held = new Set(data.validation?.queryRows);
  assert.equal(held.size, 20);
  assert.ok(data.pairs.queryRows.every((row) => !held.has(row)));
  assert.equal(new Set([...data.pairs.queryRows, ...held]).size, 200);
  assert.deepEqual(divideForTraining(snapshot, 0.1, 7).validation?.queryRows, data.validation?.queryRows);
  assert.notDeepEqual(divideForTraining(snapshot, 0.1, 8).validation?.queryRows, data.validation?.queryRows);
  assert.equal(divideForTraining(snapshot, 0, 7).validation, null);
});

test('bounds the corpus that is ranked, with every positive in it', () => {
  const data = divideForTraining(snapshotOf(Array(100).fill(1), 60_000), 0, 3);
  const { itemRows, judgements, queryRows } = data.validation ?? assert.fail('no validation');
  assert.equal(itemRows.length, 50_000);
  assert.equal(new Set(itemRows).size, 50_000);
  for (const [at, query] of queryRows.entries()) {
    const judged = [...judgements.itemRows.subarray(judgements.offsets[at], judgements.offsets[at + 1])];
    assert.deepEqual(
      judged.map((position) => itemRows[position]),
      [...data.positivesOf(query)],
    );
  }
});
