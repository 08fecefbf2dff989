import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENCODER_FOR, READ_BY } from '../../domain/encoder-contents.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { EncoderKind, ParadigmName, Positives, TrainingConfig } from '../../domain/training.ts';
import { encodingsBefore, encodingsPerStep, type TrainingSize } from '../../domain/training-cost.ts';
import { resolveTrainingConfig } from '../../training/defaults.ts';
import { datasetNamed } from '../client/find.ts';
import { throwUnlessDone } from '../client/follow-job.ts';
import {
  COMPARE_RUNS,
  type ComparedRunFields,
  type DatasetFields,
  type RunFields,
  START_TRAINING,
} from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits, megabytes, thousands } from '../terminal/output.ts';
import { encoderInput } from './encoder-options.ts';
import { asEnum, clientCommand, decimal, examples, given, whole } from './options.ts';
import { PARADIGM_NAMES, paradigmInput } from './paradigm-options.ts';
import { follow } from './train.ts';

interface CompareOptions extends SessionOptions {
  readonly dataset?: string;
  readonly paradigms: readonly ParadigmName[];
  readonly steps: number;
  readonly encoder?: EncoderKind;
  readonly positives?: Positives;
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly dimensions?: number;
  readonly seed?: number;
}

/** Evaluations of each run, so that each has as many chances to be at its best. */
const EVALUATIONS = 5;
const MOST_EPOCHS = 10_000;

export function compareCommand(): Command {
  return clientCommand('compare')
    .description(
      'train with several paradigms at equal compute, one after another, and hold the results against each other',
    )
    .option('--dataset <name>', 'dataset to train on (default: the only one there is)')
    .option(
      '--paradigms <names>',
      `which, separated by commas (default: all: ${PARADIGM_NAMES.join(',')})`,
      paradigmNames,
    )
    .option('--steps <n>', 'compute of each: that of so many steps with in-batch negatives', whole, 200)
    .addOption(
      new Option('--encoder <kind>', 'sort of encoder (default: the one for what the dataset holds)').choices(
        Object.keys(READ_BY),
      ),
    )
    .addOption(
      new Option('--positives <what>', 'what belongs together (default: relevance)').choices([
        'relevance',
        'label',
        'augmentation',
      ]),
    )
    .option('--batch-size <n>', 'pairs a batch (default: 512; of images 128)', whole)
    .option('--learning-rate <x>', 'highest learning rate (default: that of `quartet train`)', decimal)
    .option('--dimensions <n>', 'width of the embedding (default: that of `quartet train`)', whole)
    .option('--seed <n>', 'seed of every run (default: 1)', whole)
    .addHelpText(
      'after',
      `
Compute is counted in encodings: texts put through an encoder, by either tower or the momentum copy, with or without a
gradient; evaluations are left out. A step with in-batch negatives takes 2 a pair, with a momentum encoder 4 (it is symmetric
by default), with a memory bank 2 and all items once at the start, end-to-end 2 and its negatives, each item once a step.
Ctrl-C cancels the run that is on; the rest is not started.${examples([
        'quartet compare --dataset faq',
        'quartet compare --dataset faq --paradigms in-batch-negatives,memory-bank --steps 500 --json',
        'quartet compare --dataset pets --positives augmentation',
      ])}`,
    )
    .action((options: CompareOptions) => withSession(options, (session) => compare(session, options)));
}

async function compare(session: Session, options: CompareOptions): Promise<void> {
  const { connection, output } = session;
  const dataset = await datasetNamed(connection, options.dataset);
  const encoder = options.encoder ?? ENCODER_FOR[dataset.kind];
  const plans = planEqually({ ...options, encoder }, dataset);
  const ids: string[] = [];
  for (const { paradigm, steps } of plans) {
    output.note(`${paradigm}: ${thousands(steps)} steps`);
    const { batchSize, learningRate, dimensions, seed } = options;
    const { run } = await connection.mutate<{ run: RunFields }>('startTraining', START_TRAINING, {
      datasetId: dataset.id,
      encoder: encoderInput(encoder, given({ dimensions })),
      ...given({ positives: options.positives && asEnum(options.positives) }),
      paradigm: paradigmInput(paradigm, {}),
      epochs: MOST_EPOCHS,
      maxSteps: steps,
      evaluateEvery: Math.ceil(steps / EVALUATIONS),
      ...given({ batchSize, learningRate, seed }),
    });
    const done = await follow(session, run.id);
    if (done.status === 'PAUSED') {
      throw new QuartetError('CONFLICT', `Run ${run.id} was paused, so there is nothing to compare it by.`);
    }
    throwUnlessDone(done);
    ids.push(run.id);
  }
  const { compareRuns } = await connection.query<{ compareRuns: { runs: readonly ComparedRunFields[] } }>(
    COMPARE_RUNS,
    { ids },
  );
  const runs = compareRuns.runs.map((run, i) => ({ paradigm: plans[i]?.paradigm, ...run }));
  output.result(table(runs), { dataset: dataset.name, runs });
}

type PlannedOptions = Partial<CompareOptions> & { readonly steps: number; readonly encoder: EncoderKind };

/**
 * Steps of each paradigm that take as many encodings as the steps asked for with in-batch negatives.
 * @throws QuartetError BAD_INPUT when these are too few for one step of one of them
 */
function planEqually(
  { paradigms = PARADIGM_NAMES, steps, batchSize, encoder: kind, positives = 'relevance' }: PlannedOptions,
  { itemCount, relevanceCount }: DatasetFields,
): { paradigm: ParadigmName; steps: number }[] {
  const pairs = positives === 'relevance' ? relevanceCount : itemCount;
  const size: TrainingSize = { pairs, items: itemCount };
  const configOf = (name: ParadigmName): TrainingConfig =>
    resolveTrainingConfig(given({ batchSize, positives, encoder: { kind }, paradigm: { name }, maxSteps: steps }));
  const budget = steps * encodingsPerStep(configOf('in-batch-negatives'), size);
  return paradigms.map((paradigm) => {
    const config = configOf(paradigm);
    const own = Math.round((budget - encodingsBefore(config, size)) / encodingsPerStep(config, size));
    if (own >= 1) return { paradigm, steps: own };
    throw new QuartetError(
      'BAD_INPUT',
      `--steps ${steps} is ${thousands(budget)} encodings, too few for one step with ${paradigm}: give more steps.`,
    );
  });
}

const COLUMNS = [
  'paradigm',
  'steps',
  'encodings',
  'negatives',
  'before',
  'nDCG@10',
  'kNN',
  'verdict',
  'time',
  'pairs/s',
  'memory',
];

function table(runs: readonly ({ paradigm: ParadigmName | undefined } & ComparedRunFields)[]): string {
  const rows = runs.map(({ paradigm, run, ...compared }) => [
    paradigm ?? '',
    thousands(run.step),
    thousands(compared.encodings),
    thousands(compared.negativesPerQuery),
    digits(run.baseline?.ndcgAt10),
    digits(run.best?.ndcgAt10),
    typeof run.best?.knnAccuracy === 'number' ? digits(run.best.knnAccuracy) : '',
    run.verdict?.outcome.toLowerCase() ?? '',
    compared.seconds === null ? '' : `${compared.seconds.toFixed(1)} s`,
    compared.pairsPerSecond === null ? '' : thousands(Math.round(compared.pairsPerSecond)),
    compared.peakMemoryBytes === null ? '' : megabytes(compared.peakMemoryBytes),
  ]);
  const lines = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [...text, 'Negatives: of each query, with a full batch and queue, before false ones are masked.'].join('\n');
}

function paradigmNames(text: string): ParadigmName[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(PARADIGM_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${PARADIGM_NAMES.join(', ')}.`);
  if (names.length < 2 || new Set(names).size < names.length)
    throw new InvalidArgumentError('Name two or more, each once.');
  return names as ParadigmName[];
}
