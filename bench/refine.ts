import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/index.ts';
import { NEGATIVES_FILE } from '../src/data/negatives-file.ts';
import { resolveMining } from '../src/mining/settings.ts';
import { createLogger, type Logger } from '../src/platform/logger.ts';
import { work as buildIndex } from '../src/services/work/build-index.ts';
import { work as evaluate } from '../src/services/work/evaluate.ts';
import { work as mine } from '../src/services/work/mine-negatives.ts';
import { type TrainWorkResult, work as train } from '../src/services/work/train.ts';
import { resolveTrainingConfig } from '../src/training/defaults.ts';
import { snapshotOfPairs } from './pairs-snapshot.ts';
import type { Bench } from './run.ts';

const OPTIONS = {
  file: { type: 'string' },
  query: { type: 'string', default: 'question' },
  positive: { type: 'string', default: 'answer' },
  split: { type: 'string', default: 'split' },
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
 * What mining gains: nDCG@10 on the TEST split for in-batch negatives alone, with one round of mining and retraining, and with
 * two, at the same number of training steps in all (a round's encoder is trained from the start; with R rounds each of the R + 1
 * trainings gets its share of the epochs). Also the last training alone, at the full number of epochs with the negatives of the
 * full baseline: what the negatives themselves are worth. `--quick`: one seed, one round, four epochs.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.file === undefined) throw new Error('refine wants --file FILE (JSONL, CSV or Parquet, also gzipped)');
  const { backend, logLevel, logJson } = loadConfig();
  const logger = createLogger({ level: logLevel, json: logJson });
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-refine-'));
  try {
    const columns = { query: values.query, positive: values.positive, split: values.split };
    const { path } = await snapshotOfPairs(values.file, columns, dir);
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    const rounds = values.quick ? 1 : Number(values.rounds);
    const epochs = values.quick ? 4 : Number(values.epochs);
    const mining = resolveMining({
      relativeMargin: values['relative-margin'] === 'none' ? null : Number(values['relative-margin']),
      maxScore: number(values['max-score']),
      rangeMin: Number(values['range-min']),
      rangeMax: Number(values['range-max']),
      perQuery: Number(values['per-query']),
      strategy: values.strategy as 'top',
      corpus: values.corpus as 'all',
    });
    for (let seed = 1; seed <= (values.quick ? 1 : Number(values.seeds)); seed++) {
      const house = new House({ dir: join(dir, String(seed)), path, backend, logger });
      const configOf = (share: number, hard: number) =>
        resolveTrainingConfig({
          paradigm: { hardNegatives: hard, temperature: number(values.temperature) },
          epochs: share,
          batchSize: number(values.batch),
          learningRate: number(values['learning-rate']),
          validationFraction: 0,
          seed,
        });
      const hard = Number(values.columns);
      const alone = await house.train(configOf(epochs, 0), null);
      const base = { file: values.file.split('/').at(-1), seed, epochs };
      print({ ...base, variant: 'in-batch alone', ...(await house.measure(alone)) });
      const full = await house.mine(alone, mining);
      const retrained = await house.train(configOf(epochs, hard), full.negatives);
      print({
        ...base,
        variant: 'retrained with negatives of it (twice the steps in all)',
        ...(await house.measure(retrained)),
        ...full.figures,
      });
      for (let round = 1; round <= rounds; round++) {
        const share = Math.round(epochs / (round + 1));
        let encoder = await house.train(configOf(share, 0), null);
        let figures = {};
        for (let n = 0; n < round; n++) {
          const mined = await house.mine(encoder, mining);
          figures = mined.figures;
          encoder = await house.train(configOf(share, hard), mined.negatives);
        }
        print({
          ...base,
          variant: `${round} round(s), same steps in all`,
          ...(await house.measure(encoder)),
          ...figures,
        });
      }
      await rm(join(dir, String(seed)), { recursive: true });
    }
  } finally {
    await rm(dir, { recursive: true });
  }
};

interface HouseOptions {
  readonly dir: string;
  readonly path: string;
  readonly backend: ReturnType<typeof loadConfig>['backend'];
  readonly logger: Logger;
}

/** The product's own work on one snapshot, each piece in a folder of its own. */
class House {
  readonly #options: HouseOptions;
  readonly #signal = new AbortController().signal;
  #pieces = 0;

  constructor(options: HouseOptions) {
    this.#options = options;
  }

  async train(config: Parameters<typeof train>[0]['config'], negatives: string | null): Promise<TrainWorkResult> {
    const context = await this.#context();
    const { path: snapshotPath, backend } = this.#options;
    const given = negatives === null ? null : { path: negatives, excluded: [] };
    const checkpointsDir = join(context.workDir, 'checkpoints');
    const spec = { runId: 'bench', config, snapshotPath, resume: null, checkpointsDir, backend, negatives: given };
    const trained = await train(spec, context);
    if (trained === 'paused') throw new Error('nobody paused it');
    return trained;
  }

  async mine({ encoderDir }: TrainWorkResult, mining: ReturnType<typeof resolveMining>) {
    const { path: snapshotPath } = this.#options;
    const parameters = { m: 16, efConstruction: 100, efSearch: 128, seed: 1, encoderSha256: '0'.repeat(64) };
    const index = await buildIndex({ snapshotPath, encoderDir, ...parameters }, await this.#context());
    const sources = { source: 'encoder', encoderDir, indexDir: index.indexDir, judgeDir: null } as const;
    const spec = { snapshotPath, mining, positives: 'relevance', ...sources, marked: [], parts: [] } as const;
    const { dir, report } = await mine(spec, await this.#context());
    const kept = report.fates.kept / report.queries;
    const figures = {
      negativesPerQuery: round(kept),
      tooFew: report.queriesWithTooFew,
      relativeMarginDropped: report.fates['relative-margin'],
      falseNegativeRate: report.falseNegatives === null ? null : round(report.falseNegatives.rate),
    };
    return { negatives: join(dir, NEGATIVES_FILE), figures };
  }

  async measure({ encoderDir, steps }: TrainWorkResult) {
    const { path: snapshotPath, backend } = this.#options;
    const metrics = await evaluate({ snapshotPath, encoderDir, split: 'TEST', backend }, await this.#context());
    const { ndcgAt10, mrrAt10, accuracyAt1, recallAt } = metrics;
    return {
      ndcg10: round(ndcgAt10),
      mrr10: round(mrrAt10),
      accuracy1: round(accuracyAt1),
      recall10: round(recallAt[10] as number),
      steps,
    };
  }

  async #context() {
    const workDir = join(this.#options.dir, String(this.#pieces++));
    await mkdir(workDir, { recursive: true });
    return { emit: async () => undefined, signal: this.#signal, workDir, logger: this.#options.logger };
  }
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
