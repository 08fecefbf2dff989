import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { QuartetClient } from '../../src/client/index.ts';
import { childrenOf, isRunning } from '../jobs/processes.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { until } from '../support/embedded-server.ts';
import { freePort } from './free-port.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const KEPT = /^(PATH|HOME|TMPDIR|LANG|QUARTET_BACKEND)$/;
const KEY = /qk_[\w-]{43}/;
/** Of clients: a server that was killed is back within it. */
const PATIENCE = { attempts: 60, base: 250, cap: 1_000 };

export interface InstallationOptions {
  /** Environment of all its processes. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether each process has a data directory of its own; else all share one. */
  readonly apart?: boolean;
}

/** Servers and workers on one external PostgreSQL, each a process that asks for keys as an operator starts it. */
export class Installation {
  readonly #env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #apart: boolean;
  readonly #running = new Map<string, ChildProcess>();
  readonly #ports = new Map<string, number>();
  /** For questions past the API. */
  readonly database: pg.Pool;
  #firstKey: string | undefined;

  private constructor(env: Readonly<Record<string, string>>, folder: string, apart: boolean) {
    this.#env = env;
    this.#folder = folder;
    this.#apart = apart;
    this.database = new pg.Pool({ connectionString: env.DATABASE_URL, max: 1 });
  }

  /** After the test nothing of it is left. */
  static async open(t: TestContext, { settings = {}, apart = false }: InstallationOptions = {}): Promise<Installation> {
    let installation: Installation | undefined;
    const folder = await mkdtemp(join(tmpdir(), 'quartet-scale-'));
    // Hooks run in the order of their registration: the database goes last.
    t.after(async () => {
      await installation?.end();
      await rm(folder, { recursive: true, force: true });
    });
    const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name)) as [string, string][];
    const DATABASE_URL = await testDatabaseUrl(t);
    const env = { ...Object.fromEntries(kept), QUARTET_LOG_LEVEL: 'warn', DATABASE_URL, ...settings };
    installation = new Installation(env, folder, apart);
    return installation;
  }

  /** Starts, or starts again, `quartet serve --no-worker`, always on the same port. */
  async serve(name: string): Promise<void> {
    const port = this.#ports.get(name) ?? (await freePort());
    this.#ports.set(name, port);
    this.#start(name, ['serve', '--no-worker', '--port', String(port)]);
  }

  work(name: string): void {
    this.#start(name, ['worker']);
  }

  async ready(name: string, query = ''): Promise<void> {
    const reached = () =>
      fetch(`${this.url(name)}/readyz${query}`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(`${name} is ready`, reached, 120_000);
  }

  url(name: string): string {
    return `http://127.0.0.1:${this.#ports.get(name)}`;
  }

  /** The key that the first server has shown. */
  async firstKey(): Promise<string> {
    await until('a server shows the first key', async () => this.#firstKey !== undefined);
    return this.#firstKey as string;
  }

  client(name: string, apiKey: string, retry = PATIENCE): QuartetClient {
    return new QuartetClient({ url: this.url(name), apiKey, retry, reconnect: retry });
  }

  dataDir(name: string): string {
    return this.#apart ? join(this.#folder, name.replaceAll(' ', '-')) : this.#folder;
  }

  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#running.get(name) as ChildProcess;
    this.#running.delete(name);
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} had ended by itself`);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.kill(name, 'SIGTERM')));
    await this.database.end();
  }

  /** Children at work, by the process they work for. */
  working(): Map<string, number[]> {
    const found = [...this.#running].map(
      ([name, { pid }]) => [name, childrenOf(pid as number).filter(isRunning)] as const,
    );
    return new Map(found.filter(([, children]) => children.length > 0));
  }

  #start(name: string, words: readonly string[]): void {
    const env = { ...this.#env, QUARTET_DATA: this.dataDir(name) };
    const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout?.on('data', (chunk) => {
      this.#firstKey ??= KEY.exec(String(chunk))?.[0];
    });
    this.#running.set(name, child);
  }
}
