import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import { Plan } from './plan.ts';

/** Characters of all documents that are kept, and of one that is worth keeping. */
const MOST_CHARACTERS = 4 * 2 ** 20;
const LONGEST = 64 * 2 ** 10;

interface Validated {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  plan: Plan | undefined;
}

/**
 * The operations that clients send again and again. Apollo Server parses and validates each when it comes first; from then on it is
 * known by its text, and the second time it is made into a plan. So there is one set of rules for what a valid document is.
 */
export class PreparedOperations {
  readonly #schema: GraphQLSchema;
  /** By text, then by the name that was asked for. */
  readonly #known = new LRUCache<string, Map<string | null, Validated>>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_operations, text) => text.length,
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** @returns undefined for a text that comes for the first time */
  planOf(text: string, operationName: string | null): Plan | undefined {
    const validated = this.#known.get(text)?.get(operationName);
    if (validated === undefined) return undefined;
    validated.plan ??= new Plan(this.#schema, validated.document, validated.operation);
    return validated.plan;
  }

  /** Learns of each operation that Apollo Server carries out. */
  plugin(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: async () => ({
        didResolveOperation: async ({ source, request, document, operation }) => {
          if (operation?.operation !== 'query' || source.length > LONGEST) return;
          const operations = this.#known.get(source) ?? new Map<string | null, Validated>();
          this.#known.set(source, operations);
          const name = request.operationName ?? null;
          if (!operations.has(name)) operations.set(name, { document, operation, plan: undefined });
        },
      }),
    };
  }
}
