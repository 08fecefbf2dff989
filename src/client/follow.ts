import { createClient } from 'graphql-ws/client';
import { ClientError, fromWire, type WireError } from './client-error.ts';
import { delay, pause, RETRY_DEFAULTS, type RetryOptions } from './retry.ts';
import type { Transport } from './transport.ts';

export interface FollowOptions extends RetryOptions {
  readonly signal?: AbortSignal | undefined;
  /** In place of the global one. */
  readonly webSocket?: unknown;
}

/**
 * The events of a subscription with one field. A lost connection is made anew; where events carry a `sequence` and the
 * subscription takes `after`, it goes on behind the last event seen, so none comes twice and none is missing.
 * @throws ClientError of the subscription itself; RETRY_LATER after as many lost connections in a row as `attempts` says
 */
export async function* follow(
  transport: Transport,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  { signal, webSocket, ...retry }: FollowOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { attempts = RETRY_DEFAULTS.attempts } = retry;
  let after: Readonly<Record<string, unknown>> = {};
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    const client = createClient({
      url: `${socketUrl(transport.url)}/graphql`,
      connectionParams: () => transport.credentials(),
      // We begin again ourselves: the library would send the first variables.
      retryAttempts: 0,
      lazy: true,
      ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
    });
    const stop = () => void client.dispose();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const { data, errors } of client.iterate<Record<string, unknown>>({
        query,
        variables: { ...variables, ...after },
      })) {
        if (errors !== undefined) throw errors;
        const event = Object.values(data ?? {})[0];
        if (event === undefined || event === null) continue;
        failures = 0;
        const { sequence } = event as { readonly sequence?: unknown };
        if (typeof sequence === 'number') after = { after: sequence };
        yield event;
      }
      signal?.throwIfAborted();
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const fault = described(error, transport.url);
      failures += 1;
      if (!fault.passes || failures >= attempts) throw fault;
      await pause(delay(failures, fault.retryAfter, retry), signal);
    } finally {
      signal?.removeEventListener('abort', stop);
      await client.dispose();
    }
  }
}

/** A page without an address of its own talks to the server that it came from. */
function socketUrl(url: string): string {
  const absolute = url === '' ? (globalThis as { location?: { origin: string } }).location?.origin : url;
  return (absolute ?? '').replace(/^http/, 'ws');
}

/** Codes of graphql-ws with which a server refuses for good: 4400 bad request, 4401 and 4403 not allowed. */
const FINAL_CLOSES = new Map([
  [4400, 'BAD_REQUEST'],
  [4401, 'UNAUTHENTICATED'],
  [4403, 'FORBIDDEN'],
]);

/** Errors of the operation come as a list of GraphQL errors; everything else is about the socket. */
function described(error: unknown, url: string): ClientError {
  if (error instanceof ClientError) return error;
  if (Array.isArray(error)) return fromWire((error as WireError[])[0] ?? { message: 'unknown' });
  const { code, reason } = error as { readonly code?: number; readonly reason?: string };
  const final = FINAL_CLOSES.get(code ?? 0);
  if (final !== undefined) return new ClientError(final, reason || `${url} refused the connection (${code}).`);
  return new ClientError('RETRY_LATER', `The connection to ${url} was lost.`, { answered: false, cause: error });
}
