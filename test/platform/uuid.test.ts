import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUuid, newUuid } from '../../src/platform/uuid.ts';

test('is a UUID of version 7 that begins with its time and sorts by it', () => {
  const id = newUuid(0x0198_1234_5678);
  assert.match(id, /^01981234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(newUuid(1_000) < newUuid(1_001));
  assert.notEqual(newUuid(1), newUuid(1));
});

test('tells a UUID from other text', () => {
  assert.equal(isUuid(newUuid()), true);
  for (const text of ['', 'x', `${newUuid()} `, newUuid().replace('-', '')]) assert.equal(isUuid(text), false);
});
