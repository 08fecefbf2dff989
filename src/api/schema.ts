import { readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { authorize } from './authorization.ts';
import { endLateQueries } from './limits/late-queries.ts';
import { resolvers } from './resolvers/index.ts';

/** schema.graphql with its resolvers. @throws when a resolver has no field in the schema, or an interface no `__resolveType` */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error', requireResolversForResolveType: 'error' },
  });
  return endLateQueries(authorize(schema));
}
