import type { ItemId } from '../../domain/ids.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { ownIdempotent } from '../idempotent.ts';
import { imageOf } from '../images.ts';
import type { ItemModel } from '../models.ts';
import { required } from './required.ts';
import type { RootFields } from './root-fields.ts';

export const liveItemsResolvers = {
  Mutation: {
    upsertItems: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const { itemIds, added, updated } = await services.items.upsert(
          id,
          input.items.map(({ image, ...item }, at) => ({
            ...item,
            image: image ? imageOf(image, ['input', 'items', String(at), 'image']) : null,
          })),
          ownIdempotent(context, 'upsertItems', input),
        );
        loaders.Dataset.clear(id);
        return { items: await itemsOf(context, itemIds), added, updated, dataset: await loaders.Dataset.load(id) };
      }),
    deleteItems: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const ids = input.itemIds.map((itemId, at) => rowId('Item', itemId, ['input', 'itemIds', String(at)]));
        const { itemIds } = await services.items.delete(
          id,
          { itemIds: ids, externalIds: input.externalIds },
          ownIdempotent(context, 'deleteItems', input),
        );
        loaders.Dataset.clear(id);
        const deletedItemIds = itemIds.map((itemId) => toGlobalId('Item', itemId));
        return { deletedItemIds, dataset: await loaders.Dataset.load(id) };
      }),
  },
} satisfies RootFields;

/** Items deleted since are left out. */
async function itemsOf({ loaders }: Context, ids: readonly ItemId[]): Promise<ItemModel[]> {
  const items = await Promise.all(ids.map((id) => loaders.Item.load(id)));
  return items.filter((item) => item !== null);
}
