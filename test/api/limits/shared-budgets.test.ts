import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budgets } from '../../../src/api/limits/budgets.ts';
import { shareBudgets } from '../../../src/api/limits/shared-budgets.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { SpendingService } from '../../../src/services/spending.ts';
import { testDatabase } from '../../support/database.ts';
import { until } from '../../support/embedded-server.ts';

test('what a key spends at one server it has spent at the others, and too much of it is a debt', async (t) => {
  const db = await testDatabase(t);
  // Time stands still, so that no bucket fills.
  const servers = ['one', 'two', 'three'].map((instance) => ({
    budgets: new Budgets(1_000, () => 0),
    spending: new SpendingService({ db, instance }),
  }));
  const [one, two, three] = servers.map(({ budgets }) => budgets) as [Budgets, Budgets, Budgets];
  const ends = await Promise.all(servers.map(({ budgets, spending }) => shareBudgets(budgets, spending, silentLogger)));
  t.after(() => Promise.all(ends.map((end) => end())));
  const left = (key: string) => [one, two, three].map((budgets) => budgets.state(key).remaining);

  one.spend('a', 300);
  one.spend('a', 100);
  two.spend('a', 50);
  // More keys than one message holds.
  for (let n = 0; n < 250; n++) three.spend(`other ${n}`, 10);
  await until('all know of it', async () => left('a').every((points) => points === 550));
  await until('of each key', async () => left('other 249').every((points) => points === 990));
  assert.deepEqual(left('other 0'), [990, 990, 990]);

  // All of it at each of them, before they know: twice of that is owed.
  for (const budgets of [one, two, three]) assert.equal(budgets.spend('b', 1_000), 0);
  await until('all know of the debt', async () =>
    [one, two, three].every((budgets) => budgets.state('b').resetMs > 60_000),
  );
  for (const budgets of [one, two, three]) assert.ok(budgets.spend('b', 1) > 60_000);
});
