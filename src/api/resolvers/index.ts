import type { Resolvers } from '../generated/resolvers.ts';
import { scalars } from '../scalars.ts';
import { aliasResolvers } from './alias.ts';
import { apiKeyResolvers } from './api-key.ts';
import { datasetResolvers } from './dataset.ts';
import { embeddingMapResolvers } from './embedding-map.ts';
import { encoderResolvers } from './encoder.ts';
import { evaluationResolvers } from './evaluation.ts';
import { hardNegativeResolvers } from './hard-negative.ts';
import { importResolvers } from './import.ts';
import { indexVersionResolvers } from './index-version.ts';
import { itemResolvers } from './item.ts';
import { liveItemsResolvers } from './live-items.ts';
import { nodeResolvers } from './node.ts';
import { refinementResolvers } from './refinement.ts';
import { retrievalMetricsResolvers } from './retrieval-metrics.ts';
import { runEventResolvers } from './run-event.ts';
import { searchResolvers } from './search.ts';
import { serverResolvers } from './server.ts';
import { trainingConfigResolvers } from './training-config.ts';
import { trainingRunResolvers } from './training-run.ts';

/** Every field of a root type. */
type Complete<T extends 'Query' | 'Mutation' | 'Subscription'> = Record<keyof NonNullable<Resolvers[T]>, unknown>;

/** All resolvers, one noun per file. A field of the root types that no noun answers does not compile. */
export const resolvers = {
  ...scalars,
  ...datasetResolvers,
  ...itemResolvers,
  ...liveItemsResolvers,
  ...importResolvers,
  ...trainingRunResolvers,
  ...trainingConfigResolvers,
  ...runEventResolvers,
  ...retrievalMetricsResolvers,
  ...encoderResolvers,
  ...evaluationResolvers,
  ...indexVersionResolvers,
  ...embeddingMapResolvers,
  ...aliasResolvers,
  ...hardNegativeResolvers,
  ...refinementResolvers,
  ...searchResolvers,
  ...nodeResolvers,
  ...apiKeyResolvers,
  Query: {
    ...nodeResolvers.Query,
    ...datasetResolvers.Query,
    ...importResolvers.Query,
    ...trainingRunResolvers.Query,
    ...encoderResolvers.Query,
    ...indexVersionResolvers.Query,
    ...embeddingMapResolvers.Query,
    ...aliasResolvers.Query,
    ...hardNegativeResolvers.Query,
    ...refinementResolvers.Query,
    ...evaluationResolvers.Query,
    ...searchResolvers.Query,
    ...serverResolvers.Query,
    ...apiKeyResolvers.Query,
  } satisfies Complete<'Query'>,
  Mutation: {
    ...datasetResolvers.Mutation,
    ...importResolvers.Mutation,
    ...liveItemsResolvers.Mutation,
    ...trainingRunResolvers.Mutation,
    ...indexVersionResolvers.Mutation,
    ...embeddingMapResolvers.Mutation,
    ...aliasResolvers.Mutation,
    ...hardNegativeResolvers.Mutation,
    ...refinementResolvers.Mutation,
    ...evaluationResolvers.Mutation,
    ...apiKeyResolvers.Mutation,
  } satisfies Complete<'Mutation'>,
  Subscription: trainingRunResolvers.Subscription satisfies Complete<'Subscription'>,
};
