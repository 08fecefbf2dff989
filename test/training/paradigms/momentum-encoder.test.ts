import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MomentumEncoderSpec } from '../../../src/domain/training.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { resolveTrainingConfig } from '../../../src/training/defaults.ts';
import { createMomentumEncoder, momentumAt } from '../../../src/training/paradigms/momentum-encoder.ts';
import type { Batch, ParadigmContext } from '../../../src/training/paradigms/paradigm.ts';
import { testTensors } from '../../support/tensors.ts';
import { type ContrastInput, contrastGradients, contrastLoss } from '../losses/contrast-oracle.ts';
import { assertNear, unitRows } from '../losses/vectors.ts';
import { type SpyTower, spyTower, unit } from './spy-tower.ts';

const tensors = await testTensors();
const ITEMS = 14;
const QUERIES = 6;
const WIDTH = 6;
const BATCH = 3;
/** Query q has items q and q + 3, so that queries share some. */
const positivesOf = (query: number) => Int32Array.of(query, query + 3);
/** Items 0 and 7, 1 and 8, ... have a label in common; the last has none. */
const LABELS = Int32Array.from({ length: ITEMS }, (_, row) => (row === ITEMS - 1 ? -1 : row % 7));

/** One of each query; that of 2 is a positive of query 0, those of 1 and 4 are one item. */
const GIVEN = [9, 10, 0, 3, 10, 11];

type Settings = Partial<MomentumEncoderSpec> & Partial<Pick<ParadigmContext, 'labelsArePositives' | 'near'>>;

function start(
  { labelsArePositives = false, near = 'each', ...settings }: Settings,
  shared = false,
  given: number[] = GIVEN,
) {
  const config = resolveTrainingConfig({ paradigm: { name: 'momentum-encoder', ...settings } });
  const spec = config.paradigm as MomentumEncoderSpec;
  const queryTower = spyTower(tensors, unitRows(Math.max(QUERIES, ITEMS), WIDTH, 1));
  const keyTower = shared ? queryTower : spyTower(tensors, unitRows(ITEMS, WIDTH, 2));
  const items = { count: ITEMS, prepared: (row: number) => row, labels: LABELS };
  const paradigm = createMomentumEncoder(spec, {
    tensors,
    queryTower,
    keyTower,
    positivesOf,
    negativesOf: (query) => Int32Array.from(given.slice(query, query + 1)),
    items,
    labelsArePositives,
    near,
    seed: 3,
  });
  return { spec, paradigm, queryTower, keyTower, items };
}

type Pair = readonly [query: number, item: number];

function batchOf(pairs: readonly Pair[], progress = 0): Batch<number> {
  const [queryRows, keyRows] = [Int32Array.from(pairs, ([q]) => q), Int32Array.from(pairs, ([, k]) => k)];
  return { queries: [...queryRows], keys: [...keyRows], queryRows, keyRows, progress };
}

function drawPairs(random: ReturnType<typeof createRandom>): Pair[] {
  return Array.from({ length: BATCH }, () => {
    const query = random.int(QUERIES);
    return [query, query + 3 * random.int(2)] as const;
  });
}

/** As if an optimizer had moved the weights. */
function move(tower: SpyTower, random: ReturnType<typeof createRandom>): void {
  for (const [r, row] of tower.rows.entries()) {
    tower.rows[r] = unit(row.map((x) => x + 0.1 * random.normal())).map(Math.fround);
  }
}

interface Remembered {
  readonly vector: readonly number[];
  readonly pair: Pair;
}

/** The loss as the papers have it: each anchor against its own key and a plain list of others. */
function oracle(
  { temperature, maskEqualLabel }: MomentumEncoderSpec,
  labelsArePositives: boolean,
  anchors: readonly (readonly number[])[],
  own: readonly Remembered[],
  others: readonly Remembered[],
): ContrastInput {
  const keys = [...own, ...others].map(({ vector }) => vector);
  const hidden = new Set<number>();
  const positives = own.map((_, i) => [i]);
  for (const [i, { pair }] of own.entries()) {
    for (let j = 0; j < keys.length; j++) {
      if (j < own.length) {
        if (j !== i) hidden.add(i * keys.length + j);
        continue;
      }
      const other = others[j - own.length]!.pair;
      const sameLabel = LABELS[pair[1]]! >= 0 && LABELS[pair[1]] === LABELS[other[1]];
      const isPositive = (query: number, item: number) => positivesOf(query).includes(item);
      const known = isAnchorQuery ? isPositive(pair[0], other[1]) : isPositive(other[0], pair[1]);
      if (known || (maskEqualLabel && !labelsArePositives && sameLabel)) hidden.add(i * keys.length + j);
      else if (labelsArePositives && sameLabel) positives[i]!.push(j);
    }
  }
  return { queries: anchors, keys, scale: 1 / temperature, positives, hidden };
}
let isAnchorQuery = true;

/** The queue and what stands in it are followed for long, the settings of what is a negative for some turns of a short queue. */
const LONG = 100;
const SHORT = 30;

for (const [at, settings] of (
  [
    { symmetric: true, queueSize: 10, momentum: 0.7 },
    { symmetric: true, queueSize: 1_000, momentum: 0.9, rampMomentum: true, temperature: 0.2 },
    { symmetric: true, queueSize: 8, momentum: 0.5, maskEqualLabel: true },
    { symmetric: true, queueSize: 12, momentum: 0.5, labelsArePositives: true },
    { symmetric: true, negativesFrom: 'batch', momentum: 0.9, temperature: 0.3 },
    { symmetric: true, negativesFrom: 'batch', momentum: 0.9, labelsArePositives: true },
    { symmetric: true, queueSize: 10, momentum: 0.7, hardFraction: 1 },
    { symmetric: true, negativesFrom: 'batch', momentum: 0.9, hardFraction: 1, maskEqualLabel: true },
    { symmetric: true, queueSize: 10, momentum: 0.7, hardFraction: 1, labelsArePositives: true },
    { symmetric: true, queueSize: 12, momentum: 0.5, labelsArePositives: true, near: 'any' },
  ] satisfies Settings[] as readonly Settings[]
).entries()) {
  const steps = at < 2 ? LONG : SHORT;
  test(`equals a naive simulation after ${steps} steps: ${JSON.stringify(settings)}`, () => {
    const { spec, paradigm, queryTower, keyTower } = start(settings);
    const capacity = Math.min(spec.queueSize, ITEMS);
    const random = createRandom(11);
    const copies = [queryTower, keyTower].map(({ rows }) => rows.map((row) => [...row])) as [number[][], number[][]];
    const queues: [Remembered[], Remembered[]] = [[], []];
    const tensorsAtFirst = tensors.tf.memory().numTensors;
    for (let step = 0; step < steps; step++) {
      const pairs = drawPairs(random);
      const loss = paradigm.step(batchOf(pairs, step / steps));

      const m = momentumAt(spec, step / steps);
      for (const [n, tower] of [queryTower, keyTower].entries()) {
        copies[n as 0 | 1] = copies[n as 0 | 1].map((row, r) =>
          row.map((v, d) => m * v + (1 - m) * tower.rows[r]![d]!),
        );
      }
      let expected = 0;
      for (const side of [0, 1] as const) {
        isAnchorQuery = side === 0;
        const tower = side === 0 ? queryTower : keyTower;
        const anchors = pairs.map((pair) => tower.rows[pair[side]]!);
        const own = pairs.map((pair) => ({ vector: unit(copies[1 - side]![pair[1 - side]!]!), pair }));
        // Query -1 has no item: of a given key nobody asks whose it was.
        const items = new Set(pairs.map(([query]) => GIVEN[query]!));
        const hard = [...items.difference(new Set(pairs.map(([, item]) => item)))].map((item) => ({
          vector: unit(copies[1]![item]!),
          pair: [-1, item] as const,
        }));
        const ofQueries = side === 0 && spec.hardFraction > 0 ? hard : [];
        const others = [...(spec.negativesFrom === 'queue' ? queues[side] : own), ...ofQueries];
        let input = oracle(spec, settings.labelsArePositives ?? false, anchors, own, others);
        if (spec.negativesFrom === 'batch') {
          // A row's own key stands among the others once more.
          const hidden = new Set(input.hidden);
          const positives = input.positives.map((list, i) => list.filter((j) => j !== BATCH + i));
          for (let i = 0; i < BATCH; i++) hidden.add(i * input.keys.length + BATCH + i);
          input = { ...input, hidden, positives };
        }
        input = { ...input, near: settings.near ?? 'each' };
        const weight = spec.negativesFrom === 'batch' ? 2 * spec.temperature : 1 / 2;
        expected += weight * contrastLoss(input);
        const gradient = contrastGradients(input).dQueries.map((row) => row.map((x) => x * weight));
        assertNear(tower.passes.at(-1)!.gradient, gradient, `gradient of side ${side} at step ${step}`);
        queues[side] = [...queues[side], ...own].slice(-capacity);
      }
      assertNear(loss, expected, `loss at step ${step}`);
      for (const tower of [queryTower, keyTower]) move(tower, random);
    }
    assert.equal(tensors.tf.memory().numTensors, tensorsAtFirst);
    // One forward pass a side and step: the momentum copies and the queue are never passed through with a gradient.
    for (const tower of [queryTower, keyTower]) assert.equal(tower.passes.length, steps);
    if (spec.negativesFrom === 'queue') assertQueue(paradigm.state(), queues[0], capacity);
    paradigm.dispose();
  });
}

function assertQueue(state: Readonly<Record<string, unknown>>, queue: readonly Remembered[], capacity: number): void {
  const [keys, items, [next]] = ['keys', 'itemRows', 'next'].map((name) => [
    ...(state[`keys0/${name}`] as Float32Array | Int32Array),
  ]) as [number[], number[], [number]];
  assert.equal(items.length, capacity);
  const inOrder = <T>(list: readonly T[], size: number) => [...list.slice(next * size), ...list.slice(0, next * size)];
  assert.deepEqual(
    inOrder(items, 1),
    queue.map(({ pair }) => pair[1]),
  );
  assertNear(
    inOrder(keys, WIDTH),
    queue.flatMap(({ vector }) => vector),
    'queue',
  );
}

test('given keys are a share of the batch at most, other ones at each step', () => {
  const pairs: Pair[] = [
    [0, 0],
    [1, 4],
    [3, 6],
    [5, 8],
  ];
  const { paradigm, items } = start({ symmetric: false, hardFraction: 0.5, queueSize: 4 }, true);
  const encoded: number[][] = [];
  items.prepared = (row) => {
    encoded.at(-1)?.push(row);
    return row;
  };
  for (let n = 0; n < 30; n++) {
    encoded.push([]);
    paradigm.step(batchOf(pairs));
  }
  for (const rows of encoded) assert.equal(rows.length, 2);
  assert.deepEqual(new Set(encoded.flat()), new Set([9, 10, 3, 11]));
  paradigm.dispose();
});

test('one direction passes gradients through queries only, and a copy with m = 1 never moves', () => {
  const { paradigm, queryTower } = start({ symmetric: false, momentum: 1, queueSize: 9 }, true);
  const random = createRandom(2);
  const before = structuredClone(queryTower.copies[0]!);
  let firstKeys: Float32Array | undefined;
  for (let step = 0; step < 4; step++) {
    const pairs = drawPairs(random);
    paradigm.step(batchOf(pairs));
    assert.deepEqual(
      queryTower.passes.at(-1)!.batch,
      pairs.map(([query]) => query),
    );
    // Keys once in the queue stay as they were made, while the weights move on.
    const keys = (paradigm.state()['keys0/keys'] as Float32Array).slice(0, BATCH * WIDTH);
    firstKeys ??= keys;
    if (step < 3) assert.deepEqual(keys, firstKeys);
    move(queryTower, random);
  }
  assert.equal(queryTower.passes.length, 4);
  assert.deepEqual(queryTower.copies, [before]);
  paradigm.dispose();
});

test('the first step has no negatives: the queue starts empty', () => {
  const { paradigm, queryTower } = start({ symmetric: false }, true);
  assert.ok(Math.abs(paradigm.step(batchOf([[0, 0]]))) < 1e-6);
  assertNear(queryTower.passes[0]!.gradient, [Array(WIDTH).fill(0)], 'gradient');
  paradigm.dispose();
});

test('m rises along half a cosine when it is told to', () => {
  assert.equal(momentumAt({ momentum: 0.99, rampMomentum: false }, 0.7), 0.99);
  const ramp = [0, 0.25, 0.5, 1].map((progress) => momentumAt({ momentum: 0.9, rampMomentum: true }, progress));
  // A straight line would be at 0.925 after a quarter.
  assertNear(ramp, [0.9, 1 - 0.05 * (Math.SQRT1_2 + 1), 0.95, 1], 'ramp');
});

test('refuses separate towers in one direction, with the remedy', () => {
  assert.throws(() => start({ symmetric: false }), { code: 'BAD_INPUT', message: /set symmetric to true/ });
});
