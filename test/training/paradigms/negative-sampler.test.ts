import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../src/platform/random.ts';
import { createEncodedOnce } from '../../../src/training/paradigms/encoded-once.ts';
import {
  type Candidates,
  createNegativeSampler,
  type NegativeSamplerOptions,
} from '../../../src/training/paradigms/negative-sampler.ts';
import { notNegatives } from '../../../src/training/paradigms/not-negatives.ts';
import type { ParadigmContext } from '../../../src/training/paradigms/paradigm.ts';

const ITEMS = 12;
/** Query q has items q and q + 1. */
const positivesOf = (query: number) => Int32Array.of(query, query + 1);
const QUERIES = Int32Array.of(0, 3, 3, 7);
const KEYS = Int32Array.of(0, 3, 4, 8);

function draws(options: Partial<NegativeSamplerOptions> & { seed?: number }, times = 1): number[][][] {
  const draw = createNegativeSampler({
    items: ITEMS,
    negatives: 4,
    shared: false,
    notNegativesOf: positivesOf,
    givenOf: null,
    random: createRandom(options.seed ?? 1),
    ...options,
  });
  return Array.from({ length: times }, () => listed(draw(QUERIES, KEYS)));
}

function listed({ offsets, rows }: Candidates): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, i) => [...rows.subarray(offsets[i], offsets[i + 1])]);
}

const others = (query: number) =>
  Array.from({ length: ITEMS }, (_, row) => row).filter((r) => !positivesOf(query).includes(r));

test('puts the positive first, then K items that are no positives, none twice', () => {
  for (const negatives of [1, 4, 5, 9]) {
    for (const own of draws({ negatives }, 50)) {
      for (const [i, rows] of own.entries()) {
        assert.equal(rows[0], KEYS[i]);
        assert.equal(rows.length, 1 + negatives);
        assert.equal(new Set(rows).size, rows.length);
        for (const row of rows.slice(1)) assert.ok(others(QUERIES[i]!).includes(row));
      }
    }
  }
});

test('draws every allowed item equally often, however many are wanted', () => {
  for (const negatives of [1, 3, 7]) {
    const times = 5_000;
    const counts = new Map<number, number>();
    for (const own of draws({ negatives }, times)) {
      for (const row of own[3]!.slice(1)) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    const expected = (times * negatives) / others(7).length;
    // Five standard deviations.
    for (const row of others(7)) assert.ok(Math.abs(counts.get(row)! - expected) < 5 * Math.sqrt(expected), `${row}`);
  }
});

test('takes all there are when more are wanted', () => {
  for (const shared of [false, true]) {
    const [own] = draws({ negatives: 1_000, shared });
    for (const [i, rows] of own!.entries()) {
      assert.deepEqual(
        rows.slice(1).sort((a, b) => a - b),
        others(QUERIES[i]!),
      );
    }
  }
});

test('takes given negatives first and fills up; of too many it takes some of them all', () => {
  const givenOf = (query: number) => (query === 3 ? Int32Array.of(9, 3, 10, 9) : new Int32Array(0));
  for (const own of draws({ givenOf }, 20)) {
    // Item 3 is a positive of query 3, and 9 stands twice.
    assert.deepEqual(own[1]!.slice(1, 3), [9, 10]);
    assert.equal(own[1]!.length, 5);
    assert.equal(new Set(own[1]).size, 5);
    assert.equal(own[0]!.length, 5);
  }
  const seen = new Set(draws({ givenOf, negatives: 1 }, 100).map((own) => own[1]![1]));
  assert.deepEqual([...seen].sort(), [10, 9]);
});

test('of given negatives at most so many are taken, and those that are not may be drawn like others', () => {
  const givenOf = () => Int32Array.of(9, 10, 11);
  for (const shared of [false, true]) {
    const own = draws({ givenOf, mostGiven: 1, negatives: 4, shared }, 400).map((rows) => rows[0]!);
    // Query 0 may be held against items 2 to 11, of which the first one is given and the others are drawn.
    assert.deepEqual(new Set(own.map((rows) => rows[1])), new Set([9, 10, 11]));
    assert.deepEqual(new Set(own.flatMap((rows) => rows.slice(2))), new Set(others(0)));
    for (const rows of own) assert.equal(new Set(rows).size, rows.length);
    if (!shared) assert.ok(own.every((rows) => rows.length === 5));
  }
  const [none] = draws({ givenOf, mostGiven: 0 });
  assert.deepEqual(none, draws({})[0]);
});

test('a shared draw is one for all queries, less the positives of each', () => {
  for (const own of draws({ shared: true, negatives: 6 }, 50)) {
    const drawn = new Set(own.flatMap((rows) => rows.slice(1)));
    assert.ok(drawn.size <= 6);
    for (const [i, rows] of own.entries()) {
      assert.deepEqual(new Set(rows.slice(1)), drawn.difference(new Set(positivesOf(QUERIES[i]!))));
    }
  }
});

test('draws the same from the same state of its random stream', () => {
  const random = createRandom(5);
  draws({ random }, 3);
  const state = random.state();
  const [next] = draws({ random });
  random.restore(state);
  assert.deepEqual(draws({ random })[0], next);
  assert.notDeepEqual(draws({ random })[0], next);
});

test('encodes each candidate once, and each place holds what it is said to hold', () => {
  const scenario = fc.array(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
  const encodedOnce = createEncodedOnce(10);
  fc.assert(
    fc.property(scenario, (own) => {
      const offsets = Int32Array.from([0, ...own.map((_, i) => own.slice(0, i + 1).flat().length)]);
      const rows = Int32Array.from(own.flat());
      const { others, places } = encodedOnce({ offsets, rows });
      const keys = own.map(([positive]) => positive!);
      const encoded = [...keys, ...others];
      assert.deepEqual(
        Array.from(places, (place) => encoded[place]),
        [...rows],
      );
      for (const i of own.keys()) assert.equal(places[offsets[i]!], i);
      assert.equal(new Set([...new Set(keys), ...others]).size, new Set(keys).size + others.length);
    }),
  );
});

test('where positives go by label, an item of the label of the positive is no negative', () => {
  const labels = Int32Array.from({ length: ITEMS }, (_, row) => (row < 10 ? row % 3 : -1));
  const items = { count: ITEMS, prepared: () => null, labels };
  const context = { items, positivesOf: (row: number) => Int32Array.of(row) } as unknown as ParadigmContext;
  const drawn = (labelsArePositives: boolean) =>
    draws({ notNegativesOf: notNegatives({ ...context, labelsArePositives }), negatives: 100 })[0]!;
  for (const [i, [positive, ...negatives]] of drawn(true).entries()) {
    const expected = Array.from({ length: ITEMS }, (_, row) => row).filter((row) => {
      return row !== positive && row !== QUERIES[i] && labels[row] !== labels[positive!];
    });
    assert.deepEqual(negatives, expected);
  }
  // Items without a label are of no label together.
  assert.deepEqual([...notNegatives({ ...context, labelsArePositives: true })(0, 11)], [0]);
  assert.equal(drawn(false)[0]!.length, ITEMS);
});

test('refuses a draw that would not fit into memory, with the figures', () => {
  const draw = createNegativeSampler({
    items: 1_000_000,
    negatives: 2_000_000,
    shared: false,
    notNegativesOf: positivesOf,
    givenOf: null,
    random: createRandom(1),
  });
  const queries = new Int32Array(1_000_000);
  assert.throws(() => draw(queries, queries), {
    code: 'BAD_INPUT',
    message: /1000000 negatives for each of 1000000 queries needs 7450.6 GiB, .*fewer negatives/,
  });
});
