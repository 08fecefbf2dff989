import { type Command, Option } from 'commander';
import { datasetNamed } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import { REFINEMENT, type RefinementFields, START_REFINEMENT } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits } from '../terminal/output.ts';
import { clientCommand, decimal, examples, given, whole } from './options.ts';

interface RefineOptions extends SessionOptions {
  readonly dataset?: string;
  readonly rounds?: number;
  readonly asynchronous?: boolean;
  readonly positives?: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly dimensions?: number;
  readonly hardNegatives?: number;
  readonly seed?: number;
  readonly rangeMin?: number;
  readonly rangeMax?: number;
  readonly maxScore?: number;
  readonly minScore?: number;
  readonly absoluteMargin?: number;
  readonly relativeMargin?: number | null;
  readonly perQuery?: number;
  readonly strategy?: string;
  readonly corpus?: string;
  readonly equalLabels?: boolean;
}

export function refineCommand(): Command {
  return clientCommand('refine')
    .description(
      'train, mine hard negatives with what was trained, train again: for some rounds, keeping what got better',
    )
    .option('--dataset <name>', 'dataset to train on (default: the only one there is)')
    .option('--rounds <n>', 'rounds of mining and training again (default: 2)', whole)
    .option('--asynchronous', 'train once and mine so often on the way, while the training goes on')
    .optionsGroup('Training:')
    .addOption(new Option('--positives <kind>', 'what belongs together').choices(['relevance', 'label']))
    .option('--epochs <n>', 'passes over the training pairs in each round (default: 10)', whole)
    .option('--batch-size <n>', 'pairs a batch (default: 512)', whole)
    .option('--learning-rate <x>', 'highest learning rate (default: 0.01)', decimal)
    .option('--dimensions <n>', 'width of the embedding (default: 256)', whole)
    .option('--hard-negatives <n>', 'mined negatives of each query that join its batch (default: 1)', whole)
    .option('--seed <n>', 'seed of training and mining (default: 1)', whole)
    .optionsGroup('Mining:')
    .option('--range-min <n>', 'nearest ones passed over (default: 0)', whole)
    .option('--range-max <n>', 'ranks looked at (default: 100)', whole)
    .option('--max-score <x>', 'ceiling of a negative', decimal)
    .option('--min-score <x>', 'floor of a negative', decimal)
    .option('--absolute-margin <x>', 'what a negative must score less than the positive', decimal)
    .option('--relative-margin <x>', 'the same as a share of it, or none (default: 0.05)', (text) =>
      text === 'none' ? null : decimal(text),
    )
    .option('--per-query <n>', 'negatives wanted of each query (default: 5)', whole)
    .addOption(new Option('--strategy <strategy>', 'which ones are taken').choices(['top', 'random', 'spread']))
    .addOption(new Option('--corpus <items>', 'which items may become negatives').choices(['paired', 'all']))
    .option('--equal-labels', 'also take items that have the label of a positive')
    .addHelpText(
      'after',
      examples([
        'quartet refine --dataset faq',
        'quartet refine --dataset faq --rounds 1 --epochs 20 --relative-margin 0.1',
      ]),
    )
    .action((options: RefineOptions) => withSession(options, (session) => refine(session, options)));
}

async function refine({ connection, output }: Session, options: RefineOptions): Promise<void> {
  const dataset = await datasetNamed(connection, options.dataset);
  const { epochs, batchSize, learningRate, dimensions, hardNegatives, seed } = options;
  const { rangeMin, rangeMax, maxScore, minScore, absoluteMargin, relativeMargin, perQuery } = options;
  const input = {
    ...given({ rounds: options.rounds, asynchronous: options.asynchronous }),
    training: {
      datasetId: dataset.id,
      ...given({ epochs, batchSize, learningRate, seed, positives: options.positives?.toUpperCase() }),
      ...(dimensions === undefined ? {} : { encoder: { textStatic: { dimensions } } }),
      ...(hardNegatives === undefined ? {} : { paradigm: { inBatchNegatives: { hardNegatives } } }),
    },
    mining: given({
      ...{ rangeMin, rangeMax, maxScore, minScore, absoluteMargin, relativeMargin, perQuery, seed },
      strategy: options.strategy?.toUpperCase(),
      corpus: options.corpus?.toUpperCase(),
      excludeEqualLabels: options.equalLabels === true ? false : undefined,
    }),
  };
  const { refinement } = await connection.mutate<{ refinement: RefinementFields }>(
    'startRefinement',
    START_REFINEMENT,
    input,
  );
  let told = '';
  const refined = await untilFinal(
    { connection, output },
    refinement,
    async () =>
      (await connection.query<{ refinement: RefinementFields | null }>(REFINEMENT, { id: refinement.id })).refinement,
    (state) => {
      const stage = stageOf(state);
      if (stage !== told) output.note(stage);
      told = stage;
    },
  );
  output.result(describe(refined, dataset.name), refined);
}

/** What goes on, in a few words. */
function stageOf({ rounds, asynchronous }: RefinementFields): string {
  const last = rounds.at(-1);
  if (last === undefined) return 'Waiting for a worker …';
  const { round, hardNegativeSet, run, encoder, taken } = last;
  if (taken !== null) return `Round ${round} is done`;
  if (encoder !== null) return `Round ${round}: comparing …`;
  if (run !== null && asynchronous) return `Training, mined ${minings(run)} …`;
  if (run !== null) return `Round ${round}: training …`;
  return hardNegativeSet === null ? `Round ${round}: indexing …` : `Round ${round}: mining …`;
}

function minings({
  refreshes,
}: {
  readonly refreshes: readonly { readonly hardNegativeSet: object | null }[];
}): string {
  const mined = refreshes.filter(({ hardNegativeSet }) => hardNegativeSet !== null).length;
  return mined === 1 ? 'once' : `${mined} times`;
}

function describe({ rounds, asynchronous, encoder, index }: RefinementFields, dataset: string): string {
  const lines = rounds.map(({ round, run, encoder, verdict, taken }) => {
    const name = encoder === null ? '–' : `${encoder.name}@${encoder.version}`;
    const difference =
      verdict === null
        ? ''
        : `, ${verdict.difference < 0 ? '' : '+'}${digits(verdict.difference)} (95 % from ${digits(verdict.low)} to ${digits(verdict.high)})`;
    if (asynchronous && run !== null) return `  ${name} nDCG@10 ${digits(run.best?.ndcgAt10)}, mined ${minings(run)}`;
    return `  round ${round}: ${name} nDCG@10 ${digits(run?.best?.ndcgAt10)}${difference}${taken === false ? ', not taken' : ''}`;
  });
  return [
    `Refined "${dataset}": the best encoder is ${encoder?.name}@${encoder?.version}`,
    ...lines,
    `Next: quartet promote --dataset ${dataset} --index ${index?.id}`,
  ].join('\n');
}
