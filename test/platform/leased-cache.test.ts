import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeasedCache } from '../../src/platform/leased-cache.ts';

interface Thing {
  readonly name: string;
  size: number;
}

function cacheOf(capacity: number) {
  const loads: string[] = [];
  const disposed: string[] = [];
  const cache = new LeasedCache<Thing>({
    capacity,
    sizeOf: ({ size }) => size,
    dispose: ({ name }) => void disposed.push(name),
  });
  const use = <T>(name: string, fn: (thing: Thing) => T | Promise<T>) =>
    cache.use(
      name,
      async () => {
        loads.push(name);
        await sleep(2);
        return { name, size: 10 };
      },
      fn,
    );
  return { cache, loads, disposed, use };
}

test('loads once for all who ask at the same time, and keeps it', async () => {
  const { loads, use } = cacheOf(100);
  const names = await Promise.all([use('a', ({ name }) => name), use('a', ({ name }) => name)]);
  assert.deepEqual(names, ['a', 'a']);
  await use('a', () => {});
  assert.deepEqual(loads, ['a']);
});

test('lets go of what was unused longest when there is no room', async () => {
  const { loads, disposed, use } = cacheOf(25);
  for (const name of ['a', 'b', 'a', 'c']) await use(name, () => {});
  assert.deepEqual(disposed, ['b']);
  await use('b', () => {});
  assert.deepEqual(loads, ['a', 'b', 'c', 'b']);
});

test('never disposes what somebody uses, and disposes it as soon as nobody does', async () => {
  const { cache, disposed, use } = cacheOf(15);
  await use('a', async ({ name }) => {
    await use('b', () => {});
    await cache.drop(name);
    assert.ok(!disposed.includes('a'));
  });
  assert.ok(disposed.includes('a'));
});

test('keeps one value that is larger than the room, and counts what has grown', async () => {
  const { disposed, use } = cacheOf(25);
  await use('a', (thing) => {
    thing.size = 1_000;
  });
  assert.deepEqual(disposed, []);
  await use('b', () => {});
  assert.deepEqual(disposed, ['a']);
});

test('a load that fails is not kept, and fails for all who waited for it', async () => {
  const { cache, use } = cacheOf(25);
  const failing = () => Promise.reject(new Error('no'));
  const results = await Promise.allSettled([1, 2].map(() => cache.use('a', failing, () => {})));
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(await use('a', ({ name }) => name), 'a');
});
