import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { diagnose } from '../../src/evaluation/diagnostics/index.ts';
import { groupJudgements } from '../../src/evaluation/judgements.ts';
import type { MeasuredRanking } from '../../src/evaluation/metrics.ts';
import { measureRetrieval } from '../../src/evaluation/retrieval.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Tensors } from '../../src/tensor/backend.ts';
import type { CheckpointContent } from '../../src/training/checkpoint.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../../src/training/defaults.ts';
import type { TrainingEvent } from '../../src/training/events.ts';
import { createParadigm } from '../../src/training/paradigms/index.ts';
import { matryoshka } from '../../src/training/paradigms/matryoshka.ts';
import { prefixesOf } from '../../src/training/paradigms/prefix-tower.ts';
import { type TrainingTask, type TrainResult, train } from '../../src/training/trainer.ts';
import { TableEncoder } from './table-encoder.ts';

/*
 * A task whose right answer can be learned and not guessed: item i has words of "document language", its queries are the
 * same words in "query language", another half of the vocabulary. Only training can tie word w to word w + WORDS.
 */
const WORDS = 60;
const ITEMS = 120;
const QUERIES_PER_ITEM = 3;
const VALIDATION_QUERIES = 60;
const DIMENSIONS = 16;

const random = createRandom(99);
const words = Array.from({ length: ITEMS }, () => Int32Array.from({ length: 4 }, () => random.int(WORDS)));
const queries = words
  .flatMap((own, item) =>
    Array.from({ length: QUERIES_PER_ITEM }, () => ({
      item,
      tokens: own.filter(() => random.next() < 0.8).map((w) => w + WORDS),
    })),
  )
  .filter(({ tokens }) => tokens.length > 0);
random.shuffle(queries);
const trained = queries.slice(VALIDATION_QUERIES);
const held = queries.slice(0, VALIDATION_QUERIES);

export interface SyntheticTask extends TrainingTask<Int32Array> {
  readonly tower: TableEncoder;
  readonly keyTower: TableEncoder;
  /** Quality of the leading dimensions alone. */
  measure(width: number): Promise<MeasuredRanking>;
}

export function syntheticTask(
  tensors: Tensors,
  input: TrainingConfigInput,
  { asymmetric = false } = {},
): SyntheticTask {
  const config = resolveTrainingConfig({ batchSize: 32, epochs: 6, learningRate: 0.05, ...input });
  const createTower = (seed: number) =>
    new TableEncoder(tensors, createRandom(seed), 2 * WORDS, DIMENSIONS, config.optimizer);
  const tower = createTower(config.seed);
  const keyTower = asymmetric ? createTower(config.seed + 1) : tower;
  const query = (row: number) => (trained[row] as { tokens: Int32Array }).tokens;
  const item = (row: number) => words[row] as Int32Array;
  const judgements = groupJudgements(
    held.length,
    [...held.keys()],
    held.map((q) => q.item),
    held.map(() => 1),
  );
  const embedded = (encoder: TableEncoder, rows: readonly Int32Array[], width: number) => ({
    count: rows.length,
    embed: (from: number, to: number) => prefixesOf(encoder.encodePrepared(rows.slice(from, to)), DIMENSIONS, width),
  });
  const asked = held.map((q) => q.tokens);
  const measure = (width: number, signal?: AbortSignal) => {
    const sides = { queries: embedded(tower, asked, width), items: embedded(keyTower, words, width) };
    return measureRetrieval({ ...sides, dimensions: width, judgements }, tensors, signal);
  };
  const context = {
    tensors,
    queryTower: tower,
    keyTower,
    positivesOf: (row: number) => Int32Array.of((trained[row] as { item: number }).item),
    negativesOf: (row: number) => Int32Array.of(((trained[row] as { item: number }).item + 1) % ITEMS),
    items: { count: ITEMS, prepared: item },
    seed: config.seed,
  };
  const paradigm = matryoshka<Int32Array>(config.matryoshka, context, (own) => createParadigm(config.paradigm, own));
  return {
    config,
    datasetHash: 'synthetic',
    pairs: { queryRows: Int32Array.from(trained.keys()), itemRows: Int32Array.from(trained, (q) => q.item) },
    query,
    item,
    tower,
    keyTower,
    towers: { query: tower, key: keyTower },
    paradigm,
    diagnose(sample) {
      const rowsOf = (encoder: TableEncoder, batch: readonly Int32Array[]) => {
        return { values: encoder.encodePrepared(batch), dimensions: DIMENSIONS };
      };
      const found = diagnose({ queries: rowsOf(tower, sample.queries), keys: rowsOf(keyTower, sample.keys) });
      return { ...found, figures: { ...found.figures, ...paradigm.diagnostics?.(sample) } };
    },
    backend: tensors.name,
    measure,
    evaluate: async (signal) => {
      const { metrics, scores } = await measure(DIMENSIONS, signal);
      return { metrics, scores: scores[config.metric] };
    },
  };
}

export interface Outcome {
  readonly events: readonly TrainingEvent[];
  readonly result: TrainResult;
  readonly checkpointsDir: string;
}

export async function runTask(
  t: TestContext,
  task: SyntheticTask,
  options: {
    resume?: CheckpointContent | null;
    signal?: AbortSignal;
    pause?: AbortSignal;
    onEvent?: (event: TrainingEvent) => void;
  } = {},
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-training-'));
  t.after(() => rm(folder, { recursive: true }));
  const events: TrainingEvent[] = [];
  const checkpointsDir = join(folder, 'checkpoints');
  const result = await train(task, {
    emit: async (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    signal: options.signal ?? new AbortController().signal,
    ...(options.pause === undefined ? {} : { pause: options.pause }),
    workDir: folder,
    checkpointsDir,
    resume: options.resume ?? null,
  });
  return { events, result, checkpointsDir };
}

/** Events as they must come again: what a clock or a path decides is cut out. */
export function curve(events: readonly TrainingEvent[], afterStep = -1): object[] {
  return events
    .filter((event) => 'step' in event && event.step > afterStep)
    .map((event) => ({ ...event, pairsPerSecond: null, dir: null }));
}
