import type { EncoderId } from '../../domain/ids.ts';
import type { EncoderKind as DomainEncoderKind } from '../../domain/training.ts';
import type { EncoderRow } from '../../services/encoders.ts';
import { toConnection, uuidKey } from '../connections.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
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
      return { encoder, ...(await context.services.encoders.embed(encoder.id, input.texts)) };
    },
  },
} satisfies Pick<Resolvers, 'Encoder' | 'EmbedResult'> & RootFields;
