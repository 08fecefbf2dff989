import type { DatasetId, IndexId } from '../../domain/ids.ts';
import { type ConnectionModel, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { JobStatus, Resolvers } from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { IndexVersionModel } from '../models.ts';
import { jobError } from './job-error.ts';
import { optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

export const indexVersionResolvers = {
  IndexVersion: {
    id: ({ id }) => toGlobalId('IndexVersion', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    encoder: ({ encoderId }, _args, context) => parent(context, 'Encoder', encoderId),
    live: async ({ id, count, sha256 }, _args, { services }) =>
      sha256 === null
        ? null
        : { ...(await services.indexes.distance(id)), count, recall: services.search.monitoredRecall(id) },
    error: jobError,
  },
  IndexLiveState: { tombstoneRatio: ({ tombstones, count }) => tombstones / Math.max(1, count) },
  IndexRebuild: { error: jobError },
  Query: {
    index: (_root, { id }, context) => optional(context, 'IndexVersion', id),
    indexes: (_root, { datasetId, status, ...page }, context) =>
      indexConnection(context, page, {
        datasetId: typeof datasetId === 'string' ? rowId('Dataset', datasetId, ['datasetId']) : undefined,
        status,
      }),
  },
  Mutation: {
    buildIndex: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const dataset = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const encoder = input.encoderId
          ? await required(context, 'Encoder', input.encoderId, ['input', 'encoderId'])
          : null;
        const { m, efConstruction, efSearch } = input;
        const asked = { datasetId: dataset.id, encoderId: encoder?.id, m, efConstruction, efSearch };
        const id = await services.idempotency.create(
          idempotent('buildIndex', input),
          async (tx) => (await services.indexes.build(asked, tx)).id,
        );
        return { index: await loaders.IndexVersion.load(id) };
      }),
  },
} satisfies Pick<Resolvers, 'IndexVersion' | 'IndexLiveState' | 'IndexRebuild'> & RootFields;

export function indexConnection(
  { services, loaders, principal: { namespace } }: Context,
  page: PageArguments,
  { datasetId, status }: { readonly datasetId: DatasetId | undefined; readonly status: JobStatus | null | undefined },
): Promise<ConnectionModel<IndexVersionModel>> {
  const filter = { namespace, datasetId, status: status ?? undefined };
  return toConnection<IndexVersionModel, IndexId>(
    page,
    uuidKey(),
    ({ id }) => id,
    async (of) => {
      const { indexes, hasNextPage } = await services.indexes.list(filter, of);
      for (const index of indexes) loaders.IndexVersion.prime(index.id, index);
      return { rows: indexes, hasNextPage };
    },
  );
}
