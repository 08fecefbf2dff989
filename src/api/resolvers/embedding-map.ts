import type { IndexId, ItemId, MapId } from '../../domain/ids.ts';
import { MOST_POINTS } from '../../services/embedding-maps.ts';
import { type ConnectionModel, integerKey, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { EmbeddingMapModel, MapPointModel } from '../models.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

const methods = { PCA: 'pca', UMAP: 'umap' } as const;

export const embeddingMapResolvers = {
  EmbeddingMap: {
    id: ({ id }) => toGlobalId('EmbeddingMap', id),
    index: ({ indexId }, _args, context) => parent(context, 'IndexVersion', indexId),
    method: ({ method }) => (method === 'pca' ? 'PCA' : 'UMAP'),
    progress: ({ status, done, total }) => (status === 'SUCCEEDED' ? 1 : done / Math.max(1, total)),
    explainedVariance: ({ explainedVariance: shares }) => (shares.length === 0 ? null : shares),
    points: ({ id }, page, { services }) =>
      toConnection<MapPointModel, ItemId>(
        page,
        integerKey(),
        ({ itemId }) => itemId,
        (of) => services.maps.points(id, of),
        MOST_POINTS,
      ),
    error: jobError,
  },
  MapPoint: {
    itemId: ({ itemId }) => toGlobalId('Item', itemId),
    item: ({ itemId }, _args, { loaders }) => loaders.Item.load(itemId),
  },
  Query: {
    embeddingMap: (_root, { id }, context) => optional(context, 'EmbeddingMap', id),
  },
  Mutation: {
    mapIndex: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const index = await required(context, 'IndexVersion', input.indexId, ['input', 'indexId']);
        const { sample, seed, neighbors, minDistance } = input;
        const settings = { method: methods[input.method], sample, seed, neighbors, minDistance };
        const id = await services.idempotency.create(idempotent('mapIndex', input), (tx) =>
          services.maps.start(index.id, settings, tx),
        );
        return { map: await made(context, 'EmbeddingMap', id) };
      }),
    cancelMap: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'EmbeddingMap', input.mapId, ['input', 'mapId']);
        await services.maps.cancel(id);
        return { map: await loaders.EmbeddingMap.clear(id).load(id) };
      }),
  },
} satisfies Pick<Resolvers, 'EmbeddingMap' | 'MapPoint'> & RootFields;

export function mapConnection(
  { services }: Context,
  page: PageArguments,
  indexId: IndexId,
): Promise<ConnectionModel<EmbeddingMapModel>> {
  return toConnection<EmbeddingMapModel, MapId>(
    page,
    uuidKey(),
    ({ id }) => id,
    (of) => services.maps.list(indexId, of),
  );
}
