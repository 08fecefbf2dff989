import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphQLError } from 'graphql';
import { formatError, httpError } from '../../src/api/errors.ts';
import { createLogger } from '../../src/platform/logger.ts';

function recording() {
  const lines: string[] = [];
  return { lines, logger: createLogger({ level: 'error', json: true, write: (line) => void lines.push(line) }) };
}

test('too much work for the database, and its full disk, is told as such, with a hint, and is no fault for the log', () => {
  const { lines, logger } = recording();
  const busy = new Error('timeout exceeded when trying to connect');
  const wrapped = new GraphQLError('any', { originalError: busy, path: ['search'] });
  const { extensions, message, path } = formatError(wrapped.toJSON(), wrapped, logger);
  assert.deepEqual(extensions, { code: 'RETRY_LATER', retryAfterMs: 1_000 });
  assert.match(message, /send the request again/);
  assert.deepEqual(path, ['search']);
  const { status, headers, body } = httpError(busy, logger);
  assert.deepEqual([status, headers, body.code], [503, { 'retry-after': '1' }, 'RETRY_LATER']);
  const slow = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
  assert.equal(httpError(slow, logger).status, 504);
  const full = Object.assign(new Error('could not extend file "base/1/2"'), { code: '53100' });
  const stored = new GraphQLError('any', { originalError: new Error('query failed', { cause: full }) });
  const { code } = formatError(stored.toJSON(), stored, logger).extensions ?? {};
  assert.deepEqual([code, httpError(full, logger).status], ['DISK_FULL', 507]);
  assert.deepEqual(lines, []);
});

test('a fault of ours shows nothing of itself', () => {
  const { lines, logger } = recording();
  const fault = new GraphQLError('column "secret" does not exist', { originalError: new Error('SELECT secret') });
  const { extensions, message } = formatError(fault.toJSON(), fault, logger);
  assert.deepEqual(extensions, { code: 'INTERNAL' });
  assert.doesNotMatch(message, /secret/);
  assert.match(String(lines), /SELECT secret/);
});
