import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { SECOND } from '../platform/clock.ts';

/** What answers a request. */
export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;
/** What looks at a request before it goes on, without a framework. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** How long what is left of a refused body is still taken. */
const LINGER = 5 * SECOND;

/**
 * Takes what is left of a body that is not wanted, and ends the connection if that goes on. Ended at once, a connection takes an answer
 * with it that its sender has not read yet (TCP resets it), who then knows no better than to send all of it again.
 */
export function takeRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.socket.destroy(), LINGER).unref();
  request.once('close', () => clearTimeout(timer));
  // A sender that leaves now has what it wanted.
  request.on('error', () => {});
  request.resume();
}

/** Sends JSON, whole and of known length; on a response that nothing was sent of. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: string | object,
  headers: OutgoingHttpHeaders = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
