import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../../src/platform/logger.ts';

test('for machines each line is one JSON object, with the error’s stack inside', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', json: true, write: (line) => lines.push(line) });
  logger.debug('not said');
  logger.child({ run: 'r1' }).warn({ error: new Error('bad') }, 'said');
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0] as string) as Record<string, unknown>;
  assert.equal(line.msg, 'said');
  assert.equal(line.run, 'r1');
  assert.match((line.error as { stack: string }).stack, /^Error: bad\n/);
});

test('for people a line has time, level, message and the fields', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', json: false, write: (line) => lines.push(line) });
  logger.info({ rows: 3, file: 'a b' }, 'imported');
  logger.error({ err: new Error('bad') }, 'failed');
  assert.match(lines[0] as string, /^\d{4}-\d\d-\d\dT[\d:.]+Z info {2}imported rows=3 file=a b\n$/);
  assert.match(lines[1] as string, /error failed\nError: bad\n/);
});
