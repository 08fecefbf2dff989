import { Command } from 'commander';
import { createLogger } from '../../platform/logger.ts';
import { configFor } from '../session.ts';
import { examples, whole } from './options.ts';
import { untilTerminated } from './until-terminated.ts';

interface ServeOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: number;
  readonly worker: boolean;
  readonly auth: boolean;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('serve GraphQL over HTTP and WebSocket, and work on jobs')
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--host <address>', 'address to listen on (default: $QUARTET_HOST, else 127.0.0.1)')
    .option('--port <n>', 'port to listen on, 0 for a free one (default: $QUARTET_PORT, else 4000)', whole)
    .option('--no-auth', 'let in everybody on this machine without a key; only on a loopback address')
    .option('--no-worker', 'only serve; jobs wait for `quartet worker` processes')
    .addHelpText(
      'after',
      `\nSIGTERM or Ctrl-C lets running requests finish; unfinished jobs go on at the next start.
Clients send a key, the first of which is shown at the first start; \`quartet keys\` makes others.${examples(['quartet serve', 'quartet serve --port 8080 --data /var/lib/quartet'])}`,
    )
    .action(serve);
}

async function serve({ data, host, port, worker, auth }: ServeOptions): Promise<void> {
  const base = configFor(data === undefined ? {} : { data });
  const config = { ...base, host: host ?? base.host, port: port ?? base.port, auth: auth && base.auth };
  const logger = createLogger({ level: config.logLevel, json: config.logJson });
  const { startServer } = await import('../server.ts');
  await untilTerminated(logger, async () => {
    const server = await startServer({ config, logger, worker: worker && config.worker, announce: true });
    const first = await server.firstKey();
    // Not by the logger: keys have no place in logs.
    if (first !== null) process.stdout.write(`${firstKeyNote(first)}\n`);
    logger.info(`GraphQL listens at ${server.url}/graphql`);
    return server;
  });
}

function firstKeyNote(key: string): string {
  return [
    'The first key of this installation, with all rights, shown this once:',
    '',
    `  ${key}`,
    '',
    'Clients send it as "Authorization: Bearer …"; make narrower ones for them with `quartet keys create`.',
    'Commands on this machine need none.',
    '',
  ].join('\n');
}
