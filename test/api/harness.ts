import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startServer } from '../../src/app/server.ts';
import type { Config } from '../../src/config/index.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/domain/limits.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { testDatabaseUrl } from '../support/database.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what each test asks for
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly field?: readonly string[] };
  }[];
}

export interface TestServer {
  readonly url: string;
  readonly databaseUrl: string;
  /** Key of the data directory: an operator's. */
  readonly localKey: string;
  readonly dataDir: string;
  /** What it has logged, one JSON object each. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Ahead of the test's end, which stops it anyway. */
  stop(): Promise<void>;
  /** @param key default: none, which a server with `auth: false` takes for its operator's */
  send(query: string, variables?: Readonly<Record<string, unknown>>, key?: string): Promise<Answer>;
  /** `data` of an answer that must have no errors. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>, key?: string): Promise<Answer['data']>;
  /** Opens an upload and sends it. @returns its id */
  upload(fileName: string, content: string, key?: string): Promise<string>;
}

export interface TestServerOptions {
  readonly worker?: boolean;
  readonly otlpEndpoint?: string;
  /** What is logged. Default: errors. */
  readonly logLevel?: 'error' | 'info';
  /** Of web pages that may ask. */
  readonly origins?: readonly string[];
  /** Whether it asks for keys. Default false. */
  readonly auth?: boolean;
  /** Default: a database and a data directory of its own. */
  readonly databaseUrl?: string;
  readonly dataDir?: string;
  /** Default: in the data directory. */
  readonly artifacts?: Config['artifacts'];
  /** Default: those of the program. */
  readonly limits?: Partial<Limits>;
}

/** The real server of `quartet serve`. */
export async function testServer(t: TestContext, options: TestServerOptions = {}): Promise<TestServer> {
  const { worker = false, auth = false, origins = ['https://shop.example'] } = options;
  const databaseUrl = options.databaseUrl ?? (await testDatabaseUrl(t));
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'quartet-api-')));
  const config: Config = {
    dataDir,
    databaseUrl,
    artifacts: options.artifacts,
    artifactCacheBytes: 2 ** 30,
    backend: 'wasm',
    host: '127.0.0.1',
    port: 0,
    origins,
    otlpEndpoint: options.otlpEndpoint,
    auth,
    logLevel: 'error',
    logJson: true,
    worker,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  };
  const logged: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: options.logLevel ?? 'error',
    json: true,
    write: (line) => logged.push(JSON.parse(line)),
  });
  const server = await startServer({ config, logger, worker, announce: true });
  t.after(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const send: TestServer['send'] = async (query, variables = {}, key) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const ask: TestServer['ask'] = async (query, variables, key) => {
    const { data, errors } = await send(query, variables, key);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    url: server.url,
    databaseUrl,
    localKey: server.localKey,
    dataDir,
    logged,
    send,
    ask,
    stop: () => server.stop(),
    async upload(fileName, content, key) {
      const { createUpload } = await ask(
        'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } userErrors { message } } }',
        { input: { fileName } },
        key,
      );
      const response = await fetch(createUpload.upload.url, { method: 'PUT', body: content });
      if (!response.ok) throw new Error(await response.text());
      return createUpload.upload.id;
    },
  };
}

/** Asks until a job is final. */
export async function finished(
  server: TestServer,
  field: string,
  id: string,
  selection: string,
  key?: string,
): Promise<Answer['data']> {
  for (;;) {
    const data = await server.ask(
      `query ($id: ID!) { ${field}(id: $id) { status error { code message } ${selection} } }`,
      { id },
      key,
    );
    if (!['QUEUED', 'RUNNING'].includes(data[field].status)) return data[field];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
