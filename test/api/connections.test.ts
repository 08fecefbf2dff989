import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { integerKey, nameKey, toConnection, uuidKey } from '../../src/api/connections.ts';

/** A list of ascending numbers behind a connection. */
const page = (rows: readonly number[], first: number, after?: string | null) =>
  toConnection<number, number>(
    { first, after },
    integerKey(),
    (row) => row,
    async ({ after: key, first: most }) => {
      const following = rows.filter((row) => key === undefined || row > key);
      return { rows: following.slice(0, most), hasNextPage: following.length > most };
    },
  );

test('walking the pages gives every row once, whatever the page size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(1000), { maxLength: 50 }),
      fc.integer({ min: 1, max: 60 }),
      async (numbers, first) => {
        const rows = numbers.sort((a, b) => a - b);
        const seen: number[] = [];
        for (let after: string | null = null; ; ) {
          const { nodes, pageInfo } = await page(rows, first, after);
          seen.push(...nodes);
          after = pageInfo.endCursor;
          if (!pageInfo.hasNextPage) break;
        }
        assert.deepEqual(seen, rows);
      },
    ),
  );
});

test('a row that appears or goes between two pages moves no other row', async () => {
  const { pageInfo } = await page([1, 3, 5, 7], 2);
  assert.deepEqual((await page([2, 3, 7, 9], 2, pageInfo.endCursor)).nodes, [7, 9]);
});

test('first is refused outside 1 to 100', async () => {
  for (const first of [0, -1, 101]) {
    await assert.rejects(page([], first), {
      code: 'BAD_INPUT',
      message: `first is ${first}; it must be from 1 to 100.`,
    });
  }
});

test('a cursor of another list, or a made-up one, is refused', async () => {
  const other = await toConnection(
    { first: 1 },
    nameKey,
    (row) => row,
    async () => ({ rows: ['a'], hasNextPage: true }),
  );
  for (const cursor of [other.pageInfo.endCursor, '', 'x', 'aTp4', 'a'.repeat(5000)]) {
    await assert.rejects(page([1], 1, cursor as string), { code: 'BAD_INPUT', field: ['after'] });
  }
  assert.equal(uuidKey().parse("'; DROP TABLE"), undefined);
});
