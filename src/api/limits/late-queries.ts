import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { type Deadline, deadline } from '../../platform/deadline.ts';
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
      const over = deadline();
      const answer = async () => resolve(source, args, context, info);
      return over === undefined ? answer() : untilOver(over, answer);
    };
    field.resolve = limited;
  }
  return schema;
}

function untilOver<T>(over: Deadline, work: () => Promise<T>): Promise<T> {
  over.throwIfOver();
  return new Promise<T>((resolve, reject) => {
    // What has an answer by then gives it.
    const forget = over.onEnd((reason) => queueMicrotask(() => reject(reason)));
    work().then(
      (value) => {
        forget();
        resolve(value);
      },
      (error) => {
        forget();
        reject(error);
      },
    );
  });
}
