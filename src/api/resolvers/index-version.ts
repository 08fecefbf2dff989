import type { DatasetId, IndexId } from '../../domain/ids.ts';
import type { BuildIndex } from '../../services/indexes.ts';
import { type ConnectionModel, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { BuildIndexInput, JobStatus, Resolvers, VectorStorage } from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { IndexVersionModel } from '../models.ts';
import { mapConnection } from './embedding-map.ts';
import { exportUrl } from './export-url.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
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
    exportUrl: ({ id, sha256 }, { format }, context) =>
      sha256 === null ? null : exportUrl(context, 'embeddings', id, format),
    maps: ({ id }, page, context) => mapConnection(context, page, id),
    error: jobError,
    storage: ({ storage }) => (storage === 'int8' ? 'INT8' : 'FLOAT32'),
  },
  IndexEstimate: {
    memoryBytes: ({ bytes }) => bytes.memory,
    buildMemoryBytes: ({ bytes }) => bytes.building,
    diskBytes: ({ bytes }) => bytes.disk,
    memoryLimitBytes: ({ room }) => Math.floor(room.memory),
    freeDiskBytes: ({ room }) => room.disk,
  },
  IndexLiveState: { tombstoneRatio: ({ tombstones, count }) => tombstones / Math.max(1, count) },
  IndexRebuild: { error: jobError },
  Query: {
    estimateIndex: async (_root, { input }, context) =>
      await context.services.indexes.estimate(await buildOf(input, context)),
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
        const { services } = context;
        const asked = await buildOf(input, context);
        const id = await services.idempotency.create(
          idempotent('buildIndex', input),
          async (tx) => (await services.indexes.build(asked, tx)).id,
        );
        return { index: await made(context, 'IndexVersion', id) };
      }),
    cancelIndex: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'IndexVersion', input.indexId, ['input', 'indexId']);
        await services.indexes.cancel(id);
        return { index: await loaders.IndexVersion.clear(id).load(id) };
      }),
    retireIndexes: (_root, { input }, context) =>
      payload(async () => {
        const { id } = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const { indexIds, bytes } = await context.services.indexes.retire(id, input.keep);
        return { deletedIndexIds: indexIds.map((gone) => toGlobalId('IndexVersion', gone)), freedBytes: bytes };
      }),
    setRetention: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const { keepVersions, keepDays } = input;
        await services.retention.set(id, typeof keepVersions === 'number' ? { keepVersions, keepDays } : null);
        return { dataset: await loaders.Dataset.load(id) };
      }),
    tuneIndex: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const { indexId, targetRecall } = input;
        const { datasetId, encoderId, storage } = await required(context, 'IndexVersion', indexId, [
          'input',
          'indexId',
        ]);
        const asked = { datasetId, encoderId, targetRecall, storage: storageOf(input.storage) ?? storage };
        const id = await services.idempotency.create(
          idempotent('tuneIndex', input),
          async (tx) => (await services.indexes.build(asked, tx)).id,
        );
        return { index: await made(context, 'IndexVersion', id) };
      }),
  },
} satisfies Pick<Resolvers, 'IndexVersion' | 'IndexLiveState' | 'IndexRebuild' | 'IndexEstimate'> & RootFields;

async function buildOf(input: BuildIndexInput, context: Context): Promise<BuildIndex> {
  const dataset = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
  const encoder = input.encoderId ? await required(context, 'Encoder', input.encoderId, ['input', 'encoderId']) : null;
  const { m, efConstruction, efSearch, targetRecall } = input;
  const storage = storageOf(input.storage);
  return { datasetId: dataset.id, encoderId: encoder?.id, m, efConstruction, efSearch, storage, targetRecall };
}

function storageOf(storage: VectorStorage | null | undefined): 'float32' | 'int8' | undefined {
  return storage ? (storage === 'INT8' ? 'int8' : 'float32') : undefined;
}

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
