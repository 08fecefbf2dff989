import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodingsBefore, encodingsPerStep, negativesPerQuery } from '../../src/domain/training-cost.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';

const size = { pairs: 5_000, items: 2_000 };
const costOf = (paradigm: object, rest: object = {}) => {
  const config = resolveTrainingConfig({ batchSize: 100, paradigm, ...rest });
  return [encodingsPerStep(config, size), encodingsBefore(config, size), negativesPerQuery(config, size)];
};

test('encodings of a step, encodings before it and negatives follow from the settings', () => {
  assert.deepEqual(costOf({ name: 'in-batch-negatives' }), [200, 0, 99]);
  assert.deepEqual(costOf({ name: 'in-batch-negatives', hardNegatives: 2 }), [400, 0, 299]);
  assert.deepEqual(costOf({ name: 'in-batch-negatives', gradCacheChunk: 10 }), [400, 0, 99]);
  assert.deepEqual(costOf({ name: 'in-batch-negatives' }, { accumulateSteps: 3 }), [600, 0, 99]);
  assert.deepEqual(costOf({ name: 'end-to-end', negatives: 16, shareNegatives: true }), [216, 0, 16]);
  assert.deepEqual(costOf({ name: 'memory-bank' }), [200, 2_000, 1_999]);
  assert.deepEqual(costOf({ name: 'memory-bank', negatives: 16, initialise: 'random' }), [200, 0, 16]);
  assert.deepEqual(costOf({ name: 'memory-bank', negatives: 16, loss: 'full-softmax' }), [200, 2_000, 1_999]);
  assert.deepEqual(costOf({ name: 'momentum-encoder' }), [400, 0, 2_000]);
  assert.deepEqual(costOf({ name: 'momentum-encoder', symmetric: false, negativesFrom: 'batch' }), [200, 0, 99]);
  assert.deepEqual(costOf({ name: 'momentum-encoder', hardFraction: 0.5 }), [450, 0, 2_050]);
});

test('an item that several queries drew is counted once, as in a simulation', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let drawn = 0;
  for (let round = 0; round < 200; round++) {
    const items = new Set<number>();
    for (let query = 0; query < 100; query++) {
      const own = new Set<number>();
      while (own.size < 16) own.add(Math.floor(random() * size.items));
      for (const item of own) items.add(item);
    }
    drawn += items.size / 200;
  }
  const [encodings] = costOf({ name: 'end-to-end', negatives: 16 });
  assert.ok(Math.abs((encodings as number) - 200 - drawn) < 5, `${encodings} - 200 against ${drawn}`);
});

test('a batch larger than the data is counted as large as the data', () => {
  const config = resolveTrainingConfig({ batchSize: 65_536 });
  assert.equal(encodingsPerStep(config, size), 10_000);
  assert.equal(negativesPerQuery(config, size), 4_999);
});
