import { join } from 'node:path';
import { openSnapshot, type Snapshot } from '../../data/snapshot.ts';
import type { BackendName, RetrievalMetrics, TrainingConfig, Verdict } from '../../domain/training.ts';
import { type Content, learnModel, saveTwoTowers } from '../../encoders/index.ts';
import { verdictOn } from '../../evaluation/verdict.ts';
import { SECOND } from '../../platform/clock.ts';
import { peakMemoryBytes } from '../../platform/peak-memory.ts';
import { createRandom } from '../../platform/random.ts';
import { pairsOfEpoch } from '../../training/batches.ts';
import { readCheckpoint } from '../../training/checkpoint.ts';
import { resolveTrainingConfig } from '../../training/defaults.ts';
import type { TrainingEvent } from '../../training/events.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import { type TrainResult, train } from '../../training/trainer.ts';
import { type LoadedContents, loadContents } from './contents.ts';
import { divide } from './divide.ts';
import { loadGuide } from './guide.ts';
import { ImageViews } from './image-views.ts';
import { type GivenNegatives, withMinedNegatives } from './mined-negatives.ts';
import { prepareContents } from './prepared-contents.ts';
import { createRefreshing } from './refreshing.ts';
import type { TrainingData } from './training-data.ts';
import { trainingTask } from './training-task.ts';
import { trainsOnViews } from './views.ts';
import type { Work } from './work.ts';

export interface TrainSpec {
  readonly runId: string;
  readonly config: TrainingConfig;
  readonly snapshotPath: string;
  /** A checkpoint of this run to go on from, or null to begin. */
  readonly resume: { readonly dir: string } | null;
  readonly checkpointsDir: string;
  /** The encoder that the config names as guide. */
  readonly guideDir?: string | null;
  /** Mined negatives, to stand beside those judged irrelevant. */
  readonly negatives?: GivenNegatives | null;
  /** Where `handOver` puts what is mined on the way, of a config with `refresh`. */
  readonly refreshesDir?: string;
  /** Taken where the config leaves the choice of backend open. Default `auto`. */
  readonly backend?: BackendChoice;
}

export interface TrainWorkResult {
  readonly encoderDir: string;
  readonly baseline: RetrievalMetrics | null;
  readonly best: RetrievalMetrics | null;
  /** null when nothing was evaluated. */
  readonly verdict: Verdict | null;
  readonly steps: number;
  readonly backend: BackendName;
  readonly datasetHash: string;
  readonly timings: {
    /** Learning the vocabulary, or whatever the encoder learns before the first step. */
    readonly learningSeconds: number;
    /** Turning every content into what the encoder reads, once. */
    readonly preparingSeconds: number;
    /** Steps only, loss and optimizer included; evaluations and checkpoints left out. */
    readonly trainingSeconds: number;
    readonly pairs: number;
  };
}

/**
 * Trains an encoder on a snapshot and leaves it in a directory, in the state of its best evaluation. Paused, it leaves the checkpoint
 * it has reported last.
 * @throws QuartetError BAD_INPUT for a config out of bounds, NOT_READY without a pair, TRAINING_DIVERGED, CORRUPT_ARTIFACT for
 *   a snapshot or checkpoint that was changed, BACKEND_UNAVAILABLE
 */
export const work: Work<TrainSpec, TrainingEvent, TrainWorkResult | 'paused'> = async (spec, context) => {
  const { signal, pause, workDir, logger } = context;
  const config = resolveTrainingConfig(spec.config);
  const tensors = await loadTensors(config.backend === 'auto' ? (spec.backend ?? 'auto') : config.backend, logger);
  const snapshot = await openSnapshot(spec.snapshotPath);
  let viewThreads: ImageViews | null = null;
  try {
    const divided = divide(snapshot, config);
    let data = spec.negatives == null ? divided : await withMinedNegatives(divided, snapshot, spec.negatives);
    await context.emit({ kind: 'log', level: 'info', message: describe(data) });
    const decoding = stopwatch();
    const contents = await loadContents(snapshot, config.encoder, signal);
    const decodingSeconds = decoding();
    const learning = stopwatch();
    // The same seed and contents give the same model, so a resume learns it again instead of storing it.
    const model = learnModel(
      config.encoder,
      modelContents(snapshot, contents, data),
      createRandom(config.seed),
      tensors,
      config.optimizer,
    );
    const learningSeconds = learning();
    const queryModel = config.towers === 'separate' ? model.twin() : model;
    const preparing = stopwatch();
    const prepared = await prepareContents(snapshot, contents, { data, model, signal });
    const preparingSeconds = decodingSeconds + preparing();

    const card = { runId: spec.runId, datasetHash: snapshot.hash, config };
    const save = (dir: string, metrics: RetrievalMetrics | null) =>
      queryModel === model
        ? model.save(dir, { ...card, metrics })
        : saveTwoTowers(dir, { query: queryModel, item: model }, { ...card, metrics });
    const emit = (event: TrainingEvent) => context.emit(event);
    const { refresh } = config;
    const refreshing =
      refresh === null || spec.refreshesDir === undefined
        ? null
        : createRefreshing({
            ...{ refresh, data, snapshot, dir: spec.refreshesDir, workDir, signal, emit },
            save: (dir) => save(dir, null),
          });
    data = refreshing?.data ?? data;
    if (trainsOnViews(config) && contents.items !== undefined) viewThreads = new ImageViews(contents.items);
    const guide = spec.guideDir == null ? null : await loadGuide(spec.guideDir, contents, data.querySide);
    const ingredients = { config, snapshot, contents, data, model, queryModel, prepared, tensors, guide, viewThreads };
    const task = {
      ...trainingTask(ingredients),
      ...(refreshing === null ? {} : { beforeStep: refreshing.beforeStep }),
    };
    const resume = spec.resume === null ? null : await readCheckpoint(spec.resume.dir);
    const { checkpointsDir } = spec;
    const result = await train(task, { emit, signal, pause, workDir, checkpointsDir, resume });
    if (!result.finished) return 'paused';

    const figures = { peakMemoryBytes: peakMemoryBytes() };
    await context.emit({ kind: 'diagnostics', step: result.steps, figures, histograms: {} });

    const encoderDir = join(workDir, 'encoder');
    const best = result.best?.metrics ?? null;
    await save(encoderDir, best);
    task.paradigm.dispose();
    for (const used of new Set([queryModel, model])) used.dispose();
    const { steps, trainingSeconds, pairs } = result;
    return {
      encoderDir,
      baseline: result.baseline?.metrics ?? null,
      best,
      verdict: verdictOf(result, config),
      steps,
      backend: tensors.name,
      datasetHash: snapshot.hash,
      timings: { learningSeconds, preparingSeconds, trainingSeconds, pairs },
    };
  } finally {
    await viewThreads?.close();
    snapshot.close();
  }
};

function verdictOf({ baseline, best }: TrainResult, { metric, seed }: TrainingConfig): Verdict | null {
  return baseline && best && verdictOn(metric, baseline.scores, best.scores, createRandom(seed));
}

function describe({ pairs, validation }: TrainingData): string {
  const measured =
    validation === null
      ? 'nothing to validate on, the last state is kept'
      : `validated on ${validation.queryRows.length} queries against ${validation.itemRows.length} items`;
  return `training on ${pairsOfEpoch(pairs, 0).queryRows.length} pairs, ${measured}`;
}

/** What an encoder may learn its language from: all items, and the queries that are trained on. */
function* modelContents(
  { items, queries }: Snapshot,
  { content }: LoadedContents,
  { pairs, querySide }: TrainingData,
): Generator<Content> {
  for (let row = 0; row < items.count; row++) yield content('items', row);
  if (querySide === 'items') return;
  const trained = new Uint8Array(queries.count);
  for (const row of pairsOfEpoch(pairs, 0).queryRows) trained[row] = 1;
  for (let row = 0; row < queries.count; row++) if (trained[row] === 1) yield content('queries', row);
}

function stopwatch(): () => number {
  const begun = performance.now();
  return () => (performance.now() - begun) / SECOND;
}
