import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turn } from '../../src/platform/turns.ts';

test('tasks that become ready together are let in one each turn of the event loop', async () => {
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
    tasksOfTurn.set(turns, (tasksOfTurn.get(turns) ?? 0) + 1);
  });
  setImmediate(count);
  gate.resolve();
  await Promise.all(tasks);
  over = true;
  assert.equal(tasksOfTurn.size, 100);
  assert.equal(Math.max(...tasksOfTurn.values()), 1);
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
