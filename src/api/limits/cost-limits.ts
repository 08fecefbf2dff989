import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { QuartetError } from '../../domain/errors.ts';
import type { Limits } from '../../domain/limits.ts';
import type { Principal } from '../../domain/principal.ts';
import { SECOND } from '../../platform/clock.ts';
import type { Context } from '../context.ts';
import { type BudgetState, Budgets } from './budgets.ts';
import { costOf } from './prices.ts';

/** What answers say of their price. */
export interface CostExtensions {
  readonly cost: { readonly requested: number; readonly limit: number; readonly budget: BudgetState };
}

/**
 * Prices each operation before it is carried out, refuses one that costs too much, and has each key live within its budget, whose
 * state its answers carry as `extensions.cost`. Whoever needs no key, the operator of the machine, has no budget.
 */
export class CostLimits {
  readonly #limits: Pick<Limits, 'cost' | 'budget'>;
  readonly budgets: Budgets;

  constructor({ cost, budget }: Pick<Limits, 'cost' | 'budget'>) {
    this.#limits = { cost, budget };
    this.budgets = new Budgets(budget);
  }

  /** Has a key pay for an operation. @throws GraphQLError with HTTP status and headers, when it costs too much or more than is left */
  charge({ keyId }: Principal, points: number): void {
    const { cost, budget } = this.#limits;
    if (points > cost) throw tooCostly(points, cost);
    const wait = keyId === null ? 0 : this.budgets.spend(keyId, points);
    if (wait > 0) throw overBudget(points, budget, wait);
  }

  extensions({ keyId }: Principal, requested: number): CostExtensions | undefined {
    if (keyId === null) return undefined;
    return { cost: { requested, limit: this.#limits.cost, budget: this.budgets.state(keyId) } };
  }

  plugin(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: async () => {
        let requested = 0;
        return {
          didResolveOperation: async ({ schema, document, request, operationName, contextValue }) => {
            const named = operationName === null ? {} : { operationName };
            try {
              requested = costOf({ schema, query: document, variables: request.variables ?? {}, ...named });
            } catch (error) {
              if (/call stack/.test((error as Error).message)) throw tooDeep();
              // Variables that do not fit are told of, with their place, when it is carried out.
              if (error instanceof GraphQLError) return;
              throw error;
            }
            this.charge(contextValue.principal, requested);
          },
          willSendResponse: async ({ response, contextValue }) => {
            if (requested === 0 || response.body.kind !== 'single') return;
            const { singleResult } = response.body;
            const told = this.extensions(contextValue.principal, requested);
            if (told !== undefined) singleResult.extensions = { ...singleResult.extensions, ...told };
          },
        };
      },
    };
  }
}

/** JSON may be nested as deep as a body is long; what reads variables calls itself for each level. */
function tooDeep(): GraphQLError {
  const message = 'The variables are nested thousands of levels deep, which nothing here asks for.';
  return answered(new QuartetError('LIMIT_EXCEEDED', message), 400);
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
