import { ClientError } from './client-error.ts';
import type { Document } from './document.ts';
import { type Begun, type Download, download } from './download.ts';
import { follow } from './follow.ts';
import {
  CreateUploadDocument,
  KEYED_MUTATIONS,
  RunEventsDocument,
  type RunEventsSubscription,
} from './generated/operations.ts';
import { entries, type PagedVariables, type PageOf } from './pages.ts';
import { randomKey } from './random-key.ts';
import { type RetryOptions, retrying } from './retry.ts';
import { Transport, type TransportOptions } from './transport.ts';
import { type Body, put } from './upload.ts';

export interface ClientOptions extends TransportOptions {
  readonly retry?: RetryOptions;
  /** Of a subscription: how often it is begun again without an event in between. Default 12 times, pauses of 0.25 to 5 s. */
  readonly reconnect?: RetryOptions;
  /** In place of the global WebSocket. */
  readonly webSocket?: unknown;
}

export interface CallOptions {
  /** Gives the request up: a search whose text has changed, a page that was left. */
  readonly signal?: AbortSignal | undefined;
}

/** A server that starts anew may take half a minute. */
const RECONNECT: RetryOptions = { attempts: 12, base: 250, cap: 5_000 };

/** `[]` where an operation has no variables that must be given. */
type Given<Variables> =
  Partial<Record<string, never>> extends Variables
    ? [variables?: Variables, options?: CallOptions]
    : [variables: Variables, options?: CallOptions];
/** What a mutation gives when nothing was refused: its objects are there then. */
type Accepted<Result> = { readonly [Key in keyof Result[keyof Result]]: NonNullable<Result[keyof Result][Key]> };
type Input<Variables> = Variables extends { readonly input: infer Value } ? Value : never;

/**
 * A client of Quartet's GraphQL API, for Node 22 and browsers. Requests that failed for a passing reason are sent again after
 * pauses that grow; mutations too, under an idempotency key, so that what they create is created once.
 */
export class QuartetClient {
  readonly #transport: Transport;
  readonly #retry: RetryOptions;
  readonly #reconnect: RetryOptions;
  readonly #webSocket: unknown;

  constructor({ retry = {}, reconnect = RECONNECT, webSocket, ...transport }: ClientOptions) {
    this.#transport = new Transport(transport);
    this.#retry = retry;
    this.#reconnect = reconnect;
    this.#webSocket = webSocket;
  }

  /** Where the server is, without a path. */
  get url(): string {
    return this.#transport.url;
  }

  /** @returns `data` of a query's answer. @throws ClientError; the signal's reason */
  async query<Result, Variables>(document: Document<Result, Variables>, ...given: Given<Variables>): Promise<Result> {
    const [variables = {}, { signal } = {}] = given;
    const send = () => this.#transport.post(String(document), variables as object, signal);
    return (await retrying(send, () => true, this.#retry, signal)) as Result;
  }

  /**
   * Sends a mutation with one field that takes `input`. One that takes an `idempotencyKey` is given one, unless it has one; what
   * takes none is sent again only where the server itself asked for it.
   * @returns its payload. @throws ClientError with the code, field and message of the first user error, too
   */
  async mutate<Result, Variables>(
    document: Document<Result, Variables>,
    input: Input<Variables>,
    { signal }: CallOptions = {},
  ): Promise<Accepted<Result>> {
    const text = String(document);
    const name = /\{\s*(\w+)/.exec(text)?.[1] ?? '';
    const keyed = KEYED_MUTATIONS.has(name);
    const variables = { input: keyed ? { idempotencyKey: randomKey(), ...(input as object) } : input };
    const send = () => this.#transport.post(text, variables, signal);
    const repeats = ({ answered, code }: ClientError) => keyed || (answered && code === 'RETRY_LATER');
    const data = await retrying(send, repeats, this.#retry, signal);
    const payload = data[name] as { readonly userErrors?: readonly UserError[] };
    const [refused] = payload.userErrors ?? [];
    if (refused !== undefined)
      throw new ClientError(refused.code, refused.message, { field: refused.field ?? undefined });
    return payload as Accepted<Result>;
  }

  /** The events of a subscription with one field; a lost connection is made anew and resumed: see follow.ts. */
  follow<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    { signal }: CallOptions = {},
  ): AsyncGenerator<NonNullable<Result[keyof Result]>, void, undefined> {
    const options = { ...this.#reconnect, signal, webSocket: this.#webSocket };
    return follow(this.#transport, String(document), variables as Record<string, unknown>, options) as never;
  }

  /** The events of a run, stored ones first, until its final status. @param after only those behind this sequence number */
  runEvents(
    runId: string,
    { after = 0, signal }: CallOptions & { readonly after?: number } = {},
  ): AsyncGenerator<RunEventsSubscription['runEvents'], void, undefined> {
    return this.follow(RunEventsDocument, { runId, after }, { signal });
  }

  /**
   * All entries of a list, a page at a time as they are asked for.
   * @param page finds the page in the answer; not needed where the answer has one field and that is it
   */
  entries<Result, Variables extends PagedVariables, Entry = PageOf<Result>>(
    document: Document<Result, Variables>,
    variables: Variables,
    options: CallOptions & { readonly page?: (result: Result) => unknown } = {},
  ): AsyncGenerator<Entry, void, undefined> {
    const ask = (paged: Variables) => this.query(document, ...([paged, options] as unknown as Given<Variables>));
    return entries<Result, Variables, Entry>(ask, variables, options.page);
  }

  /** Opens an upload and sends its bytes. @returns the upload's id, to name in `importDataset` */
  async upload(fileName: string, body: Body, { signal }: CallOptions = {}): Promise<string> {
    const blob = body instanceof Blob ? body : new Blob([body]);
    const { upload } = await this.mutate(CreateUploadDocument, { fileName, bytes: blob.size }, { signal });
    let begun = false;
    const send = () => {
      const resume = begun;
      begun = true;
      return put(this.#transport, { url: upload.url ?? '', body: blob, resume }, signal);
    };
    await retrying(send, () => true, this.#retry, signal);
    return upload.id;
  }

  /**
   * Fetches a file that an `exportUrl` names, piece by piece; a lost connection is made anew.
   * @param options.begun what was fetched of it before, by another process too: `bytes` go on from there where the server still has them
   * @throws ClientError NOT_FOUND for a wrong or late address
   */
  download(exportUrl: string, options: CallOptions & { readonly begun?: Begun | undefined } = {}): Promise<Download> {
    return download(this.#transport, exportUrl, { ...this.#retry, ...options });
  }
}

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}
