import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { QuartetError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Logger } from '../platform/logger.ts';
import type { Authentication } from './authentication.ts';
import { contexts, type Services } from './context.ts';
import { isAllowed } from './cross-origin.ts';
import { formatError } from './errors.ts';
import { documentLimits } from './limits/document-limits.ts';
import { repeatedFields } from './limits/repeated-fields.ts';
import { SocketGuard } from './socket-guard.ts';

/** A subscription document is small. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_TOKENS = 1_000;
/** Under way at the same time over one connection. */
const MAX_SUBSCRIPTIONS = 100;
/** Open connections. */
const MAX_SOCKETS = 5_000;

export interface SubscriptionOptions {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly authentication: Authentication;
  readonly logger: Logger;
  /** Of web pages that may subscribe from elsewhere. */
  readonly origins: readonly string[];
  readonly limits: Limits;
}

/**
 * Subscriptions by the graphql-transport-ws protocol on `/graphql`. Queries and mutations are refused here: they have
 * their limits on HTTP.
 * @returns closes all sockets as "going away", so that clients reconnect and resume
 */
export function serveSubscriptions(options: SubscriptionOptions): () => Promise<void> {
  const { server, schema, services, authentication, logger, origins, limits } = options;
  const rules = [...specifiedRules, repeatedFields, documentLimits(limits)];
  const followed = new WeakMap<object, number>();
  const contextOf = contexts(services);
  const guard = new SocketGuard(authentication, services.keys, logger);
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: MAX_MESSAGE_BYTES,
    // Browsers let any page open a WebSocket to any address; only pages of this server and those named may.
    verifyClient: ({ req }: { req: IncomingMessage }) => {
      const { origin, host } = req.headers;
      if (sockets.clients.size >= MAX_SOCKETS) return false;
      return origin === undefined || URL.parse(origin)?.host === host || isAllowed(origin, origins);
    },
  });
  sockets.on('error', (error) => logger.warn({ error }, 'a WebSocket server error'));
  const format = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    errors.map((error) => formatError(error.toJSON(), error, logger));
  const disposable = useServer(
    {
      schema,
      onConnect: ({ connectionParams, extra }) => guard.admit(extra, connectionParams),
      onSubscribe({ extra }, _id, { query, variables, operationName }) {
        let document: ReturnType<typeof parse>;
        try {
          document = parse(query, { maxTokens: MAX_TOKENS });
        } catch (error) {
          return [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
        }
        const errors = validate(schema, document, rules, { hideSuggestions: true, maxErrors: 10 });
        if (errors.length > 0) return errors.map(refusal);
        const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
        if (operations.some((operation) => operation.operation !== 'subscription')) {
          const message = 'Only subscriptions travel over WebSocket; send queries and mutations by HTTP POST.';
          return [new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })];
        }
        const count = (followed.get(extra.socket) ?? 0) + 1;
        if (count > MAX_SUBSCRIPTIONS) return [refusal(tooMany())];
        followed.set(extra.socket, count);
        return {
          schema,
          document,
          variableValues: variables,
          operationName,
          contextValue: contextOf({ principal: guard.principalOf(extra.socket), baseUrl: '' }),
        };
      },
      onComplete: ({ extra }) => void followed.set(extra.socket, (followed.get(extra.socket) ?? 1) - 1),
      onError: (_context, _id, _payload, errors) => format(errors),
      onNext(_context, _id, _payload, _args, { errors, data }) {
        return errors === undefined ? undefined : { data: data ?? null, errors: format(errors) };
      },
    },
    sockets,
  );
  return async () => {
    guard.close();
    await disposable.dispose();
  };
}

/** Errors of our own rules keep their code. */
function refusal(error: GraphQLError): GraphQLError {
  const { originalError } = error;
  return originalError instanceof QuartetError ? error : coded(error, 'GRAPHQL_VALIDATION_FAILED');
}

function tooMany(): GraphQLError {
  const message = `A connection follows ${MAX_SUBSCRIPTIONS} subscriptions at most; end one, or open another connection.`;
  return new GraphQLError(message, { originalError: new QuartetError('LIMIT_EXCEEDED', message) });
}

function coded({ message, locations }: GraphQLError, code: string): GraphQLError {
  const place = locations === undefined ? '' : ` (line ${locations[0]?.line})`;
  return new GraphQLError(`${message}${place}`, { extensions: { code } });
}
