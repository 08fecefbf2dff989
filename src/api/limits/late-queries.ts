import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { deadline } from '../../platform/deadline.ts';
import type { Context } from '../context.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Answers a query at its time limit, whatever it waits for by then: what it computes ends by itself (platform/turns.ts), a statement
 * of the database at a limit of its own. Mutations go on to their end, for nobody would know what became of them.
 */
export function endLateQueries(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const resolve = (field.resolve ?? defaultFieldResolver) as Resolver;
    const limited: Resolver = async (source, args, context, info) => {
      const signal = deadline();
      const answer = async () => resolve(source, args, context, info);
      return signal === undefined ? answer() : await untilOver(signal, answer);
    };
    field.resolve = limited;
  }
  return schema;
}

async function untilOver<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work(), over]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
