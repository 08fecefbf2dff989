import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import { datasetNamed } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import { MAP, MAP_INDEX, MAP_POINTS, type MapFields, type MapPointsPage, NEWEST_INDEX } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits, thousands } from '../terminal/output.ts';
import { clientCommand, decimal, examples, given, whole } from './options.ts';

interface MapOptions extends SessionOptions {
  readonly dataset?: string;
  readonly index?: string;
  readonly method: string;
  readonly sample?: number;
  readonly seed?: number;
  readonly neighbors?: number;
  readonly minDistance?: number;
  readonly out?: string;
}

export function mapCommand(): Command {
  return clientCommand('map')
    .description('draw the vectors of an index in the plane, for a scatter plot')
    .option('--dataset <name>', 'dataset whose newest index is drawn (default: the only one there is)')
    .option('--index <id>', 'the index to draw')
    .addOption(new Option('--method <method>', 'how it is drawn').choices(['umap', 'pca']).default('umap'))
    .option('--sample <n>', 'items drawn, some of each label, 10 to 20,000 (default: 10,000)', whole)
    .option('--seed <n>', 'of the choice, and of UMAP (default: 1)', whole)
    .option('--neighbors <n>', "UMAP's n_neighbors, 2 to 100 (default: 15)", whole)
    .option('--min-distance <n>', "UMAP's min_dist, 0 to 0.99 (default: 0.1)", decimal)
    .option('--out <file>', 'write the points there as CSV: item, x, y, label')
    .addHelpText(
      'after',
      examples(['quartet map --dataset faq --out map.csv', 'quartet map --dataset faq --method pca --json']),
    )
    .action((options: MapOptions) => withSession(options, (session) => map(session, options)));
}

async function map(session: Session, options: MapOptions): Promise<void> {
  const { output } = session;
  const { sample, seed, neighbors, minDistance, out } = options;
  const indexId = options.index ?? (await newestIndex(session, options.dataset));
  const drawn = await draw(session, {
    indexId,
    method: options.method.toUpperCase(),
    ...given({ sample, seed, neighbors, minDistance }),
  });
  const lines = [
    `Drew ${thousands(drawn.count)} of ${thousands(drawn.items ?? 0)} items by ${drawn.method}.`,
    ...(drawn.explainedVariance === null
      ? []
      : [`  variance along x ${digits(drawn.explainedVariance[0])}, along y ${digits(drawn.explainedVariance[1])}`]),
    `  trustworthiness@12 ${digits(drawn.trustworthiness)}`,
  ];
  if (out !== undefined) {
    const rows = ['item,x,y,label'];
    const points = await pointsOf(session, drawn.id);
    for (const { itemId, x, y, label } of points) rows.push(`${itemId},${x},${y},${quoted(label)}`);
    await writeFile(out, `${rows.join('\n')}\n`);
    lines.push(`Wrote ${out}.`);
  }
  output.result(lines.join('\n'), drawn);
}

type Points = MapPointsPage['embeddingMap']['points'];

async function pointsOf({ connection }: Session, id: string): Promise<Points['nodes']> {
  const found: Points['nodes'][number][] = [];
  let page: Points | undefined;
  do {
    const after: string | null = page?.pageInfo.endCursor ?? null;
    page = (await connection.query<MapPointsPage>(MAP_POINTS, { id, after })).embeddingMap.points;
    found.push(...page.nodes);
  } while (page.pageInfo.hasNextPage);
  return found;
}

async function newestIndex({ connection }: Session, wanted: string | undefined): Promise<string> {
  const { name } = await datasetNamed(connection, wanted);
  const { dataset } = await connection.query<{ dataset: { indexes: { nodes: readonly { id: string }[] } } }>(
    NEWEST_INDEX,
    { name },
  );
  const id = dataset.indexes.nodes[0]?.id;
  if (id !== undefined) return id;
  throw new QuartetError(
    'NOT_READY',
    `"${name}" has no index to draw; build one with \`quartet index --dataset ${name}\`.`,
  );
}

async function draw({ connection, output }: Session, input: Readonly<Record<string, unknown>>): Promise<MapFields> {
  const { map: asked } = await connection.mutate<{ map: MapFields }>('mapIndex', MAP_INDEX, input);
  const progress = output.progress('Drawing');
  try {
    return await untilFinal(
      { connection, output },
      asked,
      async () => (await connection.query<{ embeddingMap: MapFields | null }>(MAP, { id: asked.id })).embeddingMap,
      (state) => progress.update(Math.round(100 * state.progress), 100),
    );
  } finally {
    progress.stop();
  }
}

function quoted(label: string | null): string {
  return label === null ? '' : `"${label.replaceAll('"', '""')}"`;
}
