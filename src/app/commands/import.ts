import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { imageFormat } from '../../data/staging/stage-images.ts';
import type { DatasetKind } from '../../domain/contents.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { DatasetFields, ImportFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { thousands } from '../terminal/output.ts';
import { CODE_COLUMNS, codeSource } from './code-source.ts';
import { FOLDER_COLUMNS, folderSource, inlinedSource } from './image-source.ts';
import { importSources } from './import-run.ts';
import { beirSources, fileSources, type ImportSource } from './import-sources.ts';
import { clientCommand, examples, given, several } from './options.ts';

interface ImportCommandOptions extends SessionOptions {
  readonly dataset: string;
  readonly file?: readonly string[];
  readonly beir?: string;
  readonly code?: string;
  readonly images?: string;
  readonly kind?: string;
  readonly image?: string;
  readonly vector?: string;
  readonly format?: string;
  readonly delimiter?: string;
  readonly strict?: true;
  readonly report?: string;
  readonly query?: string;
  readonly positive?: string;
  readonly text?: string;
  readonly label?: string;
  readonly id?: string;
  readonly queryId?: string;
  readonly split?: string;
  readonly grade?: string;
}

export function importCommand(): Command {
  return clientCommand('import')
    .description(
      'import a corpus: JSONL, CSV, TSV or Parquet of texts, vectors or images, IDX, CIFAR (each also .gz), a folder of images, a BEIR folder, or documented source code',
    )
    .requiredOption('--dataset <name>', 'dataset to import into; made if there is none of this name')
    .option('--file <path>', 'file to import; may be given several times', several)
    .option('--beir <dir>', 'BEIR folder: corpus.jsonl, queries.jsonl, qrels/*.tsv')
    .option(
      '--code <dir>',
      'documentation comment -> declaration pairs of the TypeScript and JavaScript below this folder',
    )
    .option('--images <dir>', 'folder of image files; those in a folder of their own get its name as label')
    .addOption(
      new Option('--kind <kind>', 'what a dataset made by this holds (default: told from the other options)').choices([
        'text',
        'image',
        'vector',
      ]),
    )
    .option('--query <column>', 'column with a query; goes with --positive')
    .option('--positive <column>', 'column with the item that answers the query')
    .option('--text <column>', 'column with the text of an item, where there are no queries')
    .option('--image <column>', 'column with an image: base64, or in JSONL the path of its file')
    .option('--vector <column>', 'column with a vector: a list of numbers, or base64 of float32')
    .option('--label <column>', "column with the item's class")
    .option('--id <column>', "column with the item's own id; the same id again updates the item")
    .option('--query-id <column>', "column with the query's own id")
    .option(
      '--split <column>',
      'column with train, validation or test (default: 90, 5 and 5 of 100 queries by their hash)',
    )
    .option('--grade <column>', 'column with the grade of the judgement, 0 to 255')
    .addOption(
      new Option('--format <format>', 'format of the files (default: told from content and name)').choices([
        'jsonl',
        'csv',
        'tsv',
        'parquet',
        'idx',
        'cifar',
      ]),
    )
    .option('--delimiter <character>', 'separates the fields of CSV (default: told from the header)')
    .option('--strict', 'stop at the first bad row and leave nothing behind (default: skip and report it)')
    .option('--report <path>', 'write the skipped rows to this file, one JSON object a line')
    .addHelpText(
      'after',
      `\nColumns that are not named are kept as metadata.\n${examples([
        'quartet import --dataset faq --file faq.csv --query question --positive answer',
        'quartet import --dataset docs --file docs.jsonl.gz --text body --label topic --id url',
        'quartet import --dataset scifact --beir ./scifact',
        'quartet import --dataset pets --images ./pets',
        'quartet import --dataset digits --file train-images-idx3-ubyte.gz --file train-labels-idx1-ubyte.gz',
        'quartet import --dataset cifar --file data_batch_1.bin --file classes.json',
        'quartet import --dataset embedded --file embeddings.parquet --vector embedding --label topic',
        'quartet import --dataset code --code ./node_modules/effect/src',
      ])}`,
    )
    .action((options: ImportCommandOptions) => withSession(options, (session) => importFiles(session, options)));
}

async function importFiles(session: Session, options: ImportCommandOptions): Promise<void> {
  const { sources, format } = await sourcesOf(options);
  const { query, positive, text, image, vector, label, id, queryId, split, grade } = options;
  const own = given({ query, positive, text, image, vector, label, id, queryId, split, grade });
  const known = options.code !== undefined ? CODE_COLUMNS : options.images !== undefined ? FOLDER_COLUMNS : null;
  const done = await importSources(
    session,
    options.dataset,
    sources,
    {
      ...given({ format, delimiter: options.delimiter, strict: options.strict }),
      columns: known ?? own,
    },
    await kindOf(options),
  );
  const { reportUrl } = done.import;
  if (options.report !== undefined && reportUrl !== null) {
    await pipeline(await session.connection.get(reportUrl), createWriteStream(options.report));
  }
  // The address of a server that ends with this command would be of no use.
  const lasting = session.ownServer ? null : reportUrl;
  session.output.result(summary(done, lasting, options.report), {
    ...done.import,
    reportUrl: lasting,
    dataset: done.dataset,
  });
}

async function sourcesOf(
  options: ImportCommandOptions,
): Promise<{ sources: ImportSource[]; format: string | undefined }> {
  const { file, beir, code, images, image } = options;
  if ([file, beir, code, images].filter((source) => source !== undefined).length !== 1) {
    const choice = '--file PATH, --images DIR, --beir DIR and --code DIR';
    throw new QuartetError('BAD_INPUT', `Say what to import: exactly one of ${choice}.`);
  }
  if (images !== undefined) return { sources: [await folderSource(images)], format: 'JSONL' };
  if (beir !== undefined) return { sources: await beirSources(beir), format: 'BEIR' };
  if (code !== undefined) return { sources: [await codeSource(code)], format: 'JSONL' };
  const sources = await fileSources(file ?? []);
  const inlined = sources.map((source, i) =>
    image !== undefined && /\.(jsonl|ndjson)(\.gz)?$/i.test(source.name)
      ? inlinedSource(file?.[i] as string, image)
      : source,
  );
  return { sources: inlined, format: options.format?.toUpperCase() };
}

type KindOptions = Pick<ImportCommandOptions, 'kind' | 'images' | 'image' | 'vector' | 'format' | 'file'>;

/** What a new dataset is to hold; of files that can hold nothing but images nobody has to say so. */
export async function kindOf(options: KindOptions): Promise<DatasetKind | undefined> {
  const { kind, images, image, vector, format, file = [] } = options;
  if (kind !== undefined) return kind.toUpperCase() as DatasetKind;
  if (images !== undefined || image !== undefined || format === 'idx' || format === 'cifar') return 'IMAGE';
  if (vector !== undefined) return 'VECTOR';
  if (format !== undefined) return undefined;
  for (const path of file) if ((await imageFormat({ name: basename(path), path })) !== null) return 'IMAGE';
  return undefined;
}

function summary(
  { dataset, import: done }: { dataset: DatasetFields; import: ImportFields },
  reportUrl: string | null,
  report: string | undefined,
): string {
  const lines = [
    `Imported ${thousands(done.rowsRead - done.rowsSkipped)} rows into "${dataset.name}": ${thousands(done.itemsAdded)} items added, ${thousands(done.itemsUpdated)} updated, ${thousands(done.queriesAdded)} queries, ${thousands(done.relevanceAdded)} judgements.`,
    `It now has ${thousands(dataset.itemCount)} items and ${thousands(dataset.queryCount)} queries.`,
  ];
  if (done.rowsSkipped > 0) {
    const address = reportUrl === null ? '--report FILE writes why' : `report: ${reportUrl} (or --report FILE)`;
    const where = report === undefined ? address : `why is in ${report}`;
    lines.push(`Skipped ${thousands(done.rowsSkipped)} rows that could not be taken; ${where}.`);
  }
  const positives = dataset.kind !== 'TEXT' && dataset.queryCount === 0 ? ' --positives label' : '';
  if (dataset.queryCount > 0 || positives !== '') {
    lines.push(`Next: quartet train --dataset ${dataset.name}${positives}`);
  }
  return lines.join('\n');
}
