import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { QuartetError } from '../../domain/errors.ts';
import type { Limits } from '../../domain/limits.ts';
import { SECOND } from '../../platform/clock.ts';
import type { Context } from '../context.ts';
import { Budgets } from './budgets.ts';
import { costOf } from './prices.ts';

/**
 * Prices each operation before it is carried out, refuses one that costs too much, and has each key live within its budget, whose
 * state its answers carry as `extensions.cost`. Whoever needs no key, the operator of the machine, has no budget.
 */
export function costLimits({ cost: limit, budget }: Pick<Limits, 'cost' | 'budget'>): ApolloServerPlugin<Context> {
  const budgets = new Budgets(budget);
  return {
    async requestDidStart() {
      let requested = 0;
      return {
        async didResolveOperation({ schema, document, request, operationName, contextValue }) {
          const named = operationName === null ? {} : { operationName };
          try {
            requested = costOf({ schema, query: document, variables: request.variables ?? {}, ...named });
          } catch (error) {
            // Variables that do not fit are told of, with their place, when it is carried out.
            if (error instanceof GraphQLError) return;
            throw error;
          }
          if (requested > limit) throw tooCostly(requested, limit);
          const { keyId } = contextValue.principal;
          const wait = keyId === null ? 0 : budgets.spend(keyId, requested);
          if (wait > 0) throw overBudget(requested, budget, wait);
        },
        async willSendResponse({ response, contextValue }) {
          const { keyId } = contextValue.principal;
          if (keyId === null || requested === 0 || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const cost = { requested, limit, budget: budgets.state(keyId) };
          singleResult.extensions = { ...singleResult.extensions, cost };
        },
      };
    },
  };
}

function tooCostly(requested: number, limit: number): GraphQLError {
  const remedy = 'ask for less at a time: a smaller `k`, `ef`, `first` or batch, fewer nested lists';
  const message = `The operation would cost ${requested} points, at most ${limit} are taken; ${remedy}.`;
  return answered(new QuartetError('LIMIT_EXCEEDED', message), 400);
}

function overBudget(requested: number, budget: number, retryAfterMs: number): GraphQLError {
  const message = `This costs ${requested} points, more than is left of this key's ${budget} a minute; send it again in ${retryAfterMs} ms.`;
  return answered(new QuartetError('RETRY_LATER', message, { retryAfterMs }), 429, {
    'retry-after': String(Math.ceil(retryAfterMs / SECOND)),
  });
}

function answered(error: QuartetError, status: number, headers: Readonly<Record<string, string>> = {}): GraphQLError {
  const http = { status, headers: new HeaderMap(Object.entries(headers)) };
  return new GraphQLError(error.message, { originalError: error, extensions: { code: error.code, http } });
}
