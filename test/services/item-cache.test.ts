import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ItemCache } from '../../src/services/item-cache.ts';
import type { FoundItem } from '../../src/store/found-items.ts';

const item = (id: number, content: string): FoundItem => ({
  ...{ id: id as FoundItem['id'], content, datasetId: 'd' as FoundItem['datasetId'] },
  ...{ externalId: null, label: null, metadata: {}, revision: 1 },
});

test('keeps what was read, until it hears of a change', async () => {
  const cache = new ItemCache();
  const reads: (readonly number[])[] = [];
  let content = 'before';
  const read = async (ids: readonly number[]) => {
    reads.push(ids);
    return new Map(ids.filter((id) => id < 10).map((id) => [id, item(id, content)]));
  };
  const contents = async (...ids: number[]) => [...(await cache.get(ids, read)).values()].map((one) => one.content);
  assert.deepEqual(await contents(1, 2, 11), ['before', 'before']);
  content = 'after';
  assert.deepEqual(await contents(1, 2, 3, 11), ['before', 'before', 'after']);
  cache.forget([2, 11]);
  assert.deepEqual((await contents(1, 2)).sort(), ['after', 'before']);
  assert.deepEqual(reads, [[1, 2, 11], [3, 11], [2]]);
});

test('does not keep what was read while it heard of a change', async () => {
  const cache = new ItemCache();
  let reads = 0;
  const read = async (ids: readonly number[]) => {
    const rows = new Map(ids.map((id) => [id, item(id, `read ${++reads}`)]));
    // The row was read, and then the change came and was heard of, before the answer was there.
    if (reads === 1) cache.forget([1]);
    return rows;
  };
  for (const expected of ['read 1', 'read 2', 'read 2']) {
    assert.equal((await cache.get([1], read)).get(1)?.content, expected);
  }
});

test('lets go of the items not asked for longest when they take too much memory', async () => {
  const cache = new ItemCache();
  const read = async (ids: readonly number[]) => new Map(ids.map((id) => [id, item(id, 'x'.repeat(2 ** 20))]));
  for (let id = 0; id < 200; id++) await cache.get([id], read);
  assert.ok(cache.bytes > 0 && cache.bytes <= 64 * 2 ** 20, String(cache.bytes));
});
