import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescriptionLog } from '../../src/services/description-log.ts';

const described = (id: number) => ({ id, label: `label ${id}`, metadata: {} });
const idsSince = (log: DescriptionLog, position: number) => log.since(position)?.map(({ id }) => id) ?? null;

test('tells what came since a position', () => {
  const log = new DescriptionLog();
  assert.deepEqual([log.end, idsSince(log, 0)], [0, []]);
  log.append([1, 2, 3].map(described));
  const position = log.end;
  log.append([2, 4].map(described));
  assert.deepEqual(idsSince(log, position), [2, 4]);
  assert.deepEqual(idsSince(log, 0), [1, 2, 3, 2, 4]);
  assert.deepEqual(idsSince(log, log.end), []);
});

test('forgets what is old, and says so to whoever has not looked since', () => {
  const log = new DescriptionLog();
  for (let block = 0; block < 60; block++)
    log.append(Array.from({ length: 1_000 }, (_, at) => described(1_000 * block + at)));
  assert.equal(log.end, 60_000);
  assert.equal(idsSince(log, 0), null);
  assert.deepEqual(idsSince(log, 59_998), [59_998, 59_999]);
});
