import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budgets } from '../../../src/api/limits/budgets.ts';

test('a key spends what it has, waits for what it lacks, and has its own', () => {
  let now = 1_000_000;
  const budgets = new Budgets(600, () => now);
  assert.deepEqual(budgets.state('a'), { limit: 600, remaining: 600, resetMs: 0 });
  assert.equal(budgets.spend('a', 500), 0);
  assert.deepEqual(budgets.state('a'), { limit: 600, remaining: 100, resetMs: 50_000 });
  assert.equal(budgets.spend('a', 200), 10_000);
  assert.equal(budgets.spend('b', 600), 0);
  now += 9_999;
  assert.ok(budgets.spend('a', 200) > 0);
  now += 1;
  assert.equal(budgets.spend('a', 200), 0);
  now += 3_600_000;
  assert.equal(budgets.state('a').remaining, 600);
});

test('what costs more than a budget holds takes a full one, and is paid off', () => {
  let now = 0;
  const budgets = new Budgets(600, () => now);
  assert.equal(budgets.spend('a', 1_800), 0);
  assert.equal(budgets.spend('a', 1), Math.ceil((1_201 * 60_000) / 600));
  now += 120_100;
  assert.equal(budgets.spend('a', 1), 0);
});

test('budgets that are full again are forgotten', () => {
  let now = 0;
  const budgets = new Budgets(600, () => now);
  for (let n = 0; n < 20_000; n++) {
    now += 100;
    budgets.spend(String(n), 1);
  }
  assert.equal(budgets.spend('0', 600), 0);
});
