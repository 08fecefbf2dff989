import { ClientError, fromWire, seconds, type WireError } from './client-error.ts';

export interface TransportOptions {
  /** Address of the server without a path, e.g. `https://search.example.org`. */
  readonly url: string;
  /** API key, or what gives one for each request. Sent as `Authorization: Bearer …`. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Of one attempt, in ms. Default 60,000. */
  readonly timeout?: number | undefined;
  /** In place of the global one. */
  readonly fetch?: typeof fetch | undefined;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly WireError[];
}

/** GraphQL over HTTP, one request at a time: `client.ts` decides what is sent again. */
export class Transport {
  /** Without a path or a slash at the end. */
  readonly url: string;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.url = options.url.replace(/\/(graphql\/?)?$/, '');
    this.#options = options;
  }

  /** What authorises a request, as headers; empty without a key. */
  async credentials(): Promise<Record<string, string>> {
    const { apiKey } = this.#options;
    const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
    return key === undefined || key === '' ? {} : { authorization: `Bearer ${key}` };
  }

  /** @returns `data` of the answer. @throws ClientError of the first error in it, or RETRY_LATER without an answer */
  async post(query: string, variables: object, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.reach(
      `${this.url}/graphql`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(await this.credentials()),
        },
        body: JSON.stringify({ query, variables }),
      },
      signal,
    );
    const answer = await this.#read(response, signal);
    const hint = seconds(response.headers.get('retry-after'));
    const [fault] = answer.errors ?? [];
    if (fault !== undefined) throw fromWire(fault, hint);
    if (answer.data === undefined || answer.data === null) {
      // Refused before GraphQL: `{code, message}`.
      const { code, message } = answer as { readonly code?: unknown; readonly message?: unknown };
      if (typeof code === 'string') throw fromWire({ message: String(message), extensions: { code } }, hint);
      throw this.#strange(response);
    }
    return answer.data;
  }

  /** `fetch` within a time limit in ms, that of requests unless another is given. @throws ClientError RETRY_LATER when no server can be reached; the signal's reason */
  async reach(url: string, init: RequestInit, signal?: AbortSignal, timeout?: number): Promise<Response> {
    const { fetch: send = fetch } = this.#options;
    const limit = AbortSignal.timeout(timeout ?? this.#options.timeout ?? 60_000);
    try {
      // Called as a function of its own: browsers refuse a `fetch` that is called as a method of something else.
      return await send(url, { ...init, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) });
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#unreachable(error);
    }
  }

  async #read(response: Response, signal: AbortSignal | undefined): Promise<Answer> {
    const text = await response.text().catch((error) => {
      signal?.throwIfAborted();
      throw this.#unreachable(error);
    });
    try {
      const answer: unknown = JSON.parse(text);
      if (typeof answer === 'object' && answer !== null) return answer;
    } catch {
      // Not ours: a proxy's page, or another program's.
    }
    throw this.#strange(response);
  }

  #strange({ status, headers }: Response): ClientError {
    const message = `${this.url} answered with HTTP status ${status} and no JSON: is it a Quartet server?`;
    return new ClientError('RETRY_LATER', message, {
      answered: false,
      retryAfter: seconds(headers.get('retry-after')),
    });
  }

  #unreachable(error: unknown): ClientError {
    const reason =
      error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
    const message = `No server can be reached at ${this.url} (${reason}). Is \`quartet serve\` running there?`;
    return new ClientError('RETRY_LATER', message, { answered: false, cause: error });
  }
}
