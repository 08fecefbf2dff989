import { QuartetError } from '../../domain/errors.ts';
import type { ItemId, QueryId } from '../../domain/ids.ts';
import type { DatasetRow, ItemRow, QueryRow } from '../../services/datasets.ts';
import { integerKey, nameKey, toConnection } from '../connections.ts';
import { payload } from '../errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import { aliasConnection } from './alias.ts';
import { exportUrl } from './export-url.ts';
import { negativeSetConnection } from './hard-negative.ts';
import { importConnection } from './import.ts';
import { indexConnection } from './index-version.ts';
import { refinementConnection } from './refinement.ts';
import { made, optional, required } from './required.ts';
import type { RootFields } from './root-fields.ts';
import { runConnection } from './training-run.ts';

const contents = { ITEMS: 'items', PAIRS: 'pairs' } as const;

export const datasetResolvers = {
  Dataset: {
    id: ({ id }) => toGlobalId('Dataset', id),
    item: ({ id }, { externalId }, { services }) => services.datasets.itemByExternalId(id, externalId),
    items: ({ id }, page, { services }) =>
      toConnection<ItemRow, ItemId>(
        page,
        integerKey(),
        (item) => item.id,
        (of) => services.datasets.items(id, of),
      ),
    queries: ({ id }, { split, ...page }, { services }) =>
      toConnection<QueryRow, QueryId>(
        page,
        integerKey(),
        (query) => query.id,
        (of) => services.datasets.queries({ datasetId: id, split }, of),
      ),
    exportUrl: ({ id }, { content, format }, context) => exportUrl(context, contents[content], id, format),
    imports: ({ id }, page, context) => importConnection(context, page, id),
    runs: ({ id }, { status, ...page }, context) => runConnection(context, page, { datasetId: id, status }),
    indexes: ({ id }, { status, ...page }, context) => indexConnection(context, page, { datasetId: id, status }),
    aliases: ({ id }, page, context) => aliasConnection(context, page, id),
    retention: ({ id }, _args, { services }) => services.retention.policy(id),
    refinements: ({ id }, page, context) => refinementConnection(context, page, id),
    hardNegativeSets: ({ id }, page, context) => negativeSetConnection(context, page, id),
  },
  Query: {
    async dataset(_root, { id, name }, context) {
      if ((typeof id === 'string') === (typeof name === 'string')) {
        throw new QuartetError('BAD_INPUT', 'Give exactly one of id and name.', { field: ['id'] });
      }
      if (typeof id === 'string') return optional(context, 'Dataset', id);
      return context.services.datasets.byName(context.principal.namespace, name as string);
    },
    datasets: (_root, page, { services, principal }) =>
      toConnection<DatasetRow, string>(
        page,
        nameKey,
        (dataset) => dataset.name,
        (of) => services.datasets.list(principal.namespace, of),
      ),
  },
  Mutation: {
    createDataset: (_root, { input }, context) =>
      payload(async () => {
        const { services, principal } = context;
        const { namespace } = principal;
        const id = await services.idempotency.create(
          idempotent('createDataset', input),
          async (tx) =>
            (await services.datasets.create({ namespace, name: input.name, kind: input.kind ?? undefined }, tx)).id,
        );
        return { dataset: await made(context, 'Dataset', id) };
      }),
    deleteDataset: (_root, { input }, context) =>
      payload(async () => {
        const { id } = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        await context.services.datasets.delete(id, { onlyIfUnused: input.onlyIfUnused });
        return { deletedDatasetId: input.datasetId };
      }),
  },
} satisfies Pick<Resolvers, 'Dataset'> & RootFields;
