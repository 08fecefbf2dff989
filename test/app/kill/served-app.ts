import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { MINUTE } from '../../../src/platform/clock.ts';
import { retrying } from '../../../src/store/connection-loss.ts';
import { describePlace, placeUrl } from '../../../src/store/embedded/place.ts';
import { childrenOf, isRunning } from '../../jobs/processes.ts';
import { placeRoot, postmasterPid, processesIn, until } from '../../support/embedded-server.ts';
import { freePort } from '../free-port.ts';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
/** What is left of the environment: no setting of whoever runs the tests gets through but the backend. */
const KEPT = /^(PATH|HOME|TMPDIR|LANG|QUARTET_BACKEND)$/;

/** A PostgreSQL that was killed with much to recover, on a machine with much else to do. */
const PATIENCE = 5 * MINUTE;

/** `quartet serve` as a user starts it, on a data directory of its own with embedded PostgreSQL. */
export class ServedApp {
  readonly dataDir: string;
  readonly #log: number;
  #server: ChildProcess | undefined;
  #worker: ChildProcess | undefined;
  /** All servers have the same. */
  readonly #port: number;

  private constructor(dataDir: string, port: number) {
    this.dataDir = dataDir;
    this.#port = port;
    this.#log = openSync(join(dataDir, 'server.log'), 'a');
  }

  /** After the test nothing of it is left, neither processes nor files. */
  static async open(t: TestContext): Promise<ServedApp> {
    const app = new ServedApp(await mkdtemp(join(tmpdir(), 'quartet-kill-')), await freePort());
    t.after(async () => {
      if ((t as { passed?: boolean }).passed !== true) t.diagnostic(await app.#lastWords());
      await app.stop();
      await app.#gone();
      closeSync(app.#log);
      await rm(await placeRoot(app.dataDir), { recursive: true, force: true });
      await rm(app.dataDir, { recursive: true, force: true });
    });
    return app;
  }

  /** Starts the server process. It is reached once `url` says where. */
  start(): void {
    const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name));
    const env = {
      ...Object.fromEntries(kept),
      QUARTET_DATA: this.dataDir,
      QUARTET_PORT: String(this.#port),
      QUARTET_AUTH: 'off',
    };
    this.#server = spawn(process.execPath, [CLI, 'serve'], { env, stdio: ['ignore', this.#log, this.#log] });
  }

  /** Starts a worker process beside the server. */
  startWorker(): void {
    const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name));
    const env = { ...Object.fromEntries(kept), QUARTET_DATA: this.dataDir };
    this.#worker = spawn(process.execPath, [CLI, 'worker'], { env, stdio: ['ignore', this.#log, this.#log] });
  }

  async killWorker(): Promise<void> {
    const worker = this.#worker as ChildProcess;
    if (worker.exitCode !== null || worker.signalCode !== null) throw new Error('the worker had ended by itself');
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
  }

  /** The address that `server.json` names now: of a killed server too. Undefined before the first is up. */
  async url(): Promise<string | undefined> {
    const text = await readFile(join(this.dataDir, 'server.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as { url: string }).url;
  }

  /** What all servers so far have logged at level `error` and above. */
  async errors(): Promise<string[]> {
    const lines = (await readFile(join(this.dataDir, 'server.log'), 'utf8')).split('\n');
    return lines.filter((line) => !line.startsWith('{"level":') || Number(/\d+/.exec(line)?.[0]) >= 50).filter(Boolean);
  }

  /** Processes that do a piece of work now. */
  children(): number[] {
    const pids = [this.#server?.pid, this.#worker?.pid].filter((pid) => pid !== undefined && isRunning(pid));
    return pids.flatMap((pid) => childrenOf(pid as number));
  }

  async killServer(): Promise<void> {
    const server = this.#server as ChildProcess;
    if (server.exitCode !== null || server.signalCode !== null) throw new Error('the server had ended by itself');
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  /** Resolves when PostgreSQL's postmaster is gone; its guardian starts another one. Killed a moment ago, it is waited for first. */
  async killPostgres(): Promise<void> {
    let pid = 0;
    await until('a postmaster runs', async () => {
      pid = await postmasterPid(this.dataDir).catch(() => 0);
      return pid > 0 && isRunning(pid);
    });
    process.kill(pid, 'SIGKILL');
    await until('the postmaster is gone', async () => !isRunning(pid));
  }

  /** SIGTERM, as Ctrl-C. @returns the exit status, null when it was killed before */
  async stop(): Promise<number | null> {
    if (this.#worker !== undefined) await end(this.#worker);
    return this.#server === undefined ? null : await end(this.#server);
  }

  /** Everything that still runs in the data directory or was started for it. */
  async processes(): Promise<number[]> {
    const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
    const started = await Promise.all(
      pids.map(async (pid) => {
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
        return environment.includes(`QUARTET_DATA=${this.dataDir}`) && isRunning(pid);
      }),
    );
    return [...new Set([...pids.filter((_, i) => started[i]), ...(await processesIn(await placeRoot(this.dataDir)))])];
  }

  /** What servers, workers and the database's guardian logged last: their files go with the test. */
  async #lastWords(): Promise<string> {
    const logs = [join(this.dataDir, 'server.log'), join(await placeRoot(this.dataDir), 'guardian.log')];
    const texts = logs.map((path) => readFile(path, 'utf8').catch(() => ''));
    return (await Promise.all(texts)).map((text) => text.split('\n').slice(-40).join('\n')).join('\n---\n');
  }

  async #gone(): Promise<void> {
    await until('all processes of the data directory end', async () => (await this.processes()).length === 0);
  }

  /** Rows of the database itself, past the API; waits for a PostgreSQL that is restarting. */
  async rows(sql: string, values: readonly unknown[] = []): Promise<Record<string, never>[]> {
    const url = placeUrl(await describePlace(await placeRoot(this.dataDir)));
    return retrying(async () => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => {});
      try {
        await client.connect();
        return (await client.query(sql, [...values])).rows;
      } finally {
        await client.end().catch(() => {});
      }
    }, PATIENCE);
  }
}

async function end(process: ChildProcess): Promise<number | null> {
  if (process.exitCode === null && process.signalCode === null) {
    const ended = once(process, 'exit');
    process.kill('SIGTERM');
    const patience = setTimeout(() => process.kill('SIGKILL'), 60_000);
    await ended;
    clearTimeout(patience);
  }
  return process.exitCode;
}
