import type { DatasetId, PromotionId } from '../../domain/ids.ts';
import { type ConnectionModel, nameKey, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { IndexAliasModel, PromotionModel } from '../models.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

export const aliasResolvers = {
  IndexAlias: {
    id: ({ id }) => toGlobalId('IndexAlias', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    current: ({ currentId }, _args, context) => parent(context, 'IndexVersion', currentId),
    previous: ({ previousId }, _args, { loaders }) =>
      previousId === null ? null : loaders.IndexVersion.load(previousId),
    promotions: ({ id }, page, { services }) =>
      toConnection<PromotionModel, PromotionId>(
        page,
        uuidKey(),
        (promotion) => promotion.id,
        (of) => services.aliases.promotions(id, of),
      ),
  },
  Promotion: {
    id: ({ id }) => toGlobalId('Promotion', id),
    alias: ({ aliasId }, _args, context) => parent(context, 'IndexAlias', aliasId),
    index: ({ indexId }, _args, context) => parent(context, 'IndexVersion', indexId),
    from: ({ fromIndexId }, _args, { loaders }) =>
      fromIndexId === null ? null : loaders.IndexVersion.load(fromIndexId),
    error: jobError,
  },
  Query: {
    alias: (_root, { id }, context) => optional(context, 'IndexAlias', id),
    promotion: (_root, { id }, context) => optional(context, 'Promotion', id),
  },
  Mutation: {
    promoteIndex: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const index = await required(context, 'IndexVersion', input.indexId, ['input', 'indexId']);
        const { alias, overrideReason } = input;
        const id = await services.idempotency.create(idempotent('promoteIndex', input), (tx) =>
          services.aliases.promote({ indexId: index.id, alias, overrideReason }, tx),
        );
        return { promotion: await made(context, 'Promotion', id) };
      }),
    rollbackAlias: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id: aliasId } = await required(context, 'IndexAlias', input.aliasId, ['input', 'aliasId']);
        // The mutation changes it.
        loaders.IndexAlias.clear(aliasId);
        const id = await services.idempotency.create(idempotent('rollbackAlias', input), (tx) =>
          services.aliases.rollback(aliasId, tx),
        );
        return { promotion: await made(context, 'Promotion', id) };
      }),
  },
} satisfies Pick<Resolvers, 'IndexAlias' | 'Promotion'> & RootFields;

export function aliasConnection(
  { services }: Context,
  page: PageArguments,
  datasetId: DatasetId,
): Promise<ConnectionModel<IndexAliasModel>> {
  return toConnection<IndexAliasModel, string>(
    page,
    nameKey,
    ({ name }) => name,
    (of) => services.aliases.list(datasetId, of),
  );
}
