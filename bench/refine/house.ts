import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { loadConfig } from '../../src/config/index.ts';
import { NEGATIVES_FILE } from '../../src/data/negatives-file.ts';
import { openSnapshot } from '../../src/data/snapshot.ts';
import type { MiningSpec } from '../../src/domain/mining.ts';
import type { RefreshSpec, RetrievalMetrics, TrainingConfig } from '../../src/domain/training.ts';
import type { Logger } from '../../src/platform/logger.ts';
import { work as buildIndex } from '../../src/services/work/build-index.ts';
import { divide } from '../../src/services/work/divide.ts';
import { work as evaluate } from '../../src/services/work/evaluate.ts';
import { work as mine } from '../../src/services/work/mine-negatives.ts';
import { handOver } from '../../src/services/work/refreshing.ts';
import { work as train } from '../../src/services/work/train.ts';
import { pairsOfEpoch } from '../../src/training/batches.ts';
import type { TrainingEvent } from '../../src/training/events.ts';
import { planTraining } from '../../src/training/plan.ts';
import { measureTestRows, type TestRow } from './labelled.ts';

export interface HouseOptions {
  readonly dir: string;
  /** Snapshot trained on. */
  readonly path: string;
  /** Labelled rows to measure by; null: the TEST queries of the snapshot. */
  readonly test: readonly TestRow[] | null;
  readonly backend: ReturnType<typeof loadConfig>['backend'];
  readonly logger: Logger;
}

export interface Trained {
  readonly encoderDir: string;
  /** Of all trainings that led to it. */
  readonly steps: number;
}

/** The product's own work on one snapshot, each piece in a folder of its own, without a database. */
export class House {
  readonly #options: HouseOptions;
  readonly #signal = new AbortController().signal;
  #pieces = 0;
  /** What the last mining found; nothing before. */
  mined: Readonly<Record<string, number | null>> = {};

  constructor(options: HouseOptions) {
    this.#options = options;
  }

  /** With negatives that are given, or, as the config says, mined on the way. */
  async train(config: TrainingConfig, negatives: string | null): Promise<Trained> {
    const context = await this.#context();
    const refreshesDir = join(context.workDir, 'refreshes');
    await mkdir(refreshesDir);
    const { path: snapshotPath, backend } = this.#options;
    const given = negatives === null ? null : { path: negatives, excluded: [] };
    const checkpointsDir = join(context.workDir, 'checkpoints');
    const spec = { runId: 'bench', config, snapshotPath, resume: null, checkpointsDir, backend, negatives: given };
    const emit = async (event: TrainingEvent) => {
      if (event.kind !== 'refresh') return;
      const mined = await this.mine(event.encoderDir, (config.refresh as RefreshSpec).mining);
      await handOver(refreshesDir, event.number, { path: mined.negatives, excluded: [] });
    };
    const trained = await train({ ...spec, refreshesDir }, { ...context, emit });
    if (trained === 'paused') throw new Error('nobody paused it');
    return trained;
  }

  /** Of a training with this config. */
  async totalSteps(config: TrainingConfig): Promise<number> {
    const snapshot = await openSnapshot(this.#options.path);
    try {
      const { queryRows } = pairsOfEpoch(divide(snapshot, config).pairs, 0);
      return planTraining(config, Math.ceil(queryRows.length / config.batchSize)).totalSteps;
    } finally {
      snapshot.close();
    }
  }

  /** Indexes with an encoder, and mines with both. */
  async mine(encoderDir: string, mining: MiningSpec) {
    const { path: snapshotPath, test } = this.#options;
    const parameters = {
      m: 16,
      efConstruction: 100,
      storage: 'float32' as const,
      targetRecall: null,
      efSearch: 128,
      seed: 1,
      encoderSha256: '0'.repeat(64),
    };
    const index = await buildIndex({ snapshotPath, encoderDir, ...parameters }, await this.#context());
    const sources = { source: 'encoder', encoderDir, indexDir: index.indexDir, judgeDir: null } as const;
    const positives = test === null ? 'relevance' : 'label';
    const spec = { snapshotPath, mining, positives, ...sources, marked: [], parts: [] } as const;
    const { dir, report } = await mine(spec, await this.#context());
    const figures = {
      negativesPerQuery: round(report.fates.kept / report.queries),
      tooFew: report.queriesWithTooFew,
      meanRank: report.meanRank === null ? null : round(report.meanRank),
      falseNegativeRate: report.falseNegatives === null ? null : round(report.falseNegatives.rate),
    };
    this.mined = figures;
    return { negatives: join(dir, NEGATIVES_FILE) };
  }

  /** On what was not trained on. */
  async measure({ encoderDir, steps }: Trained) {
    const { path: snapshotPath, backend, test } = this.#options;
    if (test !== null) {
      const { recallAt, accuracyAt1, knnAccuracy } = await measureTestRows(
        encoderDir,
        snapshotPath,
        test,
        this.#options,
      );
      // recall@1 of retrieval is one in hundreds where hundreds share a label; of the nearest one it is accuracy@1.
      return {
        accuracy1: round(accuracyAt1),
        recall1: round(recallAt[1] as number),
        knnAccuracy: round(knnAccuracy ?? 0),
        steps,
      };
    }
    const spec = { snapshotPath, encoderDir, split: 'TEST', backend } as const;
    const metrics: RetrievalMetrics = await evaluate(spec, await this.#context());
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
