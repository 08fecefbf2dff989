import type { Command } from 'commander';
import { datasetNamed, encoderFor } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import { BUILD_INDEX, INDEX, type IndexFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { megabytes, thousands } from '../terminal/output.ts';
import { clientCommand, examples, given, whole } from './options.ts';

interface IndexOptions extends SessionOptions {
  readonly dataset?: string;
  readonly encoder?: string;
  readonly m?: number;
  readonly efConstruction?: number;
  readonly efSearch?: number;
}

export function indexCommand(): Command {
  return clientCommand('index')
    .description('build a searchable HNSW index over the items of a dataset')
    .option('--dataset <name>', 'dataset to index (default: the only one there is)')
    .option('--encoder <encoder>', 'id, name or name@version (default: the newest one trained on the dataset)')
    .option('--m <n>', 'links per node and layer (default: 16)', whole)
    .option('--ef-construction <n>', 'candidates looked at while linking (default: 400)', whole)
    .option('--ef-search <n>', 'candidates looked at by a search that names no ef (default: 128)', whole)
    .addHelpText(
      'after',
      examples(['quartet index --dataset faq', 'quartet index --dataset faq --m 32 --ef-construction 400']),
    )
    .action((options: IndexOptions) => withSession(options, (session) => index(session, options)));
}

async function index(session: Session, options: IndexOptions): Promise<void> {
  const dataset = await datasetNamed(session.connection, options.dataset);
  const encoder = await encoderFor(session.connection, dataset, options.encoder);
  const { m, efConstruction, efSearch } = options;
  const built = await buildIndex(session, {
    datasetId: dataset.id,
    encoderId: encoder.id,
    ...given({ m, efConstruction, efSearch }),
  });
  const lines = [
    `Indexed ${thousands(built.count)} items of "${dataset.name}" with ${encoder.name}@${encoder.version} (${megabytes(built.bytes ?? 0)}).`,
    `Next: quartet search "your words" --dataset ${dataset.name}`,
  ];
  session.output.result(lines.join('\n'), built);
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
      asked,
      async () => (await connection.query<{ index: IndexFields | null }>(INDEX, { id: asked.id })).index,
      ({ built, count }) => progress.update(built, count === 0 ? null : count),
    );
  } finally {
    progress.stop();
  }
}
