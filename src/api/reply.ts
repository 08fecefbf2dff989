import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** What answers a request. */
export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;
/** What looks at a request before it goes on, without a framework. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

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
