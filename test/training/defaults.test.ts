import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuartetError } from '../../src/domain/errors.ts';
import {
  ENCODER_SETTINGS,
  PARADIGM_SETTINGS,
  resolveTrainingConfig,
  TRAINING_SETTINGS,
} from '../../src/training/defaults.ts';

function refused(input: unknown, field: string, message: RegExp) {
  assert.throws(
    () => resolveTrainingConfig(input, ['input', 'config']),
    (error: QuartetError) => {
      assert.equal(error.code, 'BAD_INPUT');
      assert.equal(error.field?.join('.'), `input.config${field === '' ? '' : `.${field}`}`);
      assert.match(error.message, message);
      return true;
    },
  );
}

test('fills in every default and freezes the result', () => {
  const config = resolveTrainingConfig({ epochs: 3, encoder: { dimensions: 64 } });
  assert.equal(config.epochs, 3);
  assert.equal(config.batchSize, TRAINING_SETTINGS.batchSize.default);
  assert.deepEqual(config.encoder, { kind: 'text-static', dimensions: 64, vocabularySize: 30_000, maxTokens: 512 });
  assert.equal(config.paradigm.name, 'in-batch-negatives');
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.encoder) && Object.isFrozen(config.paradigm));
  assert.deepEqual(resolveTrainingConfig(config), config);
});

test('every default lies within its own bounds', () => {
  assert.doesNotThrow(() => resolveTrainingConfig(resolveTrainingConfig()));
});

test('refuses what is out of bounds and names field, value and bound', () => {
  refused({ batchSize: 1 }, 'batchSize', /must be at least 2, got 1/);
  refused({ learningRate: 11 }, 'learningRate', /must be at most 10, got 11/);
  refused({ epochs: 1.5 }, 'epochs', /must be a whole number, got 1.5/);
  refused({ encoder: { dimensions: 100 } }, 'encoder.dimensions', /must be a multiple of 8, got 100/);
  refused({ paradigm: { temperature: 0 } }, 'paradigm.temperature', /must be at least 0.01, got 0/);
  refused({ seed: null }, 'seed', /must be a number, got null/);
  refused({ learningRate: Number.NaN }, 'learningRate', /must be a number/);
  refused({ schedule: 'step' }, 'schedule', /must be one of cosine, linear, constant, got "step"/);
  refused({ paradigm: { symmetric: 'yes' } }, 'paradigm.symmetric', /must be true or false, got "yes"/);
  assert.equal(resolveTrainingConfig({ maxSteps: null }).maxSteps, null);
  refused({ paradigm: { guideEncoderId: 'best' } }, 'paradigm.guideEncoderId', /must be an id, got "best"/);
});

test('names the metrics, optimizers and their settings that there are', () => {
  refused({ metric: 'ndcg' }, 'metric', /must be one of ndcgAt10, mrrAt10, .*, got "ndcg"/);
  refused({ optimizer: { name: 'lion' } }, 'optimizer.name', /must be one of adamw, sgd, got "lion"/);
  refused({ optimizer: { name: 'sgd', beta1: 0.9 } }, 'optimizer.beta1', /known here: weightDecay, momentum/);
  refused({ optimizer: { weightDecay: 2 } }, 'optimizer.weightDecay', /must be at most 1, got 2/);
  refused({ earlyStopping: { patience: 0 } }, 'earlyStopping.patience', /must be at least 1, got 0/);
  refused({ clipNorm: 0 }, 'clipNorm', /must be at least 0.000001, got 0/);
  assert.deepEqual(resolveTrainingConfig({ earlyStopping: {} }).earlyStopping, { patience: 5, minDelta: 0 });
  assert.equal(resolveTrainingConfig().earlyStopping, null);
});

test('refuses widths that are out of order, out of bounds, or of a paradigm that keeps whole vectors', () => {
  assert.deepEqual(resolveTrainingConfig({ matryoshka: [32, 64] }).matryoshka, [32, 64]);
  refused({ matryoshka: [64, 32] }, 'matryoshka', /must be ascending, got 32 after 64/);
  refused({ matryoshka: [64, 64] }, 'matryoshka', /must be ascending/);
  refused({ matryoshka: [4] }, 'matryoshka', /whole numbers from 8 to 4096, got 4/);
  refused({ matryoshka: 64 }, 'matryoshka', /must be a list/);
  refused({ matryoshka: [64, 512] }, 'matryoshka', /at most the embedding's 256 dimensions, got 512/);
  for (const name of ['memory-bank', 'momentum-encoder'] as const) {
    refused({ matryoshka: [64], paradigm: { name } }, 'matryoshka', new RegExp(`does not go with ${name}`));
  }
  refused({ metric: 'knnAccuracy' }, 'metric', /measured by labels/);
});

test('refuses weights for each side where no gradient would reach one', () => {
  assert.equal(resolveTrainingConfig().towers, 'shared');
  assert.equal(
    resolveTrainingConfig({ towers: 'separate', paradigm: { name: 'momentum-encoder' } }).towers,
    'separate',
  );
  const paradigm = { name: 'momentum-encoder', symmetric: false };
  refused({ towers: 'separate', paradigm }, 'towers', /no gradient would reach the items: let symmetric be true/);
  refused({ towers: 'apart' }, 'towers', /must be one of shared, separate, got "apart"/);
});

test('images have defaults of their own, which give way to what is asked for', () => {
  const images = resolveTrainingConfig({ encoder: { kind: 'image-conv' } });
  assert.deepEqual([images.batchSize, images.learningRate, images.paradigm.temperature], [128, 0.003, 0.2]);
  const byLabel = (paradigm: object) =>
    resolveTrainingConfig({ encoder: { kind: 'image-conv' }, positives: 'label', paradigm }).paradigm.temperature;
  assert.deepEqual([byLabel({}), byLabel({ name: 'momentum-encoder' })], [0.1, 0.1]);
  assert.deepEqual([byLabel({ name: 'end-to-end' }), byLabel({ temperature: 0.3 })], [0.5, 0.3]);
  const asked = { encoder: { kind: 'image-conv' }, batchSize: 64, learningRate: 0.01, paradigm: { temperature: 0.5 } };
  const given = resolveTrainingConfig(asked);
  assert.deepEqual([given.batchSize, given.learningRate, given.paradigm.temperature], [64, 0.01, 0.5]);
  assert.deepEqual(resolveTrainingConfig(images), images);
});

test('refuses what it does not know', () => {
  refused({ batchsize: 64 }, 'batchsize', /is not a setting; known here: .*batchSize, /);
  refused({ encoder: { kind: 'text-dynamic' } }, 'encoder.kind', /must be one of text-static, .*got "text-dynamic"/);
  refused({ paradigm: { name: 'toString' } }, 'paradigm.name', /must be one of in-batch-negatives/);
  refused({ paradigm: 'in-batch-negatives' }, 'paradigm', /must be an object/);
  refused([], '', /must be an object/);
});

test('every setting of numbers has its default between minimum and maximum', () => {
  const groups = [TRAINING_SETTINGS, ...Object.values(ENCODER_SETTINGS), ...Object.values(PARADIGM_SETTINGS)];
  for (const setting of groups.flatMap((group) => Object.values(group))) {
    if (setting.kind !== 'number' || setting.default === null) continue;
    assert.ok(setting.minimum <= setting.default && setting.default <= setting.maximum);
  }
});
