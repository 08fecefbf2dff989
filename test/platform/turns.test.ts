import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turn } from '../../src/platform/turns.ts';

test('tasks that become ready together share out the turns of the event loop, by the time they take', async () => {
  const gate = Promise.withResolvers<void>();
  let turns = 0;
  let over = false;
  const count = () => {
    turns++;
    if (!over) setImmediate(count);
  };
  const tasksOfTurn = new Map<number, number>();
  const tasks = Array.from({ length: 100 }, async () => {
    await gate.promise;
    await turn();
    // What follows over several hops of promises belongs to the same turn.
    for (let hop = 0; hop < 10; hop++) await undefined;
    for (const begun = performance.now(); performance.now() - begun < 5; );
    tasksOfTurn.set(turns, (tasksOfTurn.get(turns) ?? 0) + 1);
  });
  setImmediate(count);
  gate.resolve();
  await Promise.all(tasks);
  over = true;
  // The turn's time is used up by two such tasks.
  assert.ok(Math.max(...tasksOfTurn.values()) <= 2, JSON.stringify([...tasksOfTurn]));
  assert.ok(tasksOfTurn.size >= 50);
});

test('quick tasks do not wait for a turn of the event loop each', async () => {
  let turns = 0;
  let over = false;
  const count = () => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(Array.from({ length: 100 }, () => turn()));
  over = true;
  assert.ok(turns < 60, String(turns));
});

test('a task that comes alone does not wait', async () => {
  await new Promise((resolve) => setImmediate(resolve));
  let waited = false;
  const immediate = setImmediate(() => {
    waited = true;
  });
  await turn();
  assert.equal(waited, false);
  clearImmediate(immediate);
});
