import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServedApp } from './served-app.ts';

/** What a request may fail with while the server or its database is away: nothing else is right. */
const PASSING = new Set(['unreachable', 'RETRY_LATER', 'DATABASE_UNAVAILABLE']);
/** Kills come whether or not a busy machine is through with the one before. */
const PATIENCE = 900_000;

// biome-ignore lint/suspicious/noExplicitAny: the shape is what each caller asks for
type Data = any;

class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/**
 * A client that a service could be written with: what is not acknowledged it sends again, mutations under their first idempotency
 * key. So whatever it has an answer for must have happened, and once.
 */
export class PatientClient {
  readonly #app: ServedApp;
  /** Requests that were sent again, by reason. */
  readonly repeats: Record<string, number> = {};

  constructor(app: ServedApp) {
    this.#app = app;
  }

  query(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    return this.#untilAnswered(() => this.#send(document, variables));
  }

  /** @returns the payload of a mutation with the one field `name` */
  async mutate(name: string, selection: string, input: Readonly<Record<string, unknown>>): Promise<Data> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message } } }`;
    const keyed = { idempotencyKey: randomUUID(), ...input };
    const payload = (await this.query(document, { input: keyed }))[name];
    const [refused] = payload.userErrors;
    if (refused !== undefined) throw new Refusal(refused.code, `${name}: ${refused.message}`);
    return payload;
  }

  /** Opens an upload and sends it. @returns its id, acknowledged complete */
  async upload(fileName: string, content: string): Promise<string> {
    const { upload } = await this.mutate('createUpload', 'upload { id url }', { fileName });
    await this.#untilAnswered(async () => {
      // The port is another one after a restart.
      const { pathname, search } = new URL(upload.url);
      const response = await this.#reach(`${pathname}${search}`, { method: 'PUT', body: content });
      if (response.ok) return;
      const { code, message } = (await response.json()) as { code: string; message: string };
      throw new Refusal(code, message);
    });
    return upload.id;
  }

  /** @returns the body behind an address that the API gave */
  download(url: string): Promise<string> {
    return this.#untilAnswered(async () => {
      const { pathname, search } = new URL(url);
      const response = await this.#reach(`${pathname}${search}`, {});
      if (response.ok) return response.text().catch(cut);
      const { code, message } = (await response.json()) as { code: string; message: string };
      throw new Refusal(code, message);
    });
  }

  async #untilAnswered<T>(send: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof Refusal) || !PASSING.has(error.code) || Date.now() > deadline) throw error;
        this.repeats[error.code] = (this.repeats[error.code] ?? 0) + 1;
        await sleep(40);
      }
    }
  }

  async #send(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    const response = await this.#reach('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json().catch(cut)) as {
      data?: Data;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    const [fault] = errors ?? [];
    if (fault !== undefined) throw new Refusal(fault.extensions?.code ?? 'no code', fault.message);
    return data;
  }

  async #reach(path: string, init: RequestInit): Promise<Response> {
    const url = await this.#app.url();
    if (url === undefined) throw new Refusal('unreachable', 'no server.json');
    return fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(60_000) }).catch(cut);
  }
}

/** The connection was refused, or broke before the answer was whole. */
function cut(error: unknown): never {
  throw new Refusal('unreachable', String(error));
}
