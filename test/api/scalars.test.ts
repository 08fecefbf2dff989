import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'graphql';
import { scalars, toBase64, toList } from '../../src/api/scalars.ts';

const { Vector } = scalars;
const floats = fc.float32Array({ minLength: 1, maxLength: 20, noNaN: true, noDefaultInfinity: true });

test('a vector goes there and back bit for bit, as list and as base64', () => {
  fc.assert(
    fc.property(floats, (vector) => {
      // -0 becomes 0 as JSON text.
      const expected = vector.map((value) => value + 0);
      assert.deepEqual(Vector.parseValue(JSON.parse(JSON.stringify(toList(vector)))), expected);
      assert.deepEqual(Vector.parseValue(toBase64(vector)), vector);
    }),
  );
});

test('what is no vector is refused and says why', () => {
  const refusals: [unknown, RegExp][] = [
    [[], /0 numbers/],
    ['', /0 numbers/],
    [[1, 'x'], /list of numbers/],
    [{}, /list of numbers/],
    [[1, 1e39], /Number 1 .* not a finite float32/],
    ['AACAfw==', /Number 0 .* not a finite float32/],
    ['AAA=', /2 bytes; .* multiple of 4/],
    ['????', /not valid base64/],
    ['AACA-w==', /not valid base64/],
    ['AACA Pw==', /not valid base64/],
    ['AA==AAAA', /not valid base64/],
    [new Array(20_000).fill(0), /20000 numbers/],
  ];
  for (const [value, message] of refusals) assert.throws(() => Vector.parseValue(value), { message });
});

test('a vector inside the query text is refused', () => {
  const document = parse('{ f(v: [1, 2]) }');
  assert.throws(
    () =>
      Vector.parseLiteral(
        (document as never as { definitions: [{ selectionSet: { selections: [{ arguments: [{ value: never }] }] } }] })
          .definitions[0].selectionSet.selections[0].arguments[0].value,
      ),
    /from variables only/,
  );
});
