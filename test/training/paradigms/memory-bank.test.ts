import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuartetError } from '../../../src/domain/errors.ts';
import type { MemoryBankSpec } from '../../../src/domain/training.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { resolveTrainingConfig } from '../../../src/training/defaults.ts';
import { createMemoryBank } from '../../../src/training/paradigms/memory-bank.ts';
import type { Batch } from '../../../src/training/paradigms/paradigm.ts';
import { testTensors } from '../../support/tensors.ts';
import { dot, oracleCandidateGradients, oracleCandidateLoss, sum } from '../losses/candidate-loss-oracle.ts';
import { assertNear, unitRows } from '../losses/vectors.ts';
import { spyTower } from './spy-tower.ts';

const tensors = await testTensors();
const ITEMS = 14;
const QUERIES = 6;
const WIDTH = 8;
/** Query q has items q and q + 3, so that queries share some. */
const positivesOf = (query: number) => Int32Array.of(query, query + 3);

function start(settings: Partial<MemoryBankSpec>, itemCount = ITEMS, given: readonly number[] = []) {
  const spec = resolveTrainingConfig({ paradigm: { name: 'memory-bank', ...settings } }).paradigm as MemoryBankSpec;
  const queryTower = spyTower(tensors, unitRows(QUERIES, WIDTH, 1));
  const keyTower = spyTower(tensors, unitRows(ITEMS, WIDTH, 2));
  const items = { count: itemCount, prepared: (row: number) => row };
  const negativesOf = () => Int32Array.from(given);
  const context = { tensors, queryTower, keyTower, positivesOf, negativesOf, items, seed: 3 };
  return { spec, paradigm: createMemoryBank(spec, context), queryTower, keyTower };
}

function batchOf(pairs: readonly (readonly [number, number])[]): Batch<number> {
  const [queryRows, keyRows] = [Int32Array.from(pairs, ([q]) => q), Int32Array.from(pairs, ([, k]) => k)];
  return { queries: [...queryRows], keys: [...keyRows], queryRows, keyRows, progress: 0 };
}

const bankOf = ({ paradigm }: Pick<ReturnType<typeof start>, 'paradigm'>) => {
  const { bank } = paradigm.state() as { bank: Float32Array };
  return Array.from({ length: ITEMS }, (_, row) => [...bank.subarray(row * WIDTH, (row + 1) * WIDTH)]);
};
const unit = (row: readonly number[]) => row.map((x) => x / Math.hypot(...row));

// With more negatives wanted than there are items all others are taken, so that the simulation needs no luck.
for (const settings of [
  { loss: 'nce', negatives: 1_000 },
  { loss: 'nce', negatives: 1_000, shareNegatives: true, bankMomentum: 0.9, temperature: 0.2 },
  { loss: 'sampled-info-nce', negatives: 1_000, initialise: 'random' },
  { loss: 'full-softmax', proximalWeight: 0.5, bankMomentum: 0 },
] as const) {
  test(`equals a naive simulation after 100 steps: ${JSON.stringify(settings)}`, () => {
    const all = start(settings);
    const { spec, paradigm, queryTower, keyTower } = all;
    const { bankMomentum: m, proximalWeight, loss: kind } = spec;
    const scale = 1 / spec.temperature;
    const random = createRandom(7);
    const before = tensors.tf.memory().numTensors;
    let bank: number[][] = keyTower.rows.map((row) => [...row]);
    let partition = Number.NaN;
    for (let step = 0; step < 100; step++) {
      const pairs = Array.from({ length: 4 }, () => {
        const query = random.int(QUERIES);
        return [query, query + 3 * random.int(2)] as const;
      });
      const loss = paradigm.step(batchOf(pairs));
      if (step === 0 && spec.initialise === 'random') bank = untouchedBank(settings);

      const queries = pairs.map(([query]) => queryTower.rows[query]!);
      const candidates = pairs.map(([query, key]) => [
        key,
        ...bank.keys().filter((row) => !positivesOf(query).includes(row)),
      ]);
      if (step === 0) {
        const exponentials = candidates.flatMap((rows, i) =>
          rows.map((row) => Math.exp(scale * dot(queries[i]!, bank[row]!))),
        );
        partition = (ITEMS * sum(exponentials)) / exponentials.length;
      }
      const oracle = {
        queries,
        keys: bank,
        candidates,
        scale,
        kind: kind === 'nce' ? { partition, items: ITEMS } : 'info-nce',
      } as const;
      const { dQueries } = oracleCandidateGradients(oracle);
      let expected = oracleCandidateLoss(oracle);
      for (const [i, [, key]] of pairs.entries()) {
        for (const d of queries[i]!.keys()) {
          const apart = queries[i]![d]! - bank[key]![d]!;
          expected += (proximalWeight / 4) * apart ** 2;
          dQueries[i]![d]! += ((2 * proximalWeight) / 4) * apart;
        }
      }
      assertNear(loss, expected, `loss at step ${step}`);
      assertNear(queryTower.passes.at(-1)!.gradient, dQueries, `gradient at step ${step}`);

      const next = bank.map((row) => [...row]);
      for (const [, key] of pairs) {
        next[key] = unit(bank[key]!.map((v, d) => m * v + (1 - m) * keyTower.rows[key]![d]!));
      }
      bank = next;
      // As if an optimizer had moved the weights.
      for (const tower of [queryTower, keyTower]) {
        for (const [r, row] of tower.rows.entries()) {
          tower.rows[r] = unit(row.map((x) => x + 0.1 * random.normal())).map(Math.fround);
        }
      }
    }
    assertNear(bankOf(all), bank, 'bank');
    assert.equal(tensors.tf.memory().numTensors, before);
    assert.equal(keyTower.passes.length, 0, 'no forward pass with a gradient on the key side');
  });
}

for (const [hardFraction, hard] of [
  [0, 0],
  [0.25, 1],
  [0.5, 2],
  [1, 4],
] as const) {
  test(`with hardFraction ${hardFraction} of 4 negatives ${hard} are given ones, the rest is drawn`, () => {
    const given = [6, 9, 10, 11, 12, 13];
    const spec = { loss: 'sampled-info-nce', negatives: 4, temperature: 1, hardFraction } as const;
    const seen = new Set<number>();
    for (let query = 0; query < QUERIES; query++) {
      const { paradigm, queryTower, keyTower } = start(spec, ITEMS, given);
      const loss = paradigm.step(batchOf([[query, query]]));
      const possible = Array.from({ length: ITEMS }, (_, row) => row).filter((r) => !positivesOf(query).includes(r));
      // Which four it were is told by the loss alone: the only choice that gives it.
      const close = choices(possible, 4).filter((rows) => {
        const oracle = { queries: [queryTower.rows[query]!], keys: keyTower.rows, candidates: [[query, ...rows]] };
        return Math.abs(oracleCandidateLoss({ ...oracle, scale: 1, kind: 'info-nce' }) - loss) < 1e-6;
      });
      assert.ok(close.length > 0, `no choice gives the loss of query ${query}`);
      assert.ok(
        close.some((rows) => rows.filter((row) => given.includes(row)).length >= hard),
        `query ${query}: ${JSON.stringify(close)}`,
      );
      for (const row of close[0]!) seen.add(row);
    }
    assert.equal(
      hardFraction === 1,
      [...seen].every((row) => given.includes(row)),
    );
  });
}

function choices(from: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return from.flatMap((row, i) => choices(from.slice(i + 1), size - 1).map((rest) => [row, ...rest]));
}

/** The random bank as drawn: a step moves the row of its positive alone, so that two twins show all rows between them. */
function untouchedBank(settings: Partial<MemoryBankSpec>): number[][] {
  const [first, second] = [0, 1].map((row) => {
    const twin = start(settings);
    twin.paradigm.step(batchOf([[row, row]]));
    return bankOf(twin);
  });
  return second!.map((row, r) => (r === 1 ? first![r]! : row));
}

test('changes the rows of the batch and no other, by an average of row and embedding', () => {
  const all = start({ loss: 'sampled-info-nce', negatives: 5 });
  const { paradigm, keyTower } = all;
  paradigm.step(batchOf([[0, 0]]));
  const before = bankOf(all);
  const moved = unitRows(ITEMS, WIDTH, 9);
  for (const [r, row] of moved.entries()) keyTower.rows[r] = row;
  paradigm.step(
    batchOf([
      [1, 4],
      [4, 4],
      [2, 2],
    ]),
  );
  for (const [r, row] of bankOf(all).entries()) {
    if (r !== 4 && r !== 2) assert.deepEqual(row, before[r], `row ${r}`);
    else assertNear(row, unit(before[r]!.map((v, d) => 0.5 * v + 0.5 * moved[r]![d]!)), `row ${r}`);
  }
});

test('random rows are unit vectors in every direction, encoded ones are what the encoder gives', () => {
  const random = start({ initialise: 'random', loss: 'full-softmax' });
  random.paradigm.step(batchOf([[0, 0]]));
  for (const row of bankOf(random)) assertNear(Math.hypot(...row), 1, 'norm');
  const mean = sum(bankOf(random).flat()) / (ITEMS * WIDTH);
  assert.ok(Math.abs(mean) < 5 / Math.sqrt(ITEMS * WIDTH * WIDTH), `mean ${mean}`);
  const encoded = start({ loss: 'full-softmax' });
  encoded.paradigm.step(batchOf([[0, 0]]));
  assertNear(bankOf(encoded), encoded.keyTower.rows, 'rows');
});

test('draws each query other negatives at each step, and the same again from a restored state', () => {
  const settings = { loss: 'nce', negatives: 3 } as const;
  const whole = start(settings);
  const batch = batchOf([
    [0, 0],
    [5, 8],
  ]);
  whole.paradigm.step(batch);
  whole.paradigm.step(batch);
  const state = structuredClone(whole.paradigm.state());
  const expected = [whole.paradigm.step(batch), whole.paradigm.step(batch)];
  const again = start(settings);
  again.paradigm.restore(state);
  assert.deepEqual([again.paradigm.step(batch), again.paradigm.step(batch)], expected);
  assert.deepEqual(again.paradigm.state(), whole.paradigm.state());
  assert.notEqual(expected[0], expected[1]);
});

test('refuses a bank that would not fit, with the figures', () => {
  assert.throws(
    () => start({}, 2 ** 40),
    (error: QuartetError) => {
      assert.equal(error.code, 'BAD_INPUT');
      assert.match(error.message, /1099511627776 items x 8 dimensions needs 32768\.0 GiB, half of .* is [\d.]+ GiB/);
      return true;
    },
  );
});
