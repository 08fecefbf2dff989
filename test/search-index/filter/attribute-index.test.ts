import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AttributeIndex } from '../../../src/search-index/filter/attribute-index.ts';
import { valueAt } from '../../../src/search-index/filter/attribute-values.ts';
import type {
  Attribute,
  AttributeTest,
  Filter,
  FilterValue,
  ItemAttributes,
} from '../../../src/search-index/filter/filter.ts';
import { matches } from '../../../src/search-index/filter/matches.ts';
import { RowSet } from '../../../src/search-index/filter/row-set.ts';

/** The meaning of a filter once more, written the other way round: the path is walked, not the item. */
function passes(filter: Filter, item: ItemAttributes): boolean {
  if ('and' in filter) return !filter.and.some((part) => !passes(part, item));
  if ('or' in filter) return filter.or.map((part) => passes(part, item)).includes(true);
  if ('not' in filter) return passes(filter.not, item) === false;
  const { attribute, test } = filter;
  const found = walk({ label: item.label, metadata: item.metadata }, attribute, false);
  return found.some(({ value, element }) => {
    if (test.kind === 'exists') return true;
    if (typeof value === 'object') return false;
    if (test.kind === 'in') return test.values.some((wanted) => wanted === value);
    if (test.kind === 'contains') {
      return element
        ? value === test.value
        : `${typeof value}${typeof test.value}` === 'stringstring' && String(value).indexOf(String(test.value)) >= 0;
    }
    return Object.entries(test.range).every(([sign, bound]) => {
      if (typeof bound !== typeof value) return false;
      const order = value < bound ? -1 : value === bound ? 0 : 1;
      return { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[sign];
    });
  });
}

function walk(value: unknown, path: string, element: boolean): { value: FilterValue | object; element: boolean }[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    const inside = value.flatMap((part) => walk(part, path, true));
    return path === '' ? [{ value, element }, ...inside] : inside;
  }
  if (path === '') return [{ value: value as FilterValue | object, element }];
  if (typeof value !== 'object') return [];
  return Object.keys(value)
    .filter((key) => path === key || path.startsWith(`${key}.`))
    .flatMap((key) => walk((value as Record<string, unknown>)[key], path.slice(key.length + 1), element));
}

const KEYS = ['a', 'b', 'a.b', 'c'];
const scalar = fc.oneof(
  fc.constantFrom<FilterValue>('', 'x', 'xy', 'y', '1', 'true', 'Ä', '\ud83d\ude00'),
  fc.constantFrom<FilterValue>(0, -0, 1, 1.5, -3, 1e300),
  fc.boolean(),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 3 }),
  ),
}));
const item = fc.record({
  label: fc.option(fc.constantFrom('x', 'xy', 'y', '')),
  metadata: fc.oneof(
    fc.dictionary(fc.constantFrom(...KEYS), json.value, { maxKeys: 4 }),
    fc.constantFrom<unknown>(null, 3, 'a', ['a']),
  ),
});
const attribute = fc.constantFrom<Attribute>(
  'label',
  'metadata.a',
  'metadata.b',
  'metadata.a.b',
  'metadata.c',
  'metadata.missing',
);
const bound = fc.record({ lt: fc.nat(2), lte: fc.nat(2), gt: fc.nat(2), gte: fc.nat(2) }, { requiredKeys: [] });
const condition = fc.oneof<fc.Arbitrary<AttributeTest>[]>(
  fc.record({ kind: fc.constant('in' as const), values: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('contains' as const), value: scalar }),
  fc.constant({ kind: 'exists' as const }),
  bound.filter((range) => Object.keys(range).length > 0).map((range) => ({ kind: 'range' as const, range })),
  fc.constantFrom('', 'x', 'y').map((gte) => ({ kind: 'range' as const, range: { gte, lt: 'y' } })),
);
const filter = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({ attribute, test: condition }),
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter;

test('selects the rows that a naive reading of the filter lets pass, changed and deleted rows too', () => {
  const cases = fc.tuple(
    fc.array(item, { maxLength: 70 }),
    fc.array(fc.tuple(fc.nat(69), fc.option(item)), { maxLength: 6 }),
    fc.array(filter, { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(cases, ([items, changes, filters]) => {
      const index = new AttributeIndex(items.length);
      const now: (ItemAttributes | null)[] = [...items];
      for (const [row, attributes] of items.entries()) index.add(row, attributes);
      const check = () => {
        for (const asked of filters) {
          const expected = now.flatMap((attributes, row) =>
            attributes !== null && passes(asked, attributes) ? [row] : [],
          );
          assert.deepEqual([...index.select(asked).toRows()], expected, JSON.stringify(asked));
          for (const attributes of now) {
            if (attributes !== null) assert.equal(matches(asked, attributes), passes(asked, attributes));
          }
        }
      };
      check();
      for (const [row, attributes] of changes) {
        if (row >= items.length) continue;
        index.replace(row, attributes);
        now[row] = attributes;
      }
      check();
    }),
    { numRuns: 400 },
  );
});

test('a filter may not look at rows whose item is gone, even when it says not', () => {
  const index = new AttributeIndex(3);
  index.add(0, { label: 'a', metadata: {} });
  index.add(2, { label: 'b', metadata: {} });
  assert.deepEqual(
    [...index.select({ not: { attribute: 'label', test: { kind: 'in', values: ['a'] } } }).toRows()],
    [2],
  );
  assert.deepEqual([...index.select({ and: [] }).toRows()], [0, 2]);
  assert.deepEqual([...index.select({ or: [] }).toRows()], []);
});

test('sets of rows combine as sets of numbers do', () => {
  const rows = 77;
  const members = fc.uniqueArray(fc.nat(rows - 1));
  fc.assert(
    fc.property(members, members, (a, b) => {
      const [left, right] = [RowSet.of(rows, a), RowSet.of(rows, b)];
      const ascending = (set: Set<number>) => [...set].sort((x, y) => x - y);
      const [setA, setB] = [new Set(a), new Set(b)];
      assert.deepEqual([...left.and(right).toRows()], ascending(setA.intersection(setB)));
      assert.deepEqual([...left.or(right).toRows()], ascending(setA.union(setB)));
      assert.deepEqual([...left.without(right).toRows()], ascending(setA.difference(setB)));
      assert.equal(left.complement().size, rows - a.length);
      assert.deepEqual([...left.complement().complement().toRows()], ascending(setA));
      assert.equal(left.size, a.length);
      for (const row of a) left.remove(row);
      assert.equal(left.size, 0);
    }),
  );
  assert.throws(() => new RowSet(3).add(3), RangeError);
  assert.throws(() => new RowSet(3).and(new RowSet(4)), RangeError);
});

test('finds the values at a path where conditions find them', () => {
  const metadata = {
    plain: 1,
    'a.b': 'dotted',
    a: { c: { d: false } },
    list: [1, [2]],
    nothing: null,
    books: [{ title: 'one' }, {}, { title: 'two' }],
    rows: [[{ x: 1 }]],
  };
  const expected = {
    plain: 1,
    'a.b': 'dotted',
    'a.c.d': false,
    'a.c': { d: false },
    list: [1, [2]],
    'books.title': ['one', 'two'],
    'books.pages': null,
    'rows.x': [1],
    'plain.x': null,
    nothing: null,
    toString: null,
    '': null,
  };
  for (const [path, value] of Object.entries(expected)) assert.deepEqual(valueAt(metadata, path), value, path);
  assert.deepEqual(valueAt({ 'a.b': 1, a: { b: 2 } }, 'a.b'), [2, 1]);
  for (const none of [null, 'a', [1]]) assert.equal(valueAt(none, 'a'), null);
});
