import type { Resolvers } from '../generated/resolvers.ts';

/** What a noun's file adds to the root types. */
export type RootFields = Pick<Resolvers, 'Query' | 'Mutation' | 'Subscription'>;
