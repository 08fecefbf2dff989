import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { relationsOf, withoutOwn } from '../../../src/training/paradigms/pair-relations.ts';

const ITEMS = 7;

const scenario = fc.record({
  positives: fc.array(fc.uniqueArray(fc.nat(ITEMS - 1), { maxLength: 4 }), { minLength: 5, maxLength: 5 }),
  labels: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: ITEMS, maxLength: ITEMS }),
  batch: fc.array(fc.tuple(fc.nat(4), fc.nat(ITEMS - 1)), { minLength: 1, maxLength: 8 }),
  columns: fc.array(fc.tuple(fc.nat(4), fc.nat(ITEMS - 1)), { maxLength: 12 }),
  side: fc.constantFrom('query' as const, 'key' as const),
  maskEqualLabel: fc.boolean(),
  labelsArePositives: fc.boolean(),
});

const rowsOf = (pairs: readonly (readonly [number, number])[], n: 0 | 1) => Int32Array.from(pairs, (pair) => pair[n]);
const sorted = (positions: Int32Array) => [...positions].sort((a, b) => a - b);

test('equals a look at every pair: hidden by item, by label, positives by label', () => {
  fc.assert(
    fc.property(scenario, ({ positives, labels, batch, columns, side, maskEqualLabel, labelsArePositives }) => {
      const context = {
        positivesOf: (row: number) => Int32Array.from(positives[row]!),
        items: { count: ITEMS, prepared: () => 0, labels: Int32Array.from(labels) },
        labelsArePositives,
      };
      const found = relationsOf(side, { queryRows: rowsOf(batch, 0), keyRows: rowsOf(batch, 1) }, context as never, {
        maskEqualLabel,
      })({ queryRows: rowsOf(columns, 0), itemRows: rowsOf(columns, 1) });

      const hidden: number[] = [];
      const alike: number[] = [];
      for (const [i, row] of batch.entries()) {
        for (const [j, column] of columns.entries()) {
          const [asking, answering] = side === 'query' ? [row, column] : [column, row];
          const known =
            positives[asking[0]]!.includes(answering[1]) || (!labelsArePositives && asking[1] === answering[1]);
          const sameLabel = labels[row[1]]! >= 0 && labels[row[1]] === labels[column[1]];
          if (known || (maskEqualLabel && !labelsArePositives && sameLabel)) hidden.push(i * columns.length + j);
          else if (labelsArePositives && sameLabel) alike.push(i * columns.length + j);
        }
      }
      assert.deepEqual(sorted(found.hidden), hidden);
      assert.deepEqual(sorted(found.positives), alike);
    }),
  );
});

test('leaves the pair itself alone, wherever a block of the batch begins', () => {
  const every = Int32Array.from({ length: 2 * 4 }, (_, at) => at);
  const own = (firstRow: number, firstColumn: number) => {
    const { hidden } = withoutOwn({ hidden: every, positives: every }, { columns: 4, firstRow, firstColumn });
    return [...every].filter((at) => !hidden.includes(at));
  };
  assert.deepEqual(own(0, 0), [0, 5]);
  assert.deepEqual(own(2, 0), [2, 7]);
  assert.deepEqual(own(0, 1), [4]);
  assert.deepEqual(own(4, 0), []);
});
