import { QuartetError } from '../../domain/errors.ts';
import type { EncoderId } from '../../domain/ids.ts';
import type { EncoderKind as DomainEncoderKind } from '../../domain/training.ts';
import { EMBED_BOUNDS, type EncoderRow, type EncodersService, type StoredContent } from '../../services/encoders.ts';
import { toConnection, uuidKey } from '../connections.ts';
import type { EmbedInput, Resolvers } from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { imageOf } from '../images.ts';
import { toBase64, toList } from '../scalars.ts';
import { optional, required } from './required.ts';
import type { RootFields } from './root-fields.ts';
import { encoderKinds } from './training-config.ts';

export const encoderResolvers = {
  Encoder: {
    id: ({ id }) => toGlobalId('Encoder', id),
    kind: ({ kind }) => encoderKinds[kind as DomainEncoderKind],
    run: ({ runId }, _args, { loaders }) => (runId === null ? null : loaders.TrainingRun.load(runId)),
  },
  EmbedResult: {
    vectors({ vectors, dimensions }, { encoding }) {
      const count = vectors.length / dimensions;
      const rows = Array.from({ length: count }, (_, row) =>
        vectors.subarray(row * dimensions, (row + 1) * dimensions),
      );
      return rows.map((row) => (encoding === 'BASE64' ? toBase64(row) : toList(row)));
    },
  },
  Query: {
    encoder: (_root, { id }, context) => optional(context, 'Encoder', id),
    encoders: (_root, { name, datasetId, ...page }, { services, principal }) => {
      const filter = {
        namespace: principal.namespace,
        name: name ?? undefined,
        datasetId: typeof datasetId === 'string' ? rowId('Dataset', datasetId, ['datasetId']) : undefined,
      };
      return toConnection<EncoderRow, EncoderId>(
        page,
        uuidKey(),
        ({ id }) => id,
        async (of) => {
          const { encoders, hasNextPage } = await services.encoders.list(filter, of);
          return { rows: encoders, hasNextPage };
        },
      );
    },
    async embed(_root, { input }, context) {
      const encoder = await required(context, 'Encoder', input.encoderId, ['input', 'encoderId']);
      return { encoder, ...(await embedded(context.services.encoders, encoder.id, input)) };
    },
  },
} satisfies Pick<Resolvers, 'Encoder' | 'EmbedResult'> & RootFields;

function embedded(encoders: EncodersService, id: EncoderId, { texts, images, vectors, side: given }: EmbedInput) {
  const field = ['input'];
  const side = given === 'ITEM' ? 'item' : 'query';
  const lists = [texts, images, vectors].filter((list) => list !== null && list !== undefined);
  if (lists.length !== 1)
    throw new QuartetError('BAD_INPUT', 'give exactly one of texts, images and vectors', { field });
  if (texts) return encoders.embed(id, texts, side);
  const [name, most] = images
    ? (['images', EMBED_BOUNDS.images] as const)
    : (['vectors', EMBED_BOUNDS.vectors] as const);
  const count = (images ?? vectors ?? []).length;
  if (count < 1 || count > most) {
    throw new QuartetError('BAD_INPUT', `${name} must be 1 to ${most}, got ${count}; send them in parts`, {
      field: [...field, name],
    });
  }
  const contents: StoredContent[] = images
    ? images.map((image, at) => ({ image: imageOf(image, [...field, 'images', String(at)]) }))
    : (vectors ?? []).map((vector) => ({ vector: vector as Float32Array }));
  return encoders.embedStored(id, contents, side);
}
