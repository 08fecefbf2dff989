import { type Command, Option } from 'commander';
import { datasetNamed, encoderFor } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import {
  HARD_NEGATIVE_SET,
  MINE_HARD_NEGATIVES,
  type NegativeSetFields,
  type ScoreQuantileFields,
} from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits, thousands } from '../terminal/output.ts';
import { clientCommand, decimal, examples, given, whole } from './options.ts';

interface MineOptions extends SessionOptions {
  readonly dataset?: string;
  readonly source?: string;
  readonly encoder?: string;
  readonly judge?: string;
  readonly positives?: string;
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
  readonly judgeMargin?: number;
  readonly seed?: number;
}

export function mineCommand(): Command {
  return clientCommand('mine')
    .description('find hard negatives: items near a query that are probably no answer to it')
    .option('--dataset <name>', 'dataset to mine (default: the only one there is)')
    .addOption(
      new Option(
        '--source <source>',
        'where candidates come from (default: encoder, lexical without an index)',
      ).choices(['encoder', 'lexical', 'both']),
    )
    .option('--encoder <encoder>', 'id, name or name@version with an index (default: that of the newest index)')
    .option('--judge <encoder>', 'a second encoder that may drop what it finds as near as the positive')
    .addOption(new Option('--positives <kind>', 'what belongs to a query').choices(['relevance', 'label']))
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
    .addOption(
      new Option(
        '--corpus <items>',
        'which items may become negatives: those some query is trained towards, or all',
      ).choices(['paired', 'all']),
    )
    .option('--equal-labels', 'also take items that have the label of a positive')
    .option(
      '--judge-margin <x>',
      'what a negative must score less than the positive by the judge (default: 0)',
      decimal,
    )
    .option('--seed <n>', 'seed of random choices (default: 1)', whole)
    .addHelpText(
      'after',
      examples([
        'quartet mine --dataset faq',
        'quartet mine --dataset faq --source lexical --per-query 3',
        'quartet mine --dataset faq --range-min 10 --relative-margin 0.1 --strategy random --judge faq@2',
      ]),
    )
    .action((options: MineOptions) => withSession(options, (session) => mine(session, options)));
}

async function mine(session: Session, options: MineOptions): Promise<void> {
  const { connection, output } = session;
  const dataset = await datasetNamed(connection, options.dataset);
  const idOf = async (encoder: string | undefined) => encoder && (await encoderFor(connection, dataset, encoder)).id;
  const { rangeMin, rangeMax, maxScore, minScore, absoluteMargin, relativeMargin, perQuery, judgeMargin, seed } =
    options;
  const mined = await mineSet(session, {
    datasetId: dataset.id,
    ...given({ rangeMin, rangeMax, maxScore, minScore, absoluteMargin, relativeMargin, perQuery, judgeMargin, seed }),
    ...given({
      source: options.source?.toUpperCase(),
      positives: options.positives?.toUpperCase(),
      strategy: options.strategy?.toUpperCase(),
      corpus: options.corpus?.toUpperCase(),
      encoderId: await idOf(options.encoder),
      judgeId: await idOf(options.judge),
      excludeEqualLabels: options.equalLabels === true ? false : undefined,
    }),
  });
  output.result(describe(mined, dataset.name), mined);
}

/** Asks for a mining and waits for its report. */
async function mineSet(
  { connection, output }: Session,
  input: Readonly<Record<string, unknown>>,
): Promise<NegativeSetFields> {
  const { set } = await connection.mutate<{ set: NegativeSetFields }>('mineHardNegatives', MINE_HARD_NEGATIVES, input);
  const progress = output.progress('Mining');
  try {
    return await untilFinal(
      { connection, output },
      set,
      async () =>
        (await connection.query<{ hardNegativeSet: NegativeSetFields | null }>(HARD_NEGATIVE_SET, { id: set.id }))
          .hardNegativeSet,
      ({ queriesDone, queriesTotal }) => progress.update(queriesDone, queriesTotal),
    );
  } finally {
    progress.stop();
  }
}

function describe({ id, source, report }: NegativeSetFields, dataset: string): string {
  if (report === null) return `Mined set ${id}.`;
  const { fates, falseNegatives } = report;
  const kept = fates.find(({ fate }) => fate === 'KEPT')?.count ?? 0;
  const dropped = fates.filter(({ fate, count }) => fate !== 'KEPT' && count > 0);
  const row = (name: string, quantiles: ScoreQuantileFields | null) =>
    quantiles === null
      ? []
      : [
          `  ${name.padEnd(11)} ${[quantiles.q05, quantiles.q25, quantiles.median, quantiles.q75, quantiles.q95].map((value) => digits(value)).join('  ')}`,
        ];
  return [
    `Mined ${thousands(kept)} hard negatives for ${thousands(report.queries)} queries of "${dataset}" (${source.toLowerCase()}), set ${id}`,
    `  too few: ${thousands(report.queriesWithTooFew)} queries, none: ${thousands(report.queriesWithNone)}, without a positive: ${thousands(report.queriesWithoutPositives)}`,
    `  dropped: ${dropped.map(({ fate, count }) => `${fate.toLowerCase().replaceAll('_', '-')} ${thousands(count)}`).join(', ') || 'none'}`,
    '              5 %     25 %    median  75 %    95 %',
    ...row('positive', report.positiveScores),
    ...row('negative', report.negativeScores),
    ...row('difference', report.differences),
    ...(falseNegatives === null
      ? []
      : [
          `  of ${thousands(falseNegatives.tested)} known relevant items within reach, ${digits(falseNegatives.rate)} would have passed as negatives`,
        ]),
    `Next: quartet train --dataset ${dataset} --hard-negative-set ${id}`,
  ].join('\n');
}
