import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import type { Logger } from '../platform/logger.ts';
import { requestIdFrom, withRequestId } from '../platform/request-id.ts';
import type { Metrics } from './probes.ts';
import type { Answerer } from './reply.ts';

/** Asked for all the time by machines: not worth a line each. */
const QUIET = new Set(['/livez', '/readyz', '/metrics']);

/**
 * Gives each request an id (the caller's `x-request-id`, else a new one), which its answer and all it logs carry, and logs
 * how it went: no content, no keys, and of the address the route alone, for an upload's address is its permission.
 */
export function requestLog(answer: Answerer, logger: Logger, metrics: Metrics): Answerer {
  return (request, response) => {
    const id = requestIdFrom(request.headers['x-request-id']);
    const started = performance.now();
    response.setHeader('x-request-id', id);
    response.on('close', () => {
      const seconds = (performance.now() - started) / 1_000;
      const route = routeOf(request);
      const { method = '' } = request;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.observeRequest({ route, method, status, seconds });
      if (QUIET.has(route) || !logger.isLevelEnabled('info')) return;
      logger.info({ requestId: id, method, route, status, ms: Math.round(seconds * 10_000) / 10 }, 'request');
    });
    withRequestId(id, () => answer(request, response));
  };
}

/** `/uploads/:id`, never the id; what no route has taken is one word, however many addresses are tried. */
function routeOf(request: IncomingMessage): string {
  const { route, baseUrl = '' } = request as Partial<Request>;
  const path = (route as { readonly path?: unknown } | undefined)?.path;
  if (typeof path === 'string') return `${baseUrl}${path}`;
  return baseUrl === '' ? 'unknown' : baseUrl;
}
