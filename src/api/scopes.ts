import type { Scope } from '../domain/principal.ts';
import type { Resolvers } from './generated/resolvers.ts';

type FieldsOf<T extends 'Query' | 'Mutation' | 'Subscription'> = Record<
  Exclude<keyof NonNullable<Resolvers[T]>, `__${string}`>,
  Scope
>;

/**
 * What a key must have for each field of the root types: the one place where that is said. A new field that is not here does
 * not compile, and a server whose schema has one does not start (authorization.ts).
 */
export const scopes = {
  Query: {
    node: 'READ',
    nodes: 'READ',
    dataset: 'READ',
    datasets: 'READ',
    import: 'READ',
    run: 'READ',
    compareRuns: 'READ',
    measureRecall: 'READ',
    runs: 'READ',
    encoder: 'READ',
    encoders: 'READ',
    index: 'READ',
    indexes: 'READ',
    // It tells how much memory and disk the server has.
    estimateIndex: 'TRAIN',
    embeddingMap: 'READ',
    evaluation: 'READ',
    alias: 'READ',
    hardNegativeSet: 'READ',
    refinement: 'READ',
    hardNegatives: 'READ',
    promotion: 'READ',
    search: 'READ',
    searchBatch: 'READ',
    compareSearch: 'READ',
    embed: 'READ',
    server: 'READ',
    viewer: 'READ',
    apiKeys: 'ADMIN',
  },
  Mutation: {
    createDataset: 'WRITE',
    deleteDataset: 'WRITE',
    createUpload: 'WRITE',
    importDataset: 'WRITE',
    cancelImport: 'WRITE',
    upsertItems: 'WRITE',
    deleteItems: 'WRITE',
    startTraining: 'TRAIN',
    pauseRun: 'TRAIN',
    resumeRun: 'TRAIN',
    cancelRun: 'TRAIN',
    buildIndex: 'TRAIN',
    tuneIndex: 'TRAIN',
    cancelIndex: 'TRAIN',
    retireIndexes: 'TRAIN',
    setRetention: 'TRAIN',
    mapIndex: 'TRAIN',
    cancelMap: 'TRAIN',
    cancelEvaluation: 'TRAIN',
    cancelMining: 'TRAIN',
    cancelRefinement: 'TRAIN',
    evaluate: 'TRAIN',
    promoteIndex: 'TRAIN',
    mineHardNegatives: 'TRAIN',
    startRefinement: 'TRAIN',
    markFalseNegative: 'WRITE',
    rollbackAlias: 'TRAIN',
    createApiKey: 'ADMIN',
    revokeApiKey: 'ADMIN',
  },
  Subscription: {
    runEvents: 'READ',
  },
} as const satisfies {
  readonly Query: FieldsOf<'Query'>;
  readonly Mutation: FieldsOf<'Mutation'>;
  readonly Subscription: FieldsOf<'Subscription'>;
};
