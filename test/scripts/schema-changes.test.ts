import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
// @ts-expect-error plain JavaScript, run before anything is compiled
import { schemaChanges } from '../../scripts/schema-changes.mjs';
// @ts-expect-error plain JavaScript, run before anything is compiled
import { contractOf } from '../../scripts/schema-contract.mjs';

const schema = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');

test('the contract in the tests is that of the schema', () => {
  const noted = readFileSync(new URL('../api/schema-contract.txt', import.meta.url), 'utf8');
  assert.equal(contractOf(schema), noted, 'run `npm run codegen`, and look at what has changed for clients');
});

test('a change is told breaking, dangerous or safe', () => {
  const changed = (from: string, to: string) => {
    assert.ok(schema.includes(from), from);
    const { breaking, dangerous, safe } = schemaChanges(schema, schema.replace(from, to));
    return [breaking.length, dangerous.length, safe.length];
  };
  assert.deepEqual(changed('  itemCount: Int!', '  items2: Int!').slice(0, 1), [1], 'a field that is gone');
  assert.deepEqual(changed('  itemCount: Int!', '  itemCount: Int'), [1, 0, 0], 'a field that may be null');
  assert.deepEqual(
    changed('  dimensions: Int\n', '  dimensions: Int!\n'),
    [0, 0, 1],
    'a field that is never null any more',
  );
  assert.deepEqual(changed('  "Trained on."\n  TRAIN\n', ''), [1, 0, 0], 'a value that is gone');
  assert.deepEqual(
    changed('  m: Int\n  "Candidates', '  m: Int!\n  "Candidates'),
    [1, 0, 0],
    'an argument that must be given',
  );
  assert.deepEqual(
    changed('  fileName: String!\n  "Whether', '  fileName: String!\n  "New."\n  note: String\n  "Whether'),
    [0, 0, 1],
  );
  assert.deepEqual(changed('  k: Int! = 10', '  k: Int! = 20').slice(0, 2), [0, 1], 'another default');
  assert.deepEqual(schemaChanges(schema, schema.replaceAll('Global id', 'Id')), {
    breaking: [],
    dangerous: [],
    safe: [],
  });
});
