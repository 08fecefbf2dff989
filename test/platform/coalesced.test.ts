import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Coalesced } from '../../src/platform/coalesced.ts';

/** Reads that end when they are told to. */
function reader() {
  const reads: { keys: readonly number[]; end: () => void }[] = [];
  const read = (keys: readonly number[]) =>
    new Promise<Map<number, string>>((resolve) => {
      reads.push({ keys, end: () => resolve(new Map(keys.map((key) => [key, `value ${key}`]))) });
    });
  return { reads, read };
}

test('what is asked while a read is under way is read together, by a read that begins afterwards', async () => {
  const { reads, read } = reader();
  const coalesced = new Coalesced(read, { atOnce: 1 });
  const first = coalesced.get([1]);
  const others = Promise.all([coalesced.get([2, 3]), coalesced.get([3])]);
  assert.deepEqual(
    reads.map(({ keys }) => keys),
    [[1]],
  );
  reads[0]?.end();
  assert.equal((await first).get(1), 'value 1');
  assert.deepEqual(
    reads.map(({ keys }) => keys),
    [[1], [2, 3]],
  );
  reads[1]?.end();
  assert.deepEqual(
    (await others).map((values) => values.get(3)),
    ['value 3', 'value 3'],
  );
});

test('one that gathers reads once for all that ask in some turns of the event loop', async () => {
  const { reads, read } = reader();
  const coalesced = new Coalesced(read, { atOnce: 1, turns: 2 });
  const asked = [coalesced.get([1]), coalesced.get([2])];
  await nextTurn();
  asked.push(coalesced.get([1]));
  assert.equal(reads.length, 0);
  await nextTurn();
  assert.deepEqual(
    reads.map(({ keys }) => keys),
    [[1, 2]],
  );
  const later = coalesced.get([1]);
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  assert.equal(reads.length, 1, 'not the one that began before it was asked');
  reads[0]?.end();
  await Promise.all(asked);
  while (reads.length < 2) await nextTurn();
  reads[1]?.end();
  assert.equal((await later).get(1), 'value 1');
});

test('a read that fails fails those that waited for it, and no others', async () => {
  let reads = 0;
  const coalesced = new Coalesced<number, string>(async () => {
    if (++reads === 1) throw new Error('away');
    return new Map([[1, 'there']]);
  });
  await assert.rejects(coalesced.get([1]), /away/);
  assert.equal((await coalesced.get([1])).get(1), 'there');
});
