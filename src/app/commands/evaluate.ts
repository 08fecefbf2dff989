import { type Command, Option } from 'commander';
import { datasetNamed, encoderFor } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import { EVALUATE, EVALUATION, type EvaluationFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits, thousands } from '../terminal/output.ts';
import { clientCommand, examples } from './options.ts';

interface EvaluateOptions extends SessionOptions {
  readonly dataset?: string;
  readonly encoder?: string;
  readonly split: string;
}

export function evaluateCommand(): Command {
  return clientCommand('evaluate')
    .description('measure how well an encoder ranks the items of a dataset')
    .option('--dataset <name>', 'dataset to measure on (default: the only one there is)')
    .option('--encoder <encoder>', 'id, name or name@version (default: the newest one trained on the dataset)')
    .addOption(new Option('--split <split>', 'queries to use').choices(['train', 'validation', 'test']).default('test'))
    .addHelpText(
      'after',
      examples(['quartet evaluate --dataset faq', 'quartet evaluate --dataset faq --encoder faq@2 --json']),
    )
    .action((options: EvaluateOptions) => withSession(options, (session) => evaluate(session, options)));
}

async function evaluate(session: Session, options: EvaluateOptions): Promise<void> {
  const dataset = await datasetNamed(session.connection, options.dataset);
  const encoder = await encoderFor(session.connection, dataset, options.encoder);
  const { metrics, ...rest } = await measure(session, {
    datasetId: dataset.id,
    encoderId: encoder.id,
    split: options.split.toUpperCase(),
  });
  const lines = [
    `${encoder.name}@${encoder.version} on "${dataset.name}", ${options.split} split:`,
    `  ${thousands(metrics?.queries ?? 0)} queries against ${thousands(metrics?.corpus ?? 0)} items`,
    `  accuracy@1 ${digits(metrics?.accuracyAt1)}  recall@10 ${digits(metrics?.recallAt10)}  MRR@10 ${digits(metrics?.mrrAt10)}`,
    `  nDCG@10    ${digits(metrics?.ndcgAt10)}  MAP@100   ${digits(metrics?.mapAt100)}`,
    ...(typeof metrics?.knnAccuracy === 'number'
      ? [`  kNN accuracy ${digits(metrics.knnAccuracy)}, by labels of held-out items`]
      : []),
  ];
  session.output.result(lines.join('\n'), { ...rest, metrics });
}

/** Asks for an evaluation and waits for its figures. */
export async function measure(
  { connection, output }: Session,
  input: Readonly<Record<string, unknown>>,
): Promise<EvaluationFields> {
  const { evaluation } = await connection.mutate<{ evaluation: EvaluationFields }>('evaluate', EVALUATE, input);
  output.note('Measuring …');
  return untilFinal(
    { connection, output },
    evaluation,
    async () =>
      (await connection.query<{ evaluation: EvaluationFields | null }>(EVALUATION, { id: evaluation.id })).evaluation,
    () => {},
  );
}
