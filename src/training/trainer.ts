import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { QuartetError } from '../domain/errors.ts';
import type { BackendName, RunEventBody, TrainingConfig } from '../domain/training.ts';
import { SECOND } from '../platform/clock.ts';
import { type BatchTask, createBatches, pairsOfEpoch } from './batches.ts';
import { BestState } from './best-state.ts';
import { type CheckpointContent, fingerprintOf, writeCheckpoint } from './checkpoint.ts';
import { type StepOutcome, watchDivergence } from './divergence.ts';
import type { TrainingEvent } from './events.ts';
import { applyGradients } from './gradient-step.ts';
import type { Paradigm, Sample } from './paradigms/paradigm.ts';
import { planTraining } from './plan.ts';
import { startProgress, type TrainingProgress } from './progress.ts';
import { type Evaluated, isPatienceOver, noteQuality } from './quality-watch.ts';
import { learningRateAt } from './schedule.ts';
import { gatherState, scatterState, type Towers } from './training-state.ts';

/** Time between checkpoints when the config gives no number of steps. */
const CHECKPOINT_INTERVAL = 30 * SECOND;

/** What data must have to be trained on. */
const WANTED: Readonly<Record<TrainingConfig['positives'], string>> = {
  relevance: 'the dataset has no TRAIN query with a relevant item',
  label: 'the dataset has no label that two items have',
  augmentation: 'the dataset has no item',
};

/** What to train, on what. */
export interface TrainingTask<Prepared = unknown> extends BatchTask<Prepared> {
  readonly config: TrainingConfig;
  /** Names the data in checkpoints. */
  readonly datasetHash: string;
  readonly towers: Towers<Prepared>;
  readonly paradigm: Paradigm<Prepared>;
  readonly backend: BackendName;
  /** Quality on the validation split with the present weights; null when there is nothing to validate on. */
  readonly evaluate: ((signal: AbortSignal) => Promise<Evaluated>) | null;
  /** Called before each step, in a resumed run too, with the number of steps done: what is trained on may change there. */
  beforeStep?(step: number, totalSteps: number): Promise<void>;
  /** What the embeddings of some pairs look like with the present weights; changes nothing. */
  diagnose?(sample: Sample<Prepared>): Diagnosis;
}

export interface Diagnosis extends Pick<Extract<RunEventBody, { kind: 'diagnostics' }>, 'figures' | 'histograms'> {
  /** What somebody should look at now, or null. */
  readonly warning: string | null;
}

export interface TrainingSurroundings {
  /** Resolves when there is room for more. */
  emit(event: TrainingEvent): Promise<void>;
  readonly signal: AbortSignal;
  /** Aborted when the run is to write a checkpoint and end there. */
  readonly pause?: AbortSignal | undefined;
  /** For files of this run while it goes on. */
  readonly workDir: string;
  /** Gets one directory a checkpoint, `step-<number>`. */
  readonly checkpointsDir: string;
  readonly resume: CheckpointContent | null;
}

export interface TrainResult {
  /** False when the run was paused: its last checkpoint holds where it stands. */
  readonly finished: boolean;
  readonly baseline: Evaluated | null;
  /** The evaluation whose state the towers have now; null without validation, then they have the last state. */
  readonly best: (Evaluated & { readonly step: number }) | null;
  readonly steps: number;
  /** Pairs trained on, and the seconds that steps took: evaluations and checkpoints are left out. */
  readonly pairs: number;
  readonly trainingSeconds: number;
}

/**
 * Trains: the one loop, which knows no paradigm and no kind of encoder. Everything random in it is a function of the seed and
 * the step, so equal tasks give equal curves, and a resumed one goes on bit for bit as if it had not been interrupted. Ends
 * with the towers in the state of the best evaluation (by `config.metric`; the earlier of equals).
 * @throws QuartetError TRAINING_DIVERGED (loss or gradient no number, or loss far above its start), NOT_READY without a pair,
 *   CONFLICT when the checkpoint is of another run; the signal's reason within one step or evaluation block of its abort
 */
export async function train<Prepared>(
  task: TrainingTask<Prepared>,
  { emit, signal, pause, workDir, checkpointsDir, resume }: TrainingSurroundings,
): Promise<TrainResult> {
  const { config, towers, paradigm, backend } = task;
  if (pairsOfEpoch(task.pairs, 0).queryRows.length === 0) {
    throw new QuartetError('NOT_READY', `no pair to train on: ${WANTED[config.positives]}`);
  }
  const batches = createBatches(task);
  const plan = planTraining(config, batches.perEpoch);
  const fingerprint = fingerprintOf(config, task.datasetHash);
  const best = await BestState.open(workDir, resume?.bestFile ?? null);
  await mkdir(checkpointsDir, { recursive: true });
  let progress = resume === null ? startProgress() : await takeUp(resume);
  let reported = progress;
  let checkpointedAt = performance.now();

  await emit({ kind: 'plan', totalSteps: plan.totalSteps, backend });
  const sample = batches.sample();
  if (progress.step === 0) {
    await evaluate();
    await diagnose({});
  }
  while (progress.step < plan.totalSteps && !isPatienceOver(progress.quality, config.earlyStopping)) {
    await nextTurn();
    signal.throwIfAborted();
    if (pause?.aborted) {
      await checkpoint();
      return resultSoFar(false);
    }
    await task.beforeStep?.(progress.step, plan.totalSteps);
    const begun = performance.now();
    await makeReady();
    const { learningRate, gradientNorm } = oneStep(begun);
    if (plan.reportsAt(progress.step)) await report(learningRate);
    if (plan.evaluatesAt(progress.step)) await evaluate();
    if (plan.diagnosesAt(progress.step)) await diagnose({ gradientNorm });
    if (isCheckpointDue()) await checkpoint();
  }
  const bestStep = progress.quality.best?.step ?? progress.step;
  if (progress.step < plan.totalSteps) {
    const message = `stopped after step ${progress.step}: ${config.metric} has not risen since step ${bestStep}`;
    await emit({ kind: 'log', level: 'info', message });
  }
  if (bestStep !== progress.step) scatterState({ ...towers, paradigm }, await best.read());
  return resultSoFar(true);

  function resultSoFar(finished: boolean): TrainResult {
    const { step: steps, pairs, trainingMs, quality } = progress;
    const { baseline, best } = quality;
    return { finished, baseline, best, steps, pairs, trainingSeconds: trainingMs / SECOND };
  }

  /** Batches of this step, while those of the next are begun. */
  async function makeReady(): Promise<void> {
    const { accumulateSteps } = config;
    const [from, to] = [progress.step * accumulateSteps, (progress.step + 1) * accumulateSteps];
    await batches.ready(from, to, Math.min(to + accumulateSteps, plan.totalSteps * accumulateSteps));
  }

  /** @param begun when the step was, by `performance.now()` */
  function oneStep(begun: number): StepOutcome {
    const learningRate = learningRateAt(config, progress.step, plan.totalSteps);
    const { accumulateSteps, clipNorm } = config;
    let [loss, batchSize] = [0, 0];
    for (let part = 0; part < accumulateSteps; part++) {
      const batch = batches.at(progress.step * accumulateSteps + part);
      loss += paradigm.step({ ...batch, progress: progress.step / plan.totalSteps }) / accumulateSteps;
      batchSize += batch.queryRows.length;
    }
    const gradientNorm = applyGradients(
      { ...towers, paradigm },
      { learningRate, clipNorm, accumulated: accumulateSteps },
    );
    const step = progress.step + 1;
    const outcome = { step, loss, gradientNorm, learningRate, batchSize };
    progress = {
      ...progress,
      step,
      divergence: watchDivergence(progress.divergence, outcome),
      lossSum: progress.lossSum + loss,
      lossCount: progress.lossCount + 1,
      pairs: progress.pairs + batchSize,
      trainingMs: progress.trainingMs + performance.now() - begun,
    };
    return outcome;
  }

  async function report(learningRate: number): Promise<void> {
    const { step, lossSum, lossCount } = progress;
    const seconds = (progress.trainingMs - reported.trainingMs) / SECOND;
    const pairsPerSecond = (progress.pairs - reported.pairs) / seconds;
    const epoch = step / plan.stepsPerEpoch;
    progress = { ...progress, lossSum: 0, lossCount: 0 };
    reported = progress;
    await emit({ kind: 'step', step, epoch, loss: lossSum / lossCount, learningRate, pairsPerSecond });
  }

  async function evaluate(): Promise<void> {
    if (task.evaluate === null) return;
    const { step } = progress;
    const evaluated = await task.evaluate(signal);
    progress = { ...progress, quality: noteQuality(progress.quality, { step, ...evaluated }, config) };
    // The last state needs no file: the towers have it.
    const isBest = progress.quality.best?.step === step;
    if (isBest && step < plan.totalSteps) await best.keep(gatherState({ ...towers, paradigm }));
    const { metrics } = evaluated;
    await emit({ kind: 'evaluation', step, split: 'VALIDATION', baseline: step === 0, metrics });
  }

  async function diagnose(own: Readonly<Record<string, number>>): Promise<void> {
    if (task.diagnose === undefined) return;
    const { figures, histograms, warning } = task.diagnose(sample);
    await emit({ kind: 'diagnostics', step: progress.step, figures: { ...figures, ...own }, histograms });
    if (warning !== null) await emit({ kind: 'log', level: 'warn', message: `step ${progress.step}: ${warning}` });
  }

  function isCheckpointDue(): boolean {
    if (progress.step === plan.totalSteps) return false;
    if (config.checkpointEvery !== null) return progress.step % config.checkpointEvery === 0;
    return performance.now() - checkpointedAt >= CHECKPOINT_INTERVAL;
  }

  async function checkpoint(): Promise<void> {
    const { step } = progress;
    const dir = join(checkpointsDir, `step-${String(step).padStart(10, '0')}`);
    const arrays = gatherState({ ...towers, paradigm });
    await writeCheckpoint(dir, { fingerprint, backend, progress, arrays, bestFile: best.file });
    checkpointedAt = performance.now();
    await emit({ kind: 'checkpoint', step, dir });
  }

  async function takeUp(content: CheckpointContent): Promise<TrainingProgress> {
    if (content.fingerprint !== fingerprint) {
      throw new QuartetError('CONFLICT', 'the checkpoint is of a run with another config or other data');
    }
    if (content.backend !== backend) {
      const message = `the checkpoint was written on ${content.backend}, this goes on with ${backend}: figures differ in the last digits`;
      await emit({ kind: 'log', level: 'warn', message });
    }
    scatterState({ ...towers, paradigm }, content.arrays);
    return content.progress;
  }
}
