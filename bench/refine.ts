import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/index.ts';
import { resolveMining } from '../src/mining/settings.ts';
import { createLogger } from '../src/platform/logger.ts';
import { resolveTrainingConfig } from '../src/training/defaults.ts';
import { snapshotOfPairs } from './pairs-snapshot.ts';
import { House } from './refine/house.ts';
import { labelledRows, snapshotOfLabelled } from './refine/labelled.ts';
import type { Bench } from './run.ts';

const OPTIONS = {
  file: { type: 'string' },
  test: { type: 'string' },
  query: { type: 'string', default: 'question' },
  positive: { type: 'string', default: 'answer' },
  split: { type: 'string', default: 'split' },
  text: { type: 'string', default: 'text' },
  label: { type: 'string', default: 'category' },
  epochs: { type: 'string', default: '12' },
  batch: { type: 'string' },
  'learning-rate': { type: 'string' },
  temperature: { type: 'string' },
  columns: { type: 'string', default: '1' },
  'relative-margin': { type: 'string', default: '0.05' },
  'max-score': { type: 'string' },
  'range-min': { type: 'string', default: '0' },
  'range-max': { type: 'string', default: '100' },
  'per-query': { type: 'string', default: '5' },
  strategy: { type: 'string', default: 'top' },
  corpus: { type: 'string', default: 'paired' },
  rounds: { type: 'string', default: '2' },
  seeds: { type: 'string', default: '3' },
  quick: { type: 'boolean', default: false },
} as const;

/**
 * What mining gains over in-batch negatives alone, on what was not trained on. Each round trains an encoder from the start:
 *
 * - `in-batch alone`: E epochs.
 * - `negatives of the full encoder`: E epochs with the negatives that the first one finds, twice the steps in all: what the
 *   negatives are worth.
 * - `R round(s), same steps in all`: R + 1 trainings of E / (R + 1) epochs each, mining in between.
 *
 * `--file` with pairs (MedQuAD): nDCG@10 on the TEST split. `--file` and `--test` with labels (Banking77): the test rows against the
 * training rows. `--quick`: one seed, one round, four epochs.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { file, test: testFile, quick } = values;
  if (file === undefined) throw new Error('refine wants --file FILE (pairs; or labelled rows, with --test FILE)');
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const mining = resolveMining({
    relativeMargin: values['relative-margin'] === 'none' ? null : Number(values['relative-margin']),
    maxScore: number(values['max-score']),
    rangeMin: Number(values['range-min']),
    rangeMax: Number(values['range-max']),
    perQuery: Number(values['per-query']),
    strategy: values.strategy as 'top',
    corpus: values.corpus as 'all',
  });
  const configOf = (epochs: number, hardNegatives: number, seed: number) =>
    resolveTrainingConfig({
      paradigm: { hardNegatives, temperature: number(values.temperature) },
      positives: testFile === undefined ? 'relevance' : 'label',
      epochs,
      batchSize: number(values.batch),
      learningRate: number(values['learning-rate']),
      validationFraction: 0,
      seed,
    });
  const [rounds, epochs, seeds] = quick
    ? [1, 4, 1]
    : [Number(values.rounds), Number(values.epochs), Number(values.seeds)];
  const columns = Number(values.columns);
  const { backend, logLevel, logJson } = loadConfig();
  const logger = createLogger({ level: logLevel, json: logJson });
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-refine-'));
  try {
    const names = { text: values.text, label: values.label };
    const test = testFile === undefined ? null : await labelledRows(testFile, names, dir);
    const path =
      test === null
        ? (await snapshotOfPairs(file, { query: values.query, positive: values.positive, split: values.split }, dir))
            .path
        : await snapshotOfLabelled(await labelledRows(file, names, dir), dir);
    for (let seed = 1; seed <= seeds; seed++) {
      const house = new House({ dir: join(dir, String(seed)), path, test, backend, logger });
      const base = { file: file.split('/').at(-1), seed, epochs };
      const alone = await house.train(configOf(epochs, 0, seed), null);
      print({ ...base, variant: 'in-batch alone', ...(await house.measure(alone)) });
      const full = await house.mine(alone.encoderDir, mining);
      const again = await house.train(configOf(epochs, columns, seed), full.negatives);
      print({ ...base, variant: 'negatives of the full encoder', ...(await house.measure(again)), ...full.figures });
      for (let wanted = 1; wanted <= rounds; wanted++) {
        const share = Math.max(1, Math.round(epochs / (wanted + 1)));
        let trained = await house.train(configOf(share, 0, seed), null);
        let figures = {};
        for (let round = 0; round < wanted; round++) {
          const mined = await house.mine(trained.encoderDir, mining);
          figures = mined.figures;
          trained = await house.train(configOf(share, columns, seed), mined.negatives);
        }
        print({
          ...base,
          variant: `${wanted} round(s), same steps in all`,
          ...(await house.measure(trained)),
          ...figures,
        });
      }
      await rm(join(dir, String(seed)), { recursive: true });
    }
  } finally {
    await rm(dir, { recursive: true });
  }
};
