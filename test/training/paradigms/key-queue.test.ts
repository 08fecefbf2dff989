import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/platform/random.ts';
import { KeyQueue } from '../../../src/training/paradigms/key-queue.ts';
import { testTensors } from '../../support/tensors.ts';

const tensors = await testTensors();
const { tf } = tensors;
const WIDTH = 4;

interface Key {
  readonly vector: readonly number[];
  readonly query: number;
  readonly item: number;
}

/** What a queue holds, oldest first. */
function held(queue: KeyQueue): Key[] {
  const keys = queue.blocks().flatMap(({ keys, queryRows, itemRows }) => {
    assert.equal(keys.shape[0], itemRows.length);
    return (keys.arraySync() as number[][]).map((vector, i) => ({ vector, query: queryRows[i]!, item: itemRows[i]! }));
  });
  const { next } = queue.state();
  return queue.size < keys.length || next === undefined ? keys : [...keys.slice(next[0]), ...keys.slice(0, next[0])];
}

function newKeys(count: number, random: ReturnType<typeof createRandom>): Key[] {
  return Array.from({ length: count }, () => ({
    vector: Array.from({ length: WIDTH }, () => Math.fround(random.normal())),
    query: random.int(1_000),
    item: random.int(1_000),
  }));
}

function enqueue(queue: KeyQueue, keys: readonly Key[]): void {
  queue.enqueue({
    keys: Float32Array.from(keys.flatMap(({ vector }) => vector)),
    queryRows: Int32Array.from(keys, ({ query }) => query),
    itemRows: Int32Array.from(keys, ({ item }) => item),
  });
}

for (const [capacity, largest] of [
  [7, 3],
  [7, 20],
  [1_024, 700],
  [2_500, 900],
  [2_000, 2_500],
] as const) {
  test(`holds the latest ${capacity} keys of up to ${largest} a step, as a plain list does over 100 steps`, () => {
    const queue = new KeyQueue(tensors, capacity, WIDTH);
    const random = createRandom(capacity + largest);
    const tensorsAtFirst = tf.memory().numTensors;
    let list: Key[] = [];
    for (let step = 0; step < 100; step++) {
      const keys = newKeys(1 + random.int(largest), random);
      enqueue(queue, keys);
      list = [...list, ...keys].slice(-capacity);
      assert.equal(queue.size, list.length);
      assert.equal(tf.memory().numTensors, tensorsAtFirst);
      if (step % 9 === 0 || step === 99) assert.deepEqual(held(queue), list);
    }
    queue.dispose();
  });
}

test('goes on from its state as if nothing had happened, full or half full', () => {
  for (const steps of [1, 10]) {
    const random = createRandom(5);
    const [queue, resumed] = [new KeyQueue(tensors, 1_500, WIDTH), new KeyQueue(tensors, 1_500, WIDTH)];
    for (let step = 0; step < steps; step++) enqueue(queue, newKeys(400, random));
    enqueue(resumed, newKeys(77, random));
    resumed.restore(structuredClone(queue.state()));
    const more = newKeys(300, random);
    for (const one of [queue, resumed]) enqueue(one, more);
    assert.deepEqual(held(resumed), held(queue));
    assert.deepEqual(resumed.state(), queue.state());
    for (const one of [queue, resumed]) one.dispose();
  }
});

test('refuses the state of another queue', () => {
  const [small, large] = [new KeyQueue(tensors, 5, WIDTH), new KeyQueue(tensors, 50, WIDTH)];
  enqueue(large, newKeys(9, createRandom(1)));
  assert.throws(() => small.restore(large.state()), { code: 'CORRUPT_ARTIFACT', message: /9 keys, at most 5/ });
  for (const one of [small, large]) one.dispose();
});
