import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { parent } from './required.ts';

export const itemResolvers = {
  Item: {
    id: ({ id }) => toGlobalId('Item', id),
    text: ({ content }) => content,
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
  },
  DatasetQuery: {
    id: ({ id }) => toGlobalId('DatasetQuery', id),
    text: ({ content }) => content,
    relevant: ({ id }, _args, { loaders }) => loaders.judgements.load(id),
  },
  Judgement: {},
} satisfies Pick<Resolvers, 'Item' | 'DatasetQuery' | 'Judgement'>;
