import { type Command, Option } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import { datasetNamed, encoderFor } from '../client/find.ts';
import {
  BUILT_INDEXES,
  type DatasetFields,
  EXPORT_DATASET,
  EXPORT_EMBEDDINGS,
  EXPORT_NEGATIVES,
  NEGATIVE_SETS,
} from '../client/operations.ts';
import { saveDownload } from '../client/save-download.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { megabytes } from '../terminal/output.ts';
import { clientCommand, examples } from './options.ts';

interface ExportOptions extends SessionOptions {
  readonly dataset?: string;
  readonly content: 'items' | 'pairs' | 'negatives' | 'embeddings';
  readonly format?: 'jsonl' | 'parquet';
  readonly output?: string;
  readonly set?: string;
  readonly index?: string;
  readonly encoder?: string;
}

export function exportCommand(): Command {
  return clientCommand('export')
    .description('write items, judgements, hard negatives or embeddings to a file, as JSON lines or Parquet')
    .option('--dataset <name>', 'dataset to export (default: the only one there is)')
    .addOption(
      new Option('--content <content>', 'what to export')
        .choices(['items', 'pairs', 'negatives', 'embeddings'])
        .default('items'),
    )
    .addOption(
      new Option('--format <format>', "format of the file (default: by the output's ending, else jsonl)").choices([
        'jsonl',
        'parquet',
      ]),
    )
    .option('--output <path>', 'file to write (default: the name that the server gives it, in this folder)')
    .option('--set <id>', 'with --content negatives: this set (default: the newest of the dataset)')
    .option('--index <id>', 'with --content embeddings: this index version (default: the newest of the dataset)')
    .option('--encoder <name>', 'with --content embeddings: the newest index of this encoder: name, name@version or id')
    .addHelpText(
      'after',
      `\nRun again after an interruption, it goes on where it broke off. The file appears whole, its SHA-256 compared, or not at all.\n${examples(
        [
          'quartet export --dataset faq --output faq.jsonl',
          'quartet export --dataset faq --content pairs --format parquet',
          'quartet export --dataset faq --content negatives --output negatives.jsonl',
          'quartet export --dataset faq --content embeddings --encoder faq --output vectors.parquet',
        ],
      )}`,
    )
    .action((options: ExportOptions) => withSession(options, (session) => exportFile(session, options)));
}

async function exportFile(session: Session, options: ExportOptions): Promise<void> {
  const { connection, output } = session;
  const format = options.format ?? (options.output?.endsWith('.parquet') ? 'parquet' : 'jsonl');
  const url = await addressOf(session, options, format.toUpperCase());
  const progress = output.progress('Fetching', 'kB');
  try {
    const saved = await saveDownload(connection, url, {
      output: options.output,
      onBytes: (done, size) => progress.update(Math.round(done / 1e3), Math.round(size / 1e3)),
    });
    progress.stop();
    output.result(`${saved.path} has ${megabytes(saved.bytes)}, SHA-256 ${saved.sha256}.`, saved);
  } finally {
    progress.stop();
  }
}

interface Exported {
  readonly status: string;
  readonly exportUrl: string | null;
}

async function addressOf(session: Session, options: ExportOptions, format: string): Promise<string> {
  const { connection } = session;
  const { content, set, index } = options;
  if (content === 'negatives') {
    const id = set ?? (await newestSet(session, await datasetNamed(connection, options.dataset)));
    const { hardNegativeSet } = await connection.query<{ hardNegativeSet: Exported | null }>(EXPORT_NEGATIVES, {
      id,
      format,
    });
    return ready(hardNegativeSet, `set of hard negatives ${id}`);
  }
  if (content === 'embeddings') {
    const id = index ?? (await newestIndex(session, await datasetNamed(connection, options.dataset), options.encoder));
    const found = await connection.query<{ index: Exported | null }>(EXPORT_EMBEDDINGS, { id, format });
    return ready(found.index, `index ${id}`);
  }
  const { name } = await datasetNamed(connection, options.dataset);
  const asked = { name, content: content.toUpperCase(), format };
  const { dataset } = await connection.query<{ dataset: { exportUrl: string } | null }>(EXPORT_DATASET, asked);
  return ready(dataset === null ? null : { ...dataset, status: '' }, `dataset "${name}"`);
}

function ready(found: Exported | null, what: string): string {
  if (found === null) throw new QuartetError('NOT_FOUND', `There is no ${what}.`);
  if (found.exportUrl !== null) return found.exportUrl;
  throw new QuartetError('NOT_READY', `The ${what} is ${found.status}; it can be exported once it is SUCCEEDED.`);
}

async function newestSet({ connection }: Session, { name }: DatasetFields): Promise<string> {
  const { dataset } = await connection.query<{
    dataset: { hardNegativeSets: { nodes: readonly { id: string; status: string }[] } } | null;
  }>(NEGATIVE_SETS, { name });
  const newest = dataset?.hardNegativeSets.nodes.find(({ status }) => status === 'SUCCEEDED');
  if (newest !== undefined) return newest.id;
  throw new QuartetError('NOT_FOUND', `"${name}" has no hard negatives yet: quartet mine --dataset ${name}`);
}

async function newestIndex(session: Session, of: DatasetFields, wanted: string | undefined): Promise<string> {
  const { connection } = session;
  const encoder = wanted === undefined ? null : await encoderFor(connection, of, wanted);
  const { dataset } = await connection.query<{
    dataset: { indexes: { nodes: readonly { id: string; encoder: { id: string } }[] } } | null;
  }>(BUILT_INDEXES, { name: of.name });
  const newest = dataset?.indexes.nodes.find((index) => encoder === null || index.encoder.id === encoder.id);
  if (newest !== undefined) return newest.id;
  const by = encoder === null ? '' : ` by ${encoder.name}@${encoder.version}`;
  throw new QuartetError('NOT_FOUND', `"${of.name}" has no index${by} yet: quartet index --dataset ${of.name}`);
}
