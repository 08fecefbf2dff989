import { QuartetError } from '../../domain/errors.ts';
import type { Connection } from './connection.ts';
import {
  DATASET,
  DATASET_NAMES,
  type DatasetFields,
  ENCODERS,
  type EncoderFields,
  TRAINED_ENCODER,
} from './operations.ts';

export async function findDataset(connection: Connection, name: string): Promise<DatasetFields | null> {
  const { dataset } = await connection.query<{ dataset: DatasetFields | null }>(DATASET, { name });
  return dataset;
}

/**
 * The dataset of this name, or the only one there is when no name is given.
 * @throws QuartetError NOT_FOUND, BAD_INPUT listing the names there are
 */
export async function datasetNamed(connection: Connection, name: string | undefined): Promise<DatasetFields> {
  const found = name === undefined ? null : await findDataset(connection, name);
  if (found !== null) return found;
  const { datasets } = await connection.query<{
    datasets: { nodes: readonly { name: string }[]; pageInfo: { hasNextPage: boolean } };
  }>(DATASET_NAMES);
  const names = datasets.nodes.map((dataset) => dataset.name);
  const [only] = names;
  if (only === undefined) {
    throw new QuartetError(
      'NOT_FOUND',
      'There are no datasets yet. Make one with `quartet import --dataset NAME --file FILE …`.',
    );
  }
  if (name === undefined && names.length === 1) return datasetNamed(connection, only);
  const list = `${names.join(', ')}${datasets.pageInfo.hasNextPage ? ', …' : ''}`;
  if (name === undefined) throw new QuartetError('BAD_INPUT', `Which dataset? Give --dataset NAME, one of: ${list}.`);
  throw new QuartetError('NOT_FOUND', `There is no dataset "${name}". Datasets here: ${list}.`);
}

/**
 * @param wanted a global id, `name` (its newest version), `name@version`, or undefined: the encoder of the dataset's newest
 *   successful run
 * @throws QuartetError NOT_FOUND naming the remedy
 */
export async function encoderFor(
  connection: Connection,
  dataset: DatasetFields,
  wanted: string | undefined,
): Promise<EncoderFields> {
  if (wanted === undefined) {
    const { runs } = await connection.query<{ runs: { nodes: readonly { encoder: EncoderFields | null }[] } }>(
      TRAINED_ENCODER,
      {
        datasetId: dataset.id,
      },
    );
    const encoder = runs.nodes[0]?.encoder;
    if (encoder) return encoder;
    throw new QuartetError(
      'NOT_FOUND',
      `No encoder was trained on "${dataset.name}" yet. Train one with \`quartet train --dataset ${dataset.name}\`, or name another with --encoder.`,
    );
  }
  const all = await allEncoders(connection);
  const matching = all
    .filter(({ id, name, version }) => wanted === id || wanted === name || wanted === `${name}@${version}`)
    .sort((a, b) => b.version - a.version);
  const [newest] = matching;
  if (newest !== undefined) return newest;
  const names = all.slice(0, 20).map(({ name, version }) => `${name}@${version}`);
  throw new QuartetError(
    'NOT_FOUND',
    `There is no encoder "${wanted}". Encoders here: ${names.join(', ') || 'none yet'}.`,
  );
}

async function allEncoders(connection: Connection): Promise<EncoderFields[]> {
  const found: EncoderFields[] = [];
  let after: string | null = null;
  do {
    const {
      encoders,
    }: { encoders: { nodes: EncoderFields[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await connection.query(ENCODERS, { after });
    found.push(...encoders.nodes);
    after = encoders.pageInfo.hasNextPage ? encoders.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
