import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/index.ts';
import { createLogger } from '../src/platform/logger.ts';
import { work as evaluate } from '../src/services/work/evaluate.ts';
import { work as train } from '../src/services/work/train.ts';
import { resolveTrainingConfig } from '../src/training/defaults.ts';
import { loadTensors } from '../src/training/tensors.ts';
import { snapshotOfPairs } from './pairs-snapshot.ts';
import type { Bench } from './run.ts';

/** Figures for MedQuAD that were recorded elsewhere, on 2 cores of one machine; not measured by this bench. */
const RECORDED = {
  bm25Ndcg10: 0.528,
  sentenceTransformersNdcg10: 0.701,
  sentenceTransformersPairsPerSecond: 1_668,
};

const OPTIONS = {
  file: { type: 'string' },
  query: { type: 'string', default: 'question' },
  positive: { type: 'string', default: 'answer' },
  split: { type: 'string', default: 'split' },
  epochs: { type: 'string' },
  batch: { type: 'string' },
  'learning-rate': { type: 'string' },
  dimensions: { type: 'string', default: '256' },
  temperature: { type: 'string' },
  symmetric: { type: 'boolean' },
  'learn-temperature': { type: 'boolean' },
  'validation-fraction': { type: 'string', default: '0' },
  seed: { type: 'string' },
  quick: { type: 'boolean', default: false },
} as const;

/**
 * Retrieval quality and training throughput of `text-static` with in-batch negatives, by the product's own training and
 * evaluation work. Trains on the TRAIN rows; measures on the TEST queries against all positives of the file. `--quick`: two
 * epochs. The claim: nDCG@10 of 0.70 on MedQuAD within 20 epochs, 5,000 pairs/s or more on `tensorflow`.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.file === undefined) throw new Error('retrieval wants --file FILE (JSONL, CSV or Parquet, also gzipped)');
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const config = resolveTrainingConfig({
    encoder: { dimensions: Number(values.dimensions) },
    paradigm: {
      temperature: number(values.temperature),
      symmetric: values.symmetric,
      learnTemperature: values['learn-temperature'],
    },
    epochs: values.quick ? 2 : number(values.epochs),
    batchSize: number(values.batch),
    learningRate: number(values['learning-rate']),
    validationFraction: Number(values['validation-fraction']),
    seed: number(values.seed),
  });
  const { backend, logLevel, logJson } = loadConfig();
  const logger = createLogger({ level: logLevel, json: logJson });
  const tensors = await loadTensors(backend, logger);
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-'));
  const { signal } = new AbortController();
  const workDir = join(dir, 'work');
  await mkdir(workDir);
  try {
    const columns = { query: values.query, positive: values.positive, split: values.split };
    const snapshot = await snapshotOfPairs(values.file, columns, dir);
    logger.info(snapshot, 'read the file');
    const trained = await train(
      {
        runId: 'bench',
        config,
        snapshotPath: snapshot.path,
        resume: null,
        checkpointsDir: join(dir, 'checkpoints'),
        backend,
      },
      {
        emit: async (event) => {
          if (event.kind !== 'step' || event.step % 20 === 0) logger.info(event, event.kind);
        },
        signal,
        workDir,
        logger,
      },
    );
    if (trained === 'paused') throw new Error('nobody paused it');
    const begun = performance.now();
    const spec = { snapshotPath: snapshot.path, encoderDir: trained.encoderDir, split: 'TEST', backend } as const;
    const metrics = await evaluate(spec, { emit: async () => undefined, signal, workDir, logger });
    const evaluationSeconds = (performance.now() - begun) / 1000;
    const { pairs, ...seconds } = trained.timings;
    const pairsPerSecond = pairs / seconds.trainingSeconds;
    print({
      file: values.file.split('/').at(-1),
      ndcg10: round(metrics.ndcgAt10),
      recall10: round(metrics.recallAt[10] as number),
      mrr10: round(metrics.mrrAt10),
      map100: round(metrics.mapAt100),
      accuracy1: round(metrics.accuracyAt1),
      recall100: round(metrics.recallAt[100] as number),
      queries: metrics.queries,
      corpus: metrics.corpus,
      pairsPerSecond: Math.round(pairsPerSecond),
      pairsPerSecondWithPreparing: Math.round(pairs / (seconds.trainingSeconds + seconds.preparingSeconds)),
      pairs,
      ...Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, round(value)])),
      evaluationSeconds: round(evaluationSeconds),
      epochs: config.epochs,
      batch: config.batchSize,
      dimensions: config.encoder.dimensions,
      learningRate: config.learningRate,
      seed: config.seed,
      backend: tensors.name,
      device: tensors.device,
      cpu: cpus()[0]?.model,
      peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      ...(/medquad/i.test(values.file) ? comparison(metrics.ndcgAt10, pairsPerSecond) : {}),
    });
  } finally {
    await rm(dir, { recursive: true });
  }
};

function comparison(ndcg10: number, pairsPerSecond: number) {
  return {
    recorded: RECORDED,
    ndcg10ToBm25: round(ndcg10 / RECORDED.bm25Ndcg10),
    ndcg10ToSentenceTransformers: round(ndcg10 / RECORDED.sentenceTransformersNdcg10),
    pairsPerSecondToSentenceTransformers: round(pairsPerSecond / RECORDED.sentenceTransformersPairsPerSecond),
  };
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
