import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import type { Limits } from '../domain/limits.ts';
import { isOperator } from '../domain/principal.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { Authentication, principalOf } from './authentication.ts';
import { clientRoute } from './client-route.ts';
import { type Context, contexts, type Services } from './context.ts';
import { crossOrigin } from './cross-origin.ts';
import { directRoute } from './direct/direct-route.ts';
import { PreparedOperations } from './direct/prepared-operations.ts';
import { formatError } from './errors.ts';
import { fileRoutes } from './file-routes.ts';
import { landingPage, landingPagePolicy } from './landing-page.ts';
import { admission } from './limits/admission.ts';
import { CostLimits } from './limits/cost-limits.ts';
import { documentLimits } from './limits/document-limits.ts';
import { repeatedFields } from './limits/repeated-fields.ts';
import { shareBudgets } from './limits/shared-budgets.ts';
import { type Metrics, probeRoutes, type Readiness } from './probes.ts';
import type { Middleware } from './reply.ts';
import { requestErrors } from './request-errors.ts';
import { requestLog } from './request-log.ts';
import { createSchema } from './schema.ts';
import { serveSubscriptions } from './subscriptions.ts';
import { watchTraffic } from './traffic.ts';

/** What a running request gets to finish in when the server stops. */
const DRAIN_GRACE = 10 * SECOND;

/** Headers of every answer at `/graphql`. */
const SAFETY = { 'content-security-policy': landingPagePolicy, 'x-content-type-options': 'nosniff' } as const;

export interface ApiOptions {
  readonly services: Services;
  /** Whether a key is needed; `localKey` is one that is always right. */
  readonly auth: { readonly required: boolean; readonly localKey?: string | undefined };
  readonly logger: Logger;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Of web pages that may call from elsewhere; `*`: any. */
  readonly origins: readonly string[];
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly limits: Limits;
}

export interface Api {
  /** Where this machine reaches it, e.g. `http://127.0.0.1:4000`. */
  readonly localUrl: string;
  /** Takes no more requests, lets running ones finish, closes subscriptions so that clients resume elsewhere. */
  stop(): Promise<void>;
}

/** GraphQL over HTTP and WebSocket at `/graphql`, files at `/uploads` and `/imports`, all on one port. */
export async function startApi({
  services,
  auth,
  logger,
  host,
  port,
  origins,
  readiness,
  metrics,
  limits,
}: ApiOptions): Promise<Api> {
  const app = express();
  app.disable('x-powered-by');
  // A hash of every answer, for clients that ask again whether it is the same: answers to POST never are.
  app.disable('etag');
  const server = createServer();
  // An upload may take hours: what counts is that bytes keep coming.
  server.requestTimeout = 0;
  server.setTimeout(120 * SECOND);
  // Longer than clients and proxies keep idle connections (60 s is usual): the shorter end decides, and where it is this one a request may
  // meet the connection's end on its way, which a client sees as ECONNRESET and may not repeat.
  server.keepAliveTimeout = 75 * SECOND;

  const schema = createSchema();
  const costs = new CostLimits(limits);
  const operations = new PreparedOperations(schema);
  const apollo = new ApolloServer<Context>({
    schema,
    logger,
    introspection: true,
    csrfPrevention: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.tokens },
    // Without Apollo's maxRecursiveSelections, which would have these looked at last; the first one allows less than it.
    validationRules: [repeatedFields, documentLimits(limits)],
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => formatError(formatted, error, logger),
    plugins: [
      landingPage,
      costs.plugin(),
      operations.plugin(),
      ApolloServerPluginUsageReportingDisabled(),
      // Its hints are for a cache that is not there, and it looks at every field of every answer.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: DRAIN_GRACE }),
    ],
  });
  await apollo.start();

  let draining = false;
  const authentication = new Authentication({ keys: services.keys, ...auth });
  const { instance } = services.server;
  const contextOf = contexts(services);
  const admit = admission(limits, logger);
  const traffic = watchTraffic(server);
  app.use(
    probeRoutes({
      instance,
      readiness,
      metrics,
      draining: () => draining,
      isOperator: ({ headers }) =>
        authentication.authenticate(headers.authorization, headers.host).then(isOperator, () => false),
    }),
  );
  app.get('/', (_request, response) => response.redirect('/graphql'));
  const cors = crossOrigin(origins);
  app.use(cors);
  app.use(clientRoute());
  app.use(fileRoutes(services, logger));
  app.use(
    '/graphql',
    (_request, response, next) => {
      response.set(SAFETY);
      next();
    },
    authentication.middleware(logger),
    express.json({ limit: limits.bodyBytes }),
    // Only now: a body that comes in slowly does not take a place.
    admit,
    expressMiddleware(apollo, {
      context: async ({ req, res }) => contextOf({ principal: principalOf(res), baseUrl: baseUrlOf(req) }),
    }),
  );
  app.use(requestErrors(logger));
  const direct = directRoute(
    {
      operations,
      authentication,
      costs,
      limits,
      logger,
      admission: admit,
      cors: cors as Middleware,
      contextOf: (principal, request) => contextOf({ principal, baseUrl: baseUrlOf(request) }),
      headers: SAFETY,
    },
    app,
  );
  const answer = requestLog(direct, logger, metrics);
  server.on('request', (request, response) => {
    traffic.seen(response);
    answer(request, response);
  });
  const stopSubscriptions = serveSubscriptions({ server, schema, services, authentication, logger, origins, limits });

  const stopSharing = await shareBudgets(costs.budgets, services.spending, logger);

  const localUrl = await listen(server, host, port);
  return {
    localUrl,
    async stop() {
      draining = true;
      await stopSharing();
      await stopSubscriptions();
      await traffic.drain();
      await apollo.stop();
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, port: taken, family } = server.address() as AddressInfo;
  // Listening on all addresses, it is reached at the loopback one.
  const reached = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${reached}]` : reached}:${taken}`;
}

/**
 * The address under which this client reaches us, for links in the answer. A proxy that ends TLS says so by X-Forwarded-Proto; whoever says
 * it by himself gets links that are no use to him.
 */
function baseUrlOf({ headers, socket }: IncomingMessage): string {
  const host = headers.host ?? '';
  const isSecure = socket instanceof TLSSocket || /^https\b/i.test(String(headers['x-forwarded-proto'] ?? ''));
  return /^[\w.:[\]-]+$/.test(host) ? `${isSecure ? 'https' : 'http'}://${host}` : '';
}
