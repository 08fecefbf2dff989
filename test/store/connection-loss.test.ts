import assert from 'node:assert/strict';
import test from 'node:test';
import { isConnectionLoss, retrying } from '../../src/store/connection-loss.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

test('tells a lost connection from a statement at fault, however deeply it is wrapped', () => {
  const losses = [
    coded('57P01'),
    coded('57P03'),
    coded('08006'),
    coded('ECONNREFUSED'),
    coded('ECONNRESET'),
    new Error('Invalid `prisma.dataset.count()` invocation:\n\nconnect ENOENT /run/.s.PGSQL.5432'),
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('outer', { cause: new Error('inner', { cause: coded('57P02') }) }),
    new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    { cause: { kind: 'ConnectionClosed' } },
    { meta: { driverAdapterError: { cause: { originalCode: '57P01', kind: 'postgres' } } } },
  ];
  for (const error of losses) assert.equal(isConnectionLoss(error), true, JSON.stringify(error));
  const faults = [
    coded('23505'),
    coded('57014'),
    coded('ENOENT'),
    new Error('timeout exceeded when trying to connect'),
    { cause: { kind: 'UniqueConstraintViolation', originalCode: '23505' } },
    'ECONNREFUSED',
    undefined,
  ];
  for (const error of faults) assert.equal(isConnectionLoss(error), false, JSON.stringify(error));
});

test('tries again after a loss, passes faults on at once, and gives up with a coded error', async () => {
  let attempts = 0;
  const result = await retrying(async () => {
    if (++attempts < 3) throw coded('57P03');
    return attempts;
  });
  assert.equal(result, 3);
  attempts = 0;
  const fault = retrying(async () => {
    attempts++;
    throw coded('23505');
  });
  await assert.rejects(fault, { code: '23505' });
  assert.equal(attempts, 1);
  const lost = retrying(() => Promise.reject(coded('ECONNREFUSED')), 100);
  await assert.rejects(lost, { code: 'DATABASE_UNAVAILABLE', message: /ECONNREFUSED/ });
});
