import { resolve } from 'node:path';
import { type Config, loadConfig } from '../config/index.ts';
import { createLogger } from '../platform/logger.ts';
import { Connection } from './client/connection.ts';
import { readLocalKey } from './local-key.ts';
import { findServer } from './server-file.ts';
import { Output, type OutputMode } from './terminal/output.ts';

/** Options that every client command takes. */
export interface SessionOptions {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** What a client command works with. */
export interface Session {
  readonly connection: Connection;
  readonly output: Output;
  /** True when the server was started for this command and stops with it. */
  readonly ownServer: boolean;
}

/** The environment's settings, with `--data` in place of QUARTET_DATA. */
export function configFor({ data }: Pick<SessionOptions, 'data'>): Config {
  const config = loadConfig();
  return data === undefined ? config : { ...config, dataDir: resolve(data) };
}

export function outputFor({ json }: Pick<SessionOptions, 'json'>): Output {
  const mode: OutputMode = json === true ? 'json' : process.stderr.isTTY ? 'terminal' : 'plain';
  return new Output(mode);
}

/**
 * Runs a client command against `--url`, else against the server that runs on the data directory, else against one that
 * is started for the length of the command. The server of the data directory is reached by the directory's key where no other
 * is given; an address from elsewhere never gets to see that one.
 */
export async function withSession(options: SessionOptions, run: (session: Session) => Promise<void>): Promise<void> {
  const output = outputFor(options);
  const config = configFor(options);
  const running = await findServer(config.dataDir);
  const url = options.url ?? running;
  if (url !== undefined) {
    const given = options.key ?? config.key;
    const key = given ?? (url === running ? await readLocalKey(config.dataDir) : undefined);
    return run({ connection: new Connection(url, { key }), output, ownServer: false });
  }
  // Loaded only now: the server's half is large, and a client of a running server starts much faster without it.
  const { startServer } = await import('./server.ts');
  const logger = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, json: config.logJson });
  const server = await startServer({
    config: { ...config, auth: true, host: '127.0.0.1', port: 0 },
    logger,
    worker: true,
    announce: false,
  });
  try {
    const key = options.key ?? config.key ?? server.localKey;
    await run({ connection: new Connection(server.url, { key }), output, ownServer: true });
  } finally {
    await server.stop();
  }
}
