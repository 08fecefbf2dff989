import { type Command, Option } from 'commander';
import type { DatasetKind } from '../../domain/contents.ts';
import { ENCODER_FOR } from '../../domain/encoder-contents.ts';
import { QUALITY_METRICS } from '../../domain/quality.ts';
import type { ParadigmName } from '../../domain/training.ts';
import { cancellable } from '../client/cancel.ts';
import { datasetNamed, encoderFor } from '../client/find.ts';
import { throwUnlessDone } from '../client/follow-job.ts';
import { type FollowedVerdict, RUN, type RunFields, START_TRAINING } from '../client/operations.ts';
import { followRun } from '../client/run-events.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits } from '../terminal/output.ts';
import { addEncoderOptions, type EncoderOptions, encoderInput } from './encoder-options.ts';
import {
  addOptimizerOptions,
  addStoppingOptions,
  earlyStoppingInput,
  type OptimizerOptions,
  optimizerInput,
} from './optimizer-options.ts';
import { asEnum, clientCommand, decimal, examples, given, whole } from './options.ts';
import { addParadigmOptions, PARADIGM_NAMES, paradigmInput } from './paradigm-options.ts';
import { metricNamed } from './run-quality.ts';

interface TrainOptions extends SessionOptions, OptimizerOptions, EncoderOptions {
  readonly dataset?: string;
  readonly paradigm: ParadigmName;
  readonly guideEncoderId?: string;
  readonly positives?: string;
  readonly towers?: string;
  readonly hardNegativeSet?: string;
  readonly epochs?: number;
  readonly maxSteps?: number;
  readonly batchSize?: number;
  readonly accumulateSteps?: number;
  readonly learningRate?: number;
  readonly warmupFraction?: number;
  readonly schedule?: string;
  readonly clipNorm?: number;
  readonly seed?: number;
  readonly metric?: string;
  readonly evaluateEvery?: number;
  readonly diagnosticsEvery?: number;
  readonly checkpointEvery?: number;
  readonly keepCheckpoints?: number;
  readonly validationFraction?: number;
  readonly backend?: string;
  readonly follow: boolean;
}

export function trainCommand(): Command {
  const command = clientCommand('train')
    .description('train an encoder on a dataset')
    .option('--dataset <name>', 'dataset to train on (default: the only one there is)')
    .addOption(
      new Option('--paradigm <name>', 'where negatives come from').choices(PARADIGM_NAMES).default(PARADIGM_NAMES[0]),
    )
    .option('--seed <n>', 'same seed, data and backend: same run (default: 1)', whole)
    .addOption(new Option('--backend <name>', 'tensor library (default: auto)').choices(['auto', 'tensorflow', 'wasm']))
    .option('--no-follow', 'only start the run, do not watch it')
    .optionsGroup('Data:')
    .addOption(
      new Option('--positives <what>', 'what belongs together (default: relevance)').choices([
        'relevance',
        'label',
        'augmentation',
      ]),
    )
    .addOption(
      new Option('--towers <how>', 'whether queries and items share weights (default: shared)').choices([
        'shared',
        'separate',
      ]),
    )
    .option('--hard-negative-set <id>', 'a set that `quartet mine` has found (default: none)')
    .option('--batch-size <n>', 'pairs a batch (default: 512; of images 128)', whole)
    .option('--epochs <n>', 'passes over the training pairs (default: 10)', whole)
    .option('--max-steps <n>', 'stop after this many steps', whole)
    .option(
      '--validation-fraction <x>',
      'share of TRAIN held out when there is no VALIDATION split (default: 0.05)',
      decimal,
    );
  addEncoderOptions(command);
  addParadigmOptions(command)
    .optionsGroup('Optimizer:')
    .option('--learning-rate <x>', 'highest learning rate (default: 0.01; of vectors 0.001, of images 0.003)', decimal)
    .option('--warmup-fraction <x>', 'share of steps in linear warm-up (default: 0.1)', decimal)
    .addOption(
      new Option('--schedule <name>', 'learning rate after warm-up (default: cosine)').choices([
        'cosine',
        'linear',
        'constant',
      ]),
    );
  addOptimizerOptions(command)
    .option('--accumulate-steps <n>', 'batches a step; adds no negatives (default: 1)', whole)
    .optionsGroup('Evaluation and checkpoints:')
    .addOption(
      new Option('--metric <name>', 'what the best evaluation is best by (default: ndcgAt10)').choices(QUALITY_METRICS),
    )
    .option('--evaluate-every <n>', 'steps between evaluations (default: once an epoch)', whole)
    .option('--diagnostics-every <n>', 'steps between looks at the embeddings (default: with evaluations)', whole);
  return addStoppingOptions(command)
    .option('--checkpoint-every <n>', 'steps between checkpoints (default: every 30 s)', whole)
    .option('--keep-checkpoints <n>', 'latest checkpoints kept, beside the best (default: 2)', whole)
    .addHelpText(
      'after',
      `\nCtrl-C cancels the run; pressed again, it leaves the run to go on by itself.${examples([
        'quartet train --dataset faq',
        'quartet train --dataset faq --epochs 10 --batch-size 256 --seed 7',
        'quartet train --dataset faq --paradigm momentum-encoder --queue-size 4096 --patience 3',
        'quartet train --dataset faq --json | jq .best.ndcgAt10',
      ])}`,
    )
    .action((options: TrainOptions) => withSession(options, (session) => train(session, options)));
}

async function train(session: Session, options: TrainOptions): Promise<void> {
  const { connection, output } = session;
  const dataset = await datasetNamed(connection, options.dataset);
  const guide = options.guideEncoderId && (await encoderFor(connection, dataset, options.guideEncoderId)).id;
  const { run } = await connection.mutate<{ run: RunFields }>('startTraining', START_TRAINING, {
    datasetId: dataset.id,
    ...trainingInput(dataset.kind, { ...options, ...(guide ? { guideEncoderId: guide } : {}) }),
  });
  if (!options.follow) {
    if (session.ownServer)
      output.note('No server runs on this data directory: the run goes on with the next `quartet serve`.');
    output.result(`Run ${run.id} is ${run.status}.`, run);
    return;
  }
  output.note(`Run ${run.id}; \`quartet pause\` with this id pauses it.`);
  const followed = await follow(session, run.id);
  if (followed.status === 'PAUSED') {
    output.result(`Run ${run.id} is PAUSED at step ${followed.step}; \`quartet resume\` goes on with it.`, followed);
    return;
  }
  const done = throwUnlessDone(followed);
  const { encoder } = done;
  const lines = [
    `Trained ${encoder?.name}@${encoder?.version} on "${dataset.name}" in ${done.step} steps (${done.backend?.toLowerCase()}).`,
    ...qualityLines(done),
    ...(done.verdict === null ? [] : [`Verdict: ${verdictText(done.verdict)}.`]),
    `Next: quartet index --dataset ${dataset.name}`,
  ];
  output.result(lines.join('\n'), done);
}

/** By what the run is judged first, then what else is known of every run, or of one by labels. */
function qualityLines({ config, baseline, best }: RunFields): string[] {
  const others = ['NDCG_AT_10', ...(typeof best?.knnAccuracy === 'number' ? ['KNN_ACCURACY'] : [])];
  return [...new Set([config.metric, ...others])].map((metric) => {
    const { name, of } = metricNamed(metric);
    const what = metric === 'KNN_ACCURACY' ? 'of held-out items' : 'on validation queries';
    return `${name} ${what}: ${of(baseline)} before, ${of(best)} after.`;
  });
}

/** `better by 0.120 (95 % from 0.080 to 0.160)` */
function verdictText({ outcome, difference, low, high }: FollowedVerdict): string {
  return `${outcome.toLowerCase()}, ${signed(difference)} (95 % from ${signed(low)} to ${signed(high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${digits(value)}`;
}

/** Only what was given: the server fills in the rest and names the bound of what it refuses. */
function trainingInput(kind: DatasetKind, options: TrainOptions): Record<string, unknown> {
  const enumOf = (name: string | undefined) => (name === undefined ? undefined : asEnum(name));
  const { epochs, maxSteps, batchSize, accumulateSteps, learningRate, warmupFraction, clipNorm, seed } = options;
  const { matryoshka, evaluateEvery, diagnosticsEvery, checkpointEvery, keepCheckpoints, validationFraction } = options;
  return given({
    encoder: encoderInput(options.encoder ?? ENCODER_FOR[kind], options),
    paradigm: paradigmInput(options.paradigm, { ...options }),
    optimizer: optimizerInput(options),
    earlyStopping: earlyStoppingInput(options),
    towers: enumOf(options.towers),
    positives: enumOf(options.positives),
    hardNegativeSetId: options.hardNegativeSet,
    matryoshka,
    epochs,
    maxSteps,
    batchSize,
    accumulateSteps,
    learningRate,
    warmupFraction,
    clipNorm,
    seed,
    metric: enumOf(options.metric),
    evaluateEvery,
    diagnosticsEvery,
    checkpointEvery,
    keepCheckpoints,
    validationFraction,
    schedule: enumOf(options.schedule),
    backend: enumOf(options.backend),
  });
}

/** Watches a run to its end or until it is paused, drawing its progress. The first Ctrl-C cancels the run, the second gives up watching. */
export async function follow(session: Session, runId: string): Promise<RunFields> {
  return await cancellable(session, runId, () => watch(session, runId));
}

async function watch({ connection, output }: Session, runId: string): Promise<RunFields> {
  const progress = output.progress('Training');
  const state = () => connection.query<{ run: RunFields }>(RUN, { id: runId });
  let total: number | null = null;
  let judgedBy: ReturnType<typeof metricNamed> | undefined;
  let quality = '';
  try {
    for await (const event of followRun(connection, runId)) {
      if (event.__typename === 'RunStepEvent') {
        total ??= (await state()).run.totalSteps;
        const speed = `${Math.round(event.pairsPerSecond).toLocaleString('en-US')} pairs/s`;
        progress.update(event.step, total, `loss ${event.loss.toFixed(3)}, ${speed}${quality}`);
      } else if (event.__typename === 'RunEvaluationEvent') {
        judgedBy ??= metricNamed((await state()).run.config.metric);
        quality = `, ${judgedBy.name} ${judgedBy.of(event.metrics)}`;
      } else if (event.__typename === 'RunStatusEvent' && event.status === 'PAUSED') {
        // An old pause may be followed by a resume.
        if ((await state()).run.status === 'PAUSED') break;
      } else if (event.__typename === 'RunLogEvent' && event.level === 'WARN') {
        output.note(event.message);
      }
    }
  } finally {
    progress.stop();
  }
  return (await state()).run;
}
