import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseValue } from 'graphql';
import { filterOf } from '../../src/api/filters.ts';
import { scalars } from '../../src/api/scalars.ts';

test('conditions given together must all hold', () => {
  const attribute = 'metadata.year' as const;
  assert.deepEqual(filterOf({ metadata: { key: 'year', gte: 2020, lt: 2024, in: [2021, 2022], exists: true } }), {
    and: [
      { attribute, test: { kind: 'in', values: [2021, 2022] } },
      { attribute, test: { kind: 'range', range: { lt: 2024, gte: 2020 } } },
      { attribute, test: { kind: 'exists' } },
    ],
  });
});

test('false, zero and the empty text are values, null is a condition that was not given', () => {
  const metadata = (eq: string | number | boolean) => filterOf({ metadata: { key: 'a', eq, lt: null } });
  for (const value of [false, 0, '']) {
    assert.deepEqual(metadata(value), { attribute: 'metadata.a', test: { kind: 'in', values: [value] } });
  }
});

test('and, or, not and exists: false nest', () => {
  const missing = { not: { attribute: 'label', test: { kind: 'exists' } } };
  const input = { or: [{ and: [] }, { not: { label: { exists: false } } }] };
  assert.deepEqual(filterOf(input), { or: [{ and: [] }, { not: missing }] });
});

test('a condition that asks nothing is refused', () => {
  assert.throws(() => filterOf({ label: {} }), { code: 'BAD_INPUT', message: /on label asks nothing/ });
  assert.throws(() => filterOf({ metadata: { key: 'a', eq: null } }), { code: 'BAD_INPUT' });
});

test('a value is a text, a finite number or a boolean, in the query text as in variables', () => {
  const { FilterValue } = scalars;
  const literal = (text: string) => FilterValue.parseLiteral(parseValue(text), {});
  for (const value of ['x', 1.5, -2, true]) {
    assert.equal(FilterValue.parseValue(value), value);
    assert.equal(literal(JSON.stringify(value)), value);
  }
  for (const value of [null, [1], { a: 1 }, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => FilterValue.parseValue(value), { extensions: { code: 'BAD_INPUT' } });
  }
  for (const text of ['null', '[1]', '{a: 1}', 'NAME', '1e999']) assert.throws(() => literal(text), String(text));
});
