import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type Begun, ClientError, type Download, QuartetClient, typed } from '../../client/index.ts';
import { type ErrorCode, QuartetError } from '../../domain/errors.ts';
import { SECOND } from '../../platform/clock.ts';
import { sendFile } from './send-file.ts';

export interface UserErrors {
  readonly userErrors: readonly {
    readonly field: readonly string[] | null;
    readonly message: string;
    readonly code: string;
  }[];
}

/** Somebody waits at the terminal: four times in about three seconds, then it is told. */
const RETRY = { attempts: 4, base: 0.5 * SECOND, cap: 2 * SECOND };

/** Bytes read and sent at a time. */
const PIECE = 256 * 1024;

/** The client package as the CLI uses it: documents of its own, files of any size, and errors that have an exit code. */
export class Connection {
  readonly #client: QuartetClient;

  /** @param url e.g. `http://127.0.0.1:4000` */
  constructor(url: string, { key }: { readonly key?: string | undefined } = {}) {
    this.#client = new QuartetClient({ url, apiKey: key, retry: RETRY });
  }

  /** Without a path. */
  get url(): string {
    return this.#client.url;
  }

  /**
   * @returns `data` of the answer
   * @throws QuartetError with the code of the first error; RETRY_LATER when the server can't be reached
   */
  query<T>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    return this.#client.query(typed<T, Readonly<Record<string, unknown>>>(document), variables).catch(fail);
  }

  /**
   * Sends a mutation with the single field `name`.
   * @returns its payload
   * @throws QuartetError with the code of the first user error or top-level error
   */
  mutate<T>(name: string, document: string, input: Readonly<Record<string, unknown>>): Promise<T & UserErrors> {
    type Answer = Readonly<Record<string, T & UserErrors>>;
    const mutation = typed<Answer, { readonly input: Readonly<Record<string, unknown>> }>(document);
    if (!document.includes(`${name}(`)) throw new Error(`the document is no ${name}`);
    return this.#client.mutate(mutation, input).catch(fail) as Promise<T & UserErrors>;
  }

  /** The events of a subscription with one field, resumed after a lost connection. @throws QuartetError */
  async *follow<T>(document: string, variables: Readonly<Record<string, unknown>>): AsyncGenerator<T, void, undefined> {
    try {
      yield* this.#client.follow(
        typed<{ readonly event: T }, Readonly<Record<string, unknown>>>(document),
        variables,
      ) as AsyncGenerator<T>;
    } catch (error) {
      fail(error);
    }
  }

  /** @returns bytes of an upload that have come. @throws QuartetError NOT_FOUND when it is gone, RETRY_LATER */
  async uploaded(url: string): Promise<number> {
    const { ok, status, headers } = await this.#reach(url, { method: 'HEAD' });
    if (ok) return Number(headers.get('upload-offset') ?? 0);
    throw new QuartetError(status === 404 ? 'NOT_FOUND' : 'RETRY_LATER', `The upload answered with status ${status}.`);
  }

  /**
   * Sends what the server has not of a file. @param onSent called with the number of bytes that are sent so far
   * @throws QuartetError as `put`; CONFLICT when another part is just coming
   */
  async putFrom(
    url: string,
    path: string,
    { bytes, onSent }: { readonly bytes: number; readonly onSent: (bytes: number) => void },
  ): Promise<void> {
    let sent = await this.uploaded(url);
    onSent(sent);
    // An empty file has no part, and of one that has come but is not settled the last part is sent again whole.
    const range = sent < bytes ? `bytes ${sent}-${bytes - 1}/${bytes}` : undefined;
    const rest = range === undefined ? path : createReadStream(path, { highWaterMark: PIECE, start: sent });
    const onBytes = (more: number) => {
      sent += more;
      onSent(sent);
    };
    await this.put(url, rest, onBytes, range);
  }

  /** Streams a file to an upload's address. @param onBytes called with the number of bytes of each piece sent */
  async put(
    url: string,
    source: string | AsyncIterable<Uint8Array>,
    onBytes: (bytes: number) => void,
    range?: string,
  ): Promise<void> {
    const pieces: AsyncIterable<Uint8Array> =
      typeof source === 'string' ? createReadStream(source, { highWaterMark: PIECE }) : source;
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
    const { status, body } = await sendFile(url, counted(), range).catch((error: unknown) => {
      throw fault ?? this.#unreachable(error);
    });
    if (status >= 200 && status < 300) return;
    const { code, message } = parsed(body);
    throw new QuartetError(
      (code ?? 'RETRY_LATER') as ErrorCode,
      message ?? `The upload was refused with HTTP status ${status}.`,
    );
  }

  /** Of an `exportUrl`, from where an attempt before broke off. @throws QuartetError, also while its bytes are read */
  async download(url: string, begun?: Begun): Promise<Download> {
    const found = await this.#client.download(url, { begun }).catch(fail);
    async function* bytes(): Download['bytes'] {
      try {
        yield* found.bytes;
      } catch (error) {
        fail(error);
      }
    }
    return { ...found, bytes: bytes() };
  }

  /** @returns the body of a GET, as it comes. @throws QuartetError NOT_FOUND unless the answer is 200 */
  async get(url: string): Promise<Readable> {
    const response = await this.#reach(url, {});
    if (!response.ok || response.body === null) {
      throw new QuartetError('NOT_FOUND', `${url} answered with HTTP status ${response.status}.`);
    }
    return Readable.fromWeb(response.body as never);
  }

  async #reach(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, init);
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

/** The client's error as the CLI's. @throws always */
function fail(error: unknown): never {
  if (!(error instanceof ClientError)) throw error;
  const { code, message, field, cause } = error;
  const remedy = code === 'UNAUTHENTICATED' ? ' Give one with --key or QUARTET_KEY.' : '';
  throw new QuartetError(code as ErrorCode, `${message}${remedy}`, {
    ...(field === undefined ? {} : { field }),
    cause,
  });
}

function parsed(body: string): { readonly code?: string; readonly message?: string } {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
