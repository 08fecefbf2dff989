import type { Command } from 'commander';
import { datasetNamed, encoderFor } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import { BUILD_INDEX, INDEX, type IndexFields, RETIRE_INDEXES, type RetiredFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { megabytes, thousands } from '../terminal/output.ts';
import { clientCommand, decimal, examples, given, whole } from './options.ts';

interface IndexOptions extends SessionOptions {
  readonly dataset?: string;
  readonly encoder?: string;
  readonly m?: number;
  readonly efConstruction?: number;
  readonly efSearch?: number;
  readonly storage?: string;
  readonly targetRecall?: number;
  readonly keep?: number;
}

export function indexCommand(): Command {
  return clientCommand('index')
    .description('build a searchable HNSW index over the items of a dataset')
    .option('--dataset <name>', 'dataset to index (default: the only one there is)')
    .option('--encoder <encoder>', 'id, name or name@version (default: the newest one trained on the dataset)')
    .option('--m <n>', 'links per node and layer (default: 16)', whole)
    .option('--ef-construction <n>', 'candidates looked at while linking (default: 400)', whole)
    .option('--ef-search <n>', 'candidates looked at by a search that names no ef (default: 128)', whole)
    .option('--storage <kind>', 'float32, or int8: a quarter of the memory, scored anew from disk (default: float32)')
    .option(
      '--target-recall <share>',
      'choose the three above by measurement, for so much of the true ten nearest',
      decimal,
    )
    .option('--keep <n>', 'delete older versions afterwards, but for what an alias needs (default: keep all)', whole)
    .addHelpText(
      'after',
      examples([
        'quartet index --dataset faq',
        'quartet index --dataset faq --m 32 --ef-construction 400',
        'quartet index --dataset faq --target-recall 0.99 --storage int8',
      ]),
    )
    .action((options: IndexOptions) => withSession(options, (session) => index(session, options)));
}

async function index(session: Session, options: IndexOptions): Promise<void> {
  const dataset = await datasetNamed(session.connection, options.dataset);
  const encoder = await encoderFor(session.connection, dataset, options.encoder);
  const { m, efConstruction, efSearch, targetRecall } = options;
  const storage = options.storage?.toUpperCase();
  const built = await buildIndex(session, {
    datasetId: dataset.id,
    encoderId: encoder.id,
    ...given({ m, efConstruction, efSearch, storage, targetRecall }),
  });
  const { keep } = options;
  const retired = keep === undefined ? [] : await retire(session, { datasetId: dataset.id, keep });
  const lines = [
    ...tuningLines(built),
    `Indexed ${thousands(built.count)} items of "${dataset.name}" with ${encoder.name}@${encoder.version} (${megabytes(built.bytes ?? 0)}).`,
    ...retired,
    `Next: quartet search "your words" --dataset ${dataset.name}`,
  ];
  session.output.result(lines.join('\n'), built);
}

async function retire(
  { connection }: Session,
  input: { readonly datasetId: string; readonly keep: number },
): Promise<string[]> {
  const { deletedIndexIds, freedBytes } = await connection.mutate<RetiredFields>(
    'retireIndexes',
    RETIRE_INDEXES,
    input,
  );
  return [`Deleted ${deletedIndexIds.length} older versions (${megabytes(freedBytes)}).`];
}

function tuningLines({ tuning }: IndexFields): string[] {
  if (tuning === null) return [];
  const rows = tuning.trials.map(
    (trial) =>
      `${[trial.m, trial.efConstruction, trial.efSearch, thousands(trial.count)].map((value) => String(value).padStart(8)).join('')}` +
      `${trial.recallAt10.toFixed(4).padStart(12)}${trial.searchMs.toFixed(3).padStart(11)}`,
  );
  const verdict = tuning.reached ? 'reached' : 'NOT reached by any setting';
  return [
    '       m     efC      ef   items   recall@10  ms/search',
    ...rows,
    `Recall ${tuning.targetRecall} ${verdict}; the last line is the index.`,
  ];
}

/** Asks for an index and waits until it can be searched. */
export async function buildIndex(
  { connection, output }: Session,
  input: Readonly<Record<string, unknown>>,
): Promise<IndexFields> {
  const { index: asked } = await connection.mutate<{ index: IndexFields }>('buildIndex', BUILD_INDEX, input);
  const progress = output.progress('Indexing');
  try {
    return await untilFinal(
      { connection, output },
      asked,
      async () => (await connection.query<{ index: IndexFields | null }>(INDEX, { id: asked.id })).index,
      ({ built, count }) => progress.update(built, count === 0 ? null : count),
    );
  } finally {
    progress.stop();
  }
}
