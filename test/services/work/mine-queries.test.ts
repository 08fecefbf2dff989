import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CANDIDATE_FATES } from '../../../src/domain/mining.ts';
import { type MiningInput, resolveMining, windowOf } from '../../../src/mining/settings.ts';
import { mineQueries } from '../../../src/services/work/mine-queries.ts';
import type { MiningTask } from '../../../src/services/work/mining-task.ts';

const ITEMS = 12;
/** Item i scores 1 - i / 20, so that ranks are rows. */
const scoreOf = (row: number) => 1 - row / 20;

/** One query against twelve items; nothing is known of them but what `task` says. */
async function fatesOf(task: Partial<MiningTask>, input: MiningInput = {}) {
  const spec = resolveMining({ relativeMargin: null, corpus: 'all', perQuery: ITEMS, ...input });
  const plain: MiningTask = {
    queryRows: Int32Array.of(0),
    side: 'queries',
    id: (row) => row + 1,
    positivesOf: () => Int32Array.of(2),
    selfOf: () => -1,
    textClasses: new Int32Array(ITEMS).fill(-1),
    equalsOf: () => null,
    paired: new Uint8Array(ITEMS).fill(1),
    labels: new Int32Array(ITEMS).fill(-1),
    markedOf: () => [],
    ...task,
  };
  const source = {
    retrieve: async (rows: Int32Array, window: number) => ({
      of: Array.from(rows, () => {
        const found = Array.from({ length: window }, (_, row) => row);
        return { rows: found, scores: found.map(scoreOf) };
      }),
      scoresOf: async (_: Int32Array, asked: Int32Array) => Float32Array.from(asked, scoreOf),
    }),
  };
  const window = windowOf(spec, ITEMS);
  const all = await Array.fromAsync(mineQueries({ task: plain, spec, window, source, judge: null }, 0));
  return all
    .flat()
    .map(({ found }) =>
      found === null ? null : Array.from(found.selection.fates, (code) => CANDIDATE_FATES[code] as string),
    );
}

const without = (fates: readonly string[] | null | undefined) =>
  (fates ?? []).flatMap((fate, row) => (fate === 'kept' ? [] : [`${row} ${fate}`]));

test('nothing but the known positive is left out where nothing else is known', async () => {
  const [fates] = await fatesOf({});
  assert.deepEqual([fates?.length, without(fates)], [ITEMS, ['2 positive']]);
});

test('rangeMax ends the window: what ranks behind it is no candidate', async () => {
  const [fates] = await fatesOf({}, { rangeMax: 5, perQuery: 2 });
  assert.deepEqual(fates, ['kept', 'kept', 'positive', 'not-chosen', 'not-chosen']);
});

test('of several positives all are left out, and margins count from the one that scores best', async () => {
  const several = { positivesOf: () => Int32Array.of(9, 4, 7) };
  assert.deepEqual(without((await fatesOf(several))[0]), ['4 positive', '7 positive', '9 positive']);
  // The best one scores 0.8; 0.25 less is 0.55, which item 9 has and item 8 has not.
  const margin = without((await fatesOf(several, { absoluteMargin: 0.25 }))[0]);
  assert.deepEqual(
    margin.filter((one) => one.includes('margin')).map((one) => Number(one.split(' ')[0])),
    [0, 1, 2, 3, 5, 6, 8],
  );
  // Counted from the worst one, item 10 and all above would be too near as well.
  assert.deepEqual(
    without((await fatesOf({ positivesOf: () => Int32Array.of(9) }, { absoluteMargin: 0.25 }))[0]).length,
    12,
  );
});

test('an item that reads as a positive of the query, or as the query itself, is left out', async () => {
  const textClasses = Int32Array.from({ length: ITEMS }, (_, row) => (row === 6 || row === 2 ? 1 : -1));
  assert.deepEqual(without((await fatesOf({ textClasses }))[0]), ['2 positive', '6 equal-text']);
  assert.deepEqual(without((await fatesOf({ equalsOf: () => ({ row: 8 }) }))[0]), ['2 positive', '8 equal-text']);
  const ofQuery = { textClasses: textClasses.map((of, row) => (row === 9 || row === 11 ? 0 : of)) };
  assert.deepEqual(without((await fatesOf({ ...ofQuery, equalsOf: () => ({ textClass: 0 }) }))[0]), [
    '2 positive',
    '6 equal-text',
    '9 equal-text',
    '11 equal-text',
  ]);
});

test('a marked item is left out, and named so unless it reads as a positive', async () => {
  assert.deepEqual(without((await fatesOf({ markedOf: () => [5, 2] }))[0]), ['2 positive', '5 marked']);
  const textClasses = Int32Array.from({ length: ITEMS }, (_, row) => (row === 5 || row === 2 ? 0 : -1));
  assert.deepEqual(without((await fatesOf({ textClasses, markedOf: () => [5] }))[0]), ['2 positive', '5 equal-text']);
});

test('an item with the label of any positive is left out, one without a label is not', async () => {
  const labels = Int32Array.from({ length: ITEMS }, (_, row) =>
    row === 2 || row === 5 ? 1 : row === 3 || row === 8 ? 2 : -1,
  );
  assert.deepEqual(without((await fatesOf({ labels }))[0]), ['2 positive', '5 equal-label']);
  const two = { labels, positivesOf: () => Int32Array.of(2, 3) };
  assert.deepEqual(without((await fatesOf(two))[0]), ['2 positive', '3 positive', '5 equal-label', '8 equal-label']);
  assert.deepEqual(without((await fatesOf(two, { excludeEqualLabels: false }))[0]), ['2 positive', '3 positive']);
});

test('a query that is an item is no negative of itself, and one without positives is passed over', async () => {
  assert.deepEqual(without((await fatesOf({ selfOf: () => 4 }))[0]), ['2 positive', '4 positive']);
  assert.deepEqual(await fatesOf({ positivesOf: () => new Int32Array(0) }), [null]);
});

test('seed alone changes what a random choice takes, and only that', async () => {
  const chosen = async (seed: number, row = 0) =>
    (await fatesOf({ queryRows: Int32Array.of(row) }, { strategy: 'random', perQuery: 3, seed }))[0];
  assert.deepEqual(await chosen(1), await chosen(1));
  assert.notDeepEqual(await chosen(1), await chosen(2));
  assert.notDeepEqual(await chosen(1), await chosen(1, 7), 'each query draws for itself');
});

test('whoever stops early has waited for the blocks that were being retrieved', async () => {
  const queries = 2_000;
  let [begun, ended] = [0, 0];
  const source = {
    async retrieve(rows: Int32Array) {
      begun++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended++;
      return { of: Array.from(rows, () => ({ rows: [], scores: [] })), scoresOf: async () => new Float32Array(1) };
    },
  };
  const task = {
    queryRows: Int32Array.from({ length: queries }, (_, row) => row),
    positivesOf: () => new Int32Array(0),
    paired: new Uint8Array(0),
    textClasses: new Int32Array(0),
    labels: new Int32Array(0),
  } as unknown as MiningTask;
  for await (const block of mineQueries({ task, spec: resolveMining(), window: 5, source, judge: null }, 0)) {
    assert.ok(block.length > 0 && block.every(({ found }) => found === null));
    break;
  }
  assert.deepEqual([begun, ended], [3, 3]);
});
