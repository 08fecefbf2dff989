import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findServer } from '../src/app/server-file.ts';

export const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** `quartet serve` in a process of its own, on a data directory and a free port. */
export class OwnServer {
  readonly process: ChildProcess;
  readonly #dataDir: string;

  /** @param env with QUARTET_DATA and QUARTET_PORT=0 @param options of `quartet serve` */
  constructor(dataDir: string, env: NodeJS.ProcessEnv, options: readonly string[] = []) {
    this.#dataDir = dataDir;
    this.process = spawn(process.execPath, [CLI, 'serve', ...options], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  /** @returns its address, once it answers @throws when it ends before; it says why on standard error */
  async untilUp(): Promise<string> {
    const { process: server } = this;
    while (server.exitCode === null && server.signalCode === null) {
      const url = await findServer(this.#dataDir);
      if (url !== undefined) return url;
      await sleep(50);
    }
    throw new Error(`The server ended at its start (${server.signalCode ?? server.exitCode}); it says why above.`);
  }

  async stop(): Promise<void> {
    const { process: server } = this;
    const ended = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : undefined;
    server.kill('SIGTERM');
    await ended;
  }
}
