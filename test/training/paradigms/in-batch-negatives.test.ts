import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InBatchNegativesSpec } from '../../../src/domain/training.ts';
import { createTextStatic } from '../../../src/encoders/text-static/trainable.ts';
import { learnVocabulary } from '../../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { resolveTrainingConfig } from '../../../src/training/defaults.ts';
import { createInBatchNegatives } from '../../../src/training/paradigms/in-batch-negatives.ts';
import type { Batch, ParadigmContext } from '../../../src/training/paradigms/paradigm.ts';
import { testTensors } from '../../support/tensors.ts';
import { contrastGradients, contrastLoss } from '../losses/contrast-oracle.ts';
import { assertNear, unitRows } from '../losses/vectors.ts';
import { spyTower } from './spy-tower.ts';

const tensors = await testTensors();
const ITEMS = 13;
const WIDTH = 6;
/** Query q has item q and is known to be answered by item q + 1 too; items q + 6 and q + 7 were given as negatives. */
const positivesOf = (query: number) => Int32Array.of(query, query + 1);
const negativesOf = (query: number) => (query === 3 ? new Int32Array(0) : Int32Array.of(query + 6, query + 7));
const LABELS = Int32Array.from({ length: ITEMS }, (_, row) => (row < 2 ? -1 : row % 3));

type Settings = Partial<InBatchNegativesSpec> & Partial<Pick<ParadigmContext, 'labelsArePositives' | 'near'>>;

function specOf(settings: Partial<InBatchNegativesSpec>): InBatchNegativesSpec {
  return resolveTrainingConfig({ paradigm: { name: 'in-batch-negatives', ...settings } })
    .paradigm as InBatchNegativesSpec;
}

function start({ labelsArePositives = false, near = 'each', ...settings }: Settings) {
  const queryTower = spyTower(tensors, unitRows(ITEMS, WIDTH, 1));
  const keyTower = spyTower(tensors, unitRows(ITEMS, WIDTH, 2));
  const spec = specOf(settings);
  const items = { count: ITEMS, prepared: (row: number) => row, labels: LABELS };
  const context = { tensors, queryTower, keyTower, positivesOf, negativesOf, items, labelsArePositives, near, seed: 3 };
  return { spec, paradigm: createInBatchNegatives(spec, context), queryTower, keyTower };
}

function batchOf(queries: readonly number[]): Batch<number> {
  const rows = Int32Array.from(queries);
  return { queries, keys: queries, queryRows: rows, keyRows: rows, progress: 0 };
}

for (const settings of [
  {},
  { hardNegatives: 2 },
  { hardNegatives: 1, symmetric: true },
  { maskEqualLabel: true, symmetric: true, hardNegatives: 2 },
  { labelsArePositives: true, symmetric: true, hardNegatives: 2 },
  { labelsArePositives: true, gradCacheChunk: 2 },
  { labelsArePositives: true, near: 'any', symmetric: true },
  { hardNegatives: 2, symmetric: true, gradCacheChunk: 3 },
] satisfies Settings[] as readonly Settings[]) {
  test(`a step has the loss and gradients of the equations: ${JSON.stringify(settings)}`, () => {
    const { spec, paradigm, queryTower, keyTower } = start(settings);
    const before = tensors.tf.memory().numTensors;
    const batch = batchOf([0, 3, 5, 2, 4]);
    const loss = paradigm.step(batch);
    const columns = keyTower.passes.flatMap((pass) => pass.batch).map((row) => row);
    const extra = columns.slice(batch.keys.length);
    assert.deepEqual(columns.slice(0, 5), batch.keys);
    assert.equal(new Set(columns).size, columns.length, 'an item stands twice among the keys');
    for (const row of extra) assert.ok(batch.queries.some((query) => negativesOf(query).includes(row)));
    if (spec.hardNegatives === 2) assert.deepEqual(new Set(extra), new Set([6, 7, 8, 9, 10, 11, 12]));

    const direction = (side: 'query' | 'key') => {
      const held = side === 'query' ? columns : [...batch.keys];
      const hidden = new Set<number>();
      const positives = batch.queries.map((_, i) => [i]);
      for (const [i, row] of batch.queries.entries()) {
        for (const [j, column] of held.entries()) {
          if (i === j) continue;
          const known = (side === 'query' ? positivesOf(row) : positivesOf(column)).includes(
            side === 'query' ? column : row,
          );
          const alike = LABELS[row]! >= 0 && LABELS[row] === LABELS[column];
          if (known || (spec.maskEqualLabel && alike)) hidden.add(i * held.length + j);
          else if (settings.labelsArePositives && alike) positives[i]!.push(j);
        }
      }
      const [own, others] = side === 'query' ? [queryTower, keyTower] : [keyTower, queryTower];
      const [queries, keys] = [batch.queries.map((row) => own.rows[row]!), held.map((row) => others.rows[row]!)];
      return { queries, keys, scale: 1 / spec.temperature, positives, hidden, near: settings.near ?? 'each' };
    };
    const directions = (spec.symmetric ? (['query', 'key'] as const) : (['query'] as const)).map(direction);
    const share = 1 / directions.length;
    const [forward, backward] = directions.map((one) => contrastGradients(one));
    assertNear(
      loss,
      directions.reduce((sum, one) => sum + share * contrastLoss(one), 0),
      'loss',
    );
    const add = (a: number[][], b: number[][] | undefined) =>
      a.map((row, i) => row.map((x, d) => share * (x + (b?.[i]?.[d] ?? 0))));
    assertNear(
      queryTower.passes.flatMap((pass) => pass.gradient!),
      add(forward!.dQueries, backward?.dKeys),
      'gradient of the queries',
    );
    assertNear(
      keyTower.passes.flatMap((pass) => pass.gradient!),
      add(forward!.dKeys, backward?.dQueries),
      'gradient of the keys',
    );
    if (spec.gradCacheChunk !== null) {
      assert.ok(queryTower.passes.every((pass) => pass.batch.length <= (spec.gradCacheChunk as number)));
    }
    assert.equal(tensors.tf.memory().numTensors, before);
  });
}

test('draws anew at each step which of the given negatives join, and goes on from its state', () => {
  const drawn = (paradigm: ReturnType<typeof start>) => {
    paradigm.paradigm.step(batchOf([0, 2, 4]));
    return paradigm.keyTower.passes.at(-1)!.batch.slice(3);
  };
  const one = start({ hardNegatives: 1 });
  const first = Array.from({ length: 8 }, () => drawn(one));
  assert.ok(new Set(first.map(String)).size > 1);
  const other = start({ hardNegatives: 1 });
  other.paradigm.restore(structuredClone(one.paradigm.state()));
  assert.deepEqual(
    Array.from({ length: 8 }, () => drawn(other)),
    Array.from({ length: 8 }, () => drawn(one)),
  );
});

test('GradCache equals one big batch: the weights of a text encoder after steps', () => {
  const random = createRandom(8);
  const words = Array.from({ length: 80 }, (_, n) => `word${n}`);
  const texts = Array.from({ length: 64 }, () => Array.from({ length: 12 }, () => words[random.int(80)]).join(' '));
  const spec = { kind: 'text-static', dimensions: 32, vocabularySize: 256, maxTokens: 32 } as const;
  const train = (gradCacheChunk: number | null) => {
    const tower = createTextStatic(spec, learnVocabulary(texts, spec), createRandom(1), tensors);
    const prepared = texts.map((text) => tower.prepare(text));
    const paradigm = createInBatchNegatives(
      specOf({ gradCacheChunk, symmetric: true, learnTemperature: true, hardNegatives: 1 }),
      {
        tensors,
        queryTower: tower,
        keyTower: tower,
        positivesOf: (row) => Int32Array.of(row + 32),
        negativesOf: (row) => Int32Array.of(row),
        items: { count: texts.length, prepared: (row) => prepared[row]! },
        seed: 1,
      },
    );
    const rows = Int32Array.from({ length: 32 }, (_, i) => i);
    const [queries, keys] = [prepared.slice(0, 32), prepared.slice(32)];
    const losses: number[] = [];
    for (let step = 0; step < 20; step++) {
      losses.push(paradigm.step({ queries, keys, queryRows: rows, keyRows: rows.map((r) => r + 32), progress: 0 }));
      tower.applyGradients(0.01);
      paradigm.applyGradients(0.01, 1);
    }
    return { losses, table: tower.vectors().slice() };
  };
  const whole = train(null);
  for (const chunk of [1, 5, 32, 1_000]) {
    const cached = train(chunk);
    assertNear(cached.losses, whole.losses, `losses with chunks of ${chunk}`);
    const apart = cached.table.reduce((most, x, i) => Math.max(most, Math.abs(x - whole.table[i]!)), 0);
    assert.ok(apart < 1e-4, `chunks of ${chunk}: weights are ${apart} apart`);
  }
});
