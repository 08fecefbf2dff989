import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deadline } from '../../src/platform/deadline.ts';
import { Gate, type GateOptions } from '../../src/platform/gate.ts';

const gateOf = (options: Partial<GateOptions> = {}) =>
  new Gate({ atOnce: 2, waiting: 3, patience: 60_000, busy: () => new Error('busy'), ...options });

/** A task that ends when it is told to. */
function heldTask() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { task: () => promise, end: resolve };
}

test('lets so many in, so many more wait in their order, and refuses the rest at once', async () => {
  const gate = gateOf();
  const order: number[] = [];
  const held = Array.from({ length: 5 }, heldTask);
  const running = held.map(({ task }, n) =>
    gate.run(() => {
      order.push(n);
      return task();
    }),
  );
  await assert.rejects(
    gate.run(async () => {}),
    /^Error: busy$/,
  );
  assert.deepEqual([gate.inside, gate.waiting], [2, 3]);
  for (const { end } of held) end();
  await Promise.all(running);
  assert.deepEqual(order, [0, 1, 2, 3, 4]);
  assert.deepEqual([gate.inside, gate.waiting], [0, 0]);
});

test('a task that throws gives its place on', async () => {
  const gate = gateOf({ atOnce: 1 });
  const failing = gate.run(() => Promise.reject(new Error('mine')));
  const next = gate.run(async () => 'done');
  await assert.rejects(failing, /^Error: mine$/);
  assert.equal(await next, 'done');
});

test('who waits too long, or is called off, goes without having run', async () => {
  const impatient = gateOf({ atOnce: 1, patience: 1 });
  const { task, end } = heldTask();
  const running = impatient.run(task);
  await assert.rejects(
    impatient.run(async () => {}),
    /^Error: busy$/,
  );
  end();
  await running;
  const gate = gateOf({ atOnce: 1 });
  const other = heldTask();
  const inside = gate.run(other.task);
  const leaving = new Deadline();
  const waiting = gate.run(async () => assert.fail('must not run'), leaving);
  leaving.end(new Error('left'));
  await assert.rejects(waiting, /^Error: left$/);
  assert.deepEqual([gate.inside, gate.waiting], [1, 0]);
  other.end();
  await inside;
  await assert.rejects(
    gate.run(async () => {}, leaving),
    /^Error: left$/,
  );
});
