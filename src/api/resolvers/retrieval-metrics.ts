import { QuartetError } from '../../domain/errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const retrievalMetricsResolvers = {
  RetrievalMetrics: {
    knnAccuracy: ({ knnAccuracy }) => knnAccuracy ?? null,
    // Whole numbers come in ascending order as keys.
    prefixes: ({ prefixes = {} }) =>
      Object.entries(prefixes).map(([dimensions, metrics]) => ({ dimensions: Number(dimensions), metrics })),
    recallAt({ recallAt }, { k }) {
      const value = recallAt[k];
      if (value !== undefined) return value;
      const depths = Object.keys(recallAt).join(', ');
      throw new QuartetError('BAD_INPUT', `recallAt is measured at depths ${depths}, not at ${k}.`, { field: ['k'] });
    },
  },
} satisfies Pick<Resolvers, 'RetrievalMetrics'>;
