import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type ErrorCode, QuartetError } from '../../domain/errors.ts';
import { SECOND } from '../../platform/clock.ts';
import { sendFile } from './send-file.ts';

export interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

interface GraphqlAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphqlError[];
}

export interface UserErrors {
  readonly userErrors: readonly {
    readonly field: readonly string[] | null;
    readonly message: string;
    readonly code: string;
  }[];
}

/** The server, or its database, is away for the moment. */
const PASSING: readonly ErrorCode[] = ['RETRY_LATER', 'DATABASE_UNAVAILABLE'];
/** Attempts of a read whose connection fails, with pauses between them. Mutations are sent once. */
const READ_ATTEMPTS = 4;

/** A GraphQL client over HTTP, as thin as the CLI needs it. */
export class Connection {
  /** e.g. `http://127.0.0.1:4000`, without a path. */
  readonly url: string;
  readonly #fetch: typeof fetch;

  constructor(url: string, fetchImplementation: typeof fetch = fetch) {
    this.url = url.replace(/\/(graphql\/?)?$/, '');
    this.#fetch = fetchImplementation;
  }

  /**
   * @returns `data` of the answer
   * @throws QuartetError with the code of the first error; RETRY_LATER when the server can't be reached
   */
  async query<T>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.#send(document, variables)) as T;
      } catch (error) {
        const passes = error instanceof QuartetError && PASSING.includes(error.code);
        if (!passes || attempt === READ_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, attempt * 0.5 * SECOND));
      }
    }
  }

  /**
   * Sends a mutation with the single field `name`.
   * @returns its payload
   * @throws QuartetError with the code of the first user error or top-level error
   */
  async mutate<T>(name: string, document: string, input: Readonly<Record<string, unknown>>): Promise<T> {
    const data = (await this.#send(document, { input })) as Record<string, T & UserErrors>;
    const payload = data[name];
    if (payload === undefined) throw new Error(`the answer has no field ${name}`);
    const [refused] = payload.userErrors;
    if (refused !== undefined) {
      throw new QuartetError(
        refused.code as ErrorCode,
        refused.message,
        refused.field === null ? {} : { field: refused.field },
      );
    }
    return payload;
  }

  /** Streams a file to an upload's address. @param onBytes called with the number of bytes of each piece sent */
  async put(url: string, source: string | AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<void> {
    const pieces: AsyncIterable<Uint8Array> =
      typeof source === 'string' ? createReadStream(source, { highWaterMark: 256 * 1024 }) : source;
    let fault: unknown;
    async function* counted(): AsyncGenerator<Uint8Array> {
      try {
        for await (const piece of pieces) {
          yield piece;
          onBytes(piece.length);
        }
      } catch (error) {
        fault = error;
        throw error;
      }
    }
    const { status, body } = await sendFile(url, counted()).catch((error: unknown) => {
      throw fault ?? this.#unreachable(error);
    });
    if (status >= 200 && status < 300) return;
    const { code, message } = parsed(body);
    throw new QuartetError(
      (code ?? 'RETRY_LATER') as ErrorCode,
      message ?? `The upload was refused with HTTP status ${status}.`,
    );
  }

  /** @returns the body of a GET, as it comes. @throws QuartetError NOT_FOUND unless the answer is 200 */
  async get(url: string): Promise<Readable> {
    const response = await this.#reach(url, {});
    if (!response.ok || response.body === null) {
      throw new QuartetError('NOT_FOUND', `${url} answered with HTTP status ${response.status}.`);
    }
    return Readable.fromWeb(response.body as never);
  }

  async #send(document: string, variables: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const response = await this.#reach(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    });
    const answer = (await response.json().catch(() => undefined)) as GraphqlAnswer | undefined;
    if (answer === undefined) {
      throw new QuartetError(
        'RETRY_LATER',
        `${this.url} answered with HTTP status ${response.status} and no JSON: is it a Quartet server?`,
      );
    }
    const [fault] = answer.errors ?? [];
    if (fault !== undefined)
      throw new QuartetError((fault.extensions?.code ?? 'BAD_INPUT') as ErrorCode, fault.message);
    if (answer.data === undefined || answer.data === null) throw new Error('the answer has neither data nor errors');
    return answer.data;
  }

  async #reach(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(url, init);
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  #unreachable(error: unknown): QuartetError {
    const reason =
      error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
    return new QuartetError(
      'RETRY_LATER',
      `No server can be reached at ${this.url} (${reason}). Is \`quartet serve\` running there?`,
      {
        cause: error,
      },
    );
  }
}

function parsed(body: string): { readonly code?: string; readonly message?: string } {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
