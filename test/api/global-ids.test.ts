import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseGlobalId, rowId, toGlobalId } from '../../src/api/global-ids.ts';

const uuid = '0198b3f0-0000-7000-8000-0123456789ab';

test('an id goes there and back', () => {
  assert.equal(rowId('Dataset', toGlobalId('Dataset', uuid), ['id']), uuid);
  assert.equal(rowId('Item', toGlobalId('Item', 7), ['id']), 7);
});

test('an id of another type is refused with both types named', () => {
  assert.throws(() => rowId('Dataset', toGlobalId('Encoder', uuid), ['input', 'datasetId']), {
    code: 'BAD_INPUT',
    message: /^datasetId ".*" is the id of an Encoder; it must be the id of a Dataset\.$/,
    field: ['input', 'datasetId'],
  });
});

test('nothing but what was given out is taken, and nothing crashes', () => {
  for (const text of [
    `Dataset:${uuid.toUpperCase()}`,
    'Item:0',
    'Item:07',
    'Item:2147483648',
    'Item:',
    ':',
    'Nope:1',
    'toString:1',
  ]) {
    assert.equal(parseGlobalId(Buffer.from(text).toString('base64url')), undefined, text);
  }
  assert.equal(parseGlobalId(`${toGlobalId('Item', 7)}=`), undefined, 'a second spelling of the same id');
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseGlobalId(text);
      assert.ok(parsed === undefined || toGlobalId(parsed.type, parsed.id) === text);
    }),
  );
});
