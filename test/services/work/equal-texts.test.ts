import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withEqualTexts } from '../../../src/services/work/equal-texts.ts';

const column = (texts: readonly string[]) => ({ count: texts.length, text: (row: number) => texts[row] as string });
const ITEMS = ['red', 'green', 'red', 'blue', 'red', 'green '];
const POSITIVES = [[0], [1, 3], [3], []];

function expand(queries: readonly string[], querySide: 'queries' | 'items' = 'queries') {
  const positivesOf = (row: number) => Int32Array.from(POSITIVES[row] ?? [row]);
  const snapshot = { items: column(ITEMS), queries: column(queries), kind: 'TEXT' } as never;
  const expanded = withEqualTexts(snapshot, { positivesOf, querySide });
  return (row: number) => [...expanded(row)].sort();
}

test('items that read the same are positives together, and only these', () => {
  const positivesOf = expand(['a', 'b', 'c', 'd']);
  assert.deepEqual(POSITIVES.keys().map(positivesOf).toArray(), [[0, 2, 4], [1, 3], [3], []]);
});

test('queries that read the same share their positives', () => {
  const positivesOf = expand(['a', 'b', 'a', 'b']);
  assert.deepEqual(POSITIVES.keys().map(positivesOf).toArray(), [
    [0, 2, 3, 4],
    [1, 3],
    [0, 2, 3, 4],
    [1, 3],
  ]);
});

test('where queries are items their rows are not taken for rows of queries', () => {
  assert.deepEqual(expand(['a', 'b', 'a', 'b'], 'items')(2), [3]);
});
