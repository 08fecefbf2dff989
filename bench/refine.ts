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
import { labelledData, labelledRows } from './refine/labelled.ts';
import { afterAll, alone, fromTheStart, onTheWay, type Recipe } from './refine/variants.ts';
import type { Bench } from './run.ts';

const OPTIONS = {
  file: { type: 'string' },
  test: { type: 'string' },
  query: { type: 'string', default: 'question' },
  positive: { type: 'string', default: 'answer' },
  split: { type: 'string', default: 'split' },
  text: { type: 'string', default: 'text' },
  label: { type: 'string', default: 'category' },
  group: { type: 'string', default: 'focus' },
  choose: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  only: { type: 'string' },
  epochs: { type: 'string', default: '10' },
  batch: { type: 'string' },
  'learning-rate': { type: 'string' },
  temperature: { type: 'string' },
  columns: { type: 'string', default: '4' },
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
 * What mining gains over in-batch negatives alone, on what was not trained on, with the same number of steps in all:
 *
 * - `in-batch alone`: E epochs.
 * - `mined R x on the way`: E epochs, in which it mines R times with what it has learned (an asynchronous refinement).
 * - `R round(s), each from the start`: R + 1 trainings that share the steps of E epochs, mining in between (a refinement).
 * - `--all`: also with the negatives of a full training, twice the steps in all.
 *
 * `--file` with pairs (MedQuAD): nDCG@10 on the TEST split. `--file` and `--test` with labels (Banking77): the test rows against the
 * training rows. `--choose`: settings are compared without a look at either, on a tenth of what is trained on: held out by the column
 * `--group`, or every tenth labelled row. `--quick`: one seed, one round, four epochs.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { file, test: testFile, quick, choose, all } = values;
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
  const [rounds, epochs, seeds] = quick
    ? [1, 4, 1]
    : [Number(values.rounds), Number(values.epochs), Number(values.seeds)];
  const recipeOf = (seed: number): Recipe => ({
    epochs,
    columns: Number(values.columns),
    mining,
    config: ({ epochs, steps, hardNegatives, refreshes }) =>
      resolveTrainingConfig({
        paradigm: { hardNegatives, temperature: number(values.temperature) },
        positives: testFile === undefined ? 'relevance' : 'label',
        epochs,
        maxSteps: steps,
        batchSize: number(values.batch),
        learningRate: number(values['learning-rate']),
        validationFraction: 0,
        refresh: refreshes === 0 ? null : { times: refreshes, mining },
        seed,
      }),
  });
  const { backend, logLevel, logJson } = loadConfig();
  const logger = createLogger({ level: logLevel, json: logJson });
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-refine-'));
  try {
    const names = { text: values.text, label: values.label };
    const test = testFile === undefined ? null : await labelledRows(testFile, names, dir);
    const data =
      test === null
        ? { test, path: (await snapshotOfPairs(file, columnsOf(values), dir)).path }
        : await labelledData(await labelledRows(file, names, dir), test, { choose, dir });
    for (let seed = 1; seed <= seeds; seed++) {
      const recipe = recipeOf(seed);
      const upTo = Array.from({ length: rounds }, (_, n) => n + 1);
      const variants = [
        alone(recipe),
        ...upTo.map((round) => onTheWay(recipe, round)),
        ...upTo.map((round) => fromTheStart(recipe, round)),
        ...(all ? [afterAll(recipe)] : []),
      ];
      const base = { file: file.split('/').at(-1), on: choose ? 'validation' : 'test', seed, epochs };
      for (const [n, variant] of variants.entries()) {
        if (values.only !== undefined && !variant.name.includes(values.only)) continue;
        const house = new House({ ...data, dir: join(dir, `${seed}-${n}`), backend, logger });
        const trained = await variant.train(house);
        print({ ...base, variant: variant.name, ...(await house.measure(trained)), ...house.mined });
        await rm(join(dir, `${seed}-${n}`), { recursive: true });
      }
    }
  } finally {
    await rm(dir, { recursive: true });
  }
};

function columnsOf({
  query,
  positive,
  split,
  choose,
  group,
}: Record<'query' | 'positive' | 'split' | 'group', string> & { choose: boolean }) {
  return { query, positive, split, holdOut: choose ? group : undefined };
}
