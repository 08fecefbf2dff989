import type { DatasetId, ItemId, NegativeSetId, QueryId } from '../../domain/ids.ts';
import { CANDIDATE_FATES, type CandidateFate as DomainFate, type Quantiles } from '../../domain/mining.ts';
import { type ConnectionModel, integerKey, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { CandidateFate, Resolvers } from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { HardNegativeModel, HardNegativeSetModel } from '../models.ts';
import { exportUrl } from './export-url.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

/** `relative-margin` in the domain, `RELATIVE_MARGIN` as an enum. */
const fates = Object.fromEntries(
  CANDIDATE_FATES.map((fate) => [fate, fate.toUpperCase().replaceAll('-', '_')]),
) as Readonly<Record<DomainFate, CandidateFate>>;

export const hardNegativeResolvers = {
  HardNegativeSet: {
    id: ({ id }) => toGlobalId('HardNegativeSet', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    encoder: ({ encoderId }, _args, { loaders }) => (encoderId === null ? null : loaders.Encoder.load(encoderId)),
    judge: ({ judgeId }, _args, { loaders }) => (judgeId === null ? null : loaders.Encoder.load(judgeId)),
    index: ({ indexId }, _args, { loaders }) => (indexId === null ? null : loaders.IndexVersion.load(indexId)),
    positives: ({ positives }) => (positives === 'label' ? 'LABEL' : 'RELEVANCE'),
    settings: ({ spec }) => spec,
    exportUrl: ({ id, sha256 }, { format }, context) =>
      sha256 === null ? null : exportUrl(context, 'negatives', id, format),
    error: jobError,
  },
  MiningReport: {
    fates: (report) => CANDIDATE_FATES.map((fate) => ({ fate: fates[fate], count: report.fates[fate] })),
    positiveScores: ({ positiveScores }) => named(positiveScores),
    negativeScores: ({ negativeScores }) => named(negativeScores),
    differences: ({ differences }) => named(differences),
  },
  HardNegative: {
    query: ({ queryId, queryIsItem }, _args, { loaders }) =>
      queryIsItem ? null : loaders.DatasetQuery.load(queryId as QueryId),
    queryItem: ({ queryId, queryIsItem }, _args, { loaders }) =>
      queryIsItem ? loaders.Item.load(queryId as ItemId) : null,
    item: ({ itemId }, _args, { loaders }) => loaders.Item.load(itemId as ItemId),
    fate: ({ fate }) => fates[fate],
  },
  Query: {
    hardNegativeSet: (_root, { id }, context) => optional(context, 'HardNegativeSet', id),
    async hardNegatives(_root, { setId, fate, ...page }, context) {
      const set = await required(context, 'HardNegativeSet', setId, ['setId']);
      const wanted = CANDIDATE_FATES.find((one) => fates[one] === fate) ?? null;
      return toConnection<HardNegativeModel, number>(
        page,
        integerKey(),
        ({ position }) => position,
        (of) => context.services.negatives.rows(set, wanted, of),
      );
    },
  },
  Mutation: {
    mineHardNegatives: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const dataset = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const idOf = async (type: 'Encoder' | 'IndexVersion', field: 'encoderId' | 'judgeId' | 'indexId') =>
          input[field] ? (await required(context, type, input[field], ['input', field])).id : undefined;
        const { datasetId: _d, source, indexId: _i, encoderId: _e, judgeId: _j, positives, ...rest } = input;
        const { idempotencyKey: _key, strategy, corpus, ...numbers } = rest;
        const asked = {
          datasetId: dataset.id,
          source,
          indexId: (await idOf('IndexVersion', 'indexId')) as never,
          encoderId: (await idOf('Encoder', 'encoderId')) as never,
          judgeId: (await idOf('Encoder', 'judgeId')) as never,
          positives: positives?.toLowerCase() as 'relevance' | 'label' | undefined,
          settings: {
            ...numbers,
            strategy: strategy?.toLowerCase() as 'top' | undefined,
            corpus: corpus?.toLowerCase() as 'all' | undefined,
          },
        };
        const id = await services.idempotency.create(idempotent('mineHardNegatives', input), (tx) =>
          services.negatives.mine(asked, tx),
        );
        return { set: await made(context, 'HardNegativeSet', id) };
      }),
    cancelMining: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'HardNegativeSet', input.setId, ['input', 'setId']);
        await services.negatives.cancel(id);
        return { set: await loaders.HardNegativeSet.clear(id).load(id) };
      }),
    markFalseNegative: (_root, { input }, context) =>
      payload(async () => {
        const { setId, use } = input;
        const set = await required(context, 'HardNegativeSet', setId, ['input', 'setId']);
        const type = set.positives === 'label' ? 'Item' : 'DatasetQuery';
        const queryId = rowId(type, input.queryId, ['input', 'queryId']);
        const itemId = rowId('Item', input.itemId, ['input', 'itemId']);
        await context.services.negatives.mark(set, { queryId, itemId, use });
        return { set };
      }),
  },
} satisfies Pick<Resolvers, 'HardNegativeSet' | 'HardNegative' | 'MiningReport'> & RootFields;

function named(quantiles: Quantiles | null) {
  if (quantiles === null) return null;
  const [minimum, q05, q25, median, q75, q95, maximum] = quantiles;
  return { minimum, q05, q25, median, q75, q95, maximum };
}

export function negativeSetConnection(
  { services }: Context,
  page: PageArguments,
  datasetId: DatasetId,
): Promise<ConnectionModel<HardNegativeSetModel>> {
  return toConnection<HardNegativeSetModel, NegativeSetId>(
    page,
    uuidKey(),
    ({ id }) => id,
    (of) => services.negatives.list(datasetId, of),
  );
}
