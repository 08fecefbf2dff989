import cluster from 'node:cluster';
import { Command } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import { createLogger, type Logger } from '../../platform/logger.ts';
import { joinMeasuring } from '../group-metrics.ts';
import { ownRole, startServerGroup, tellReady } from '../server-group.ts';
import { configFor } from '../session.ts';
import { examples, whole } from './options.ts';
import { untilTerminated } from './until-terminated.ts';

interface ServeOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: number;
  readonly worker: boolean;
  readonly auth: boolean;
  readonly processes: number;
}

const MOST_PROCESSES = 64;

export function serveCommand(): Command {
  return new Command('serve')
    .description('serve GraphQL over HTTP and WebSocket, and work on jobs')
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--host <address>', 'address to listen on (default: $QUARTET_HOST, else 127.0.0.1)')
    .option('--port <n>', 'port to listen on, 0 for a free one (default: $QUARTET_PORT, else 4000)', whole)
    .option('--no-auth', 'let in everybody on this machine without a key; only on a loopback address')
    .option('--processes <n>', 'server processes behind the port, each with its indexes in memory', whole, 1)
    .option('--no-worker', 'only serve; jobs wait for `quartet worker` processes')
    .addHelpText(
      'after',
      `\nSIGTERM or Ctrl-C lets running requests finish; unfinished jobs go on at the next start.
Clients send a key, the first of which is shown at the first start; \`quartet keys\` makes others.${examples(['quartet serve', 'quartet serve --port 8080 --data /var/lib/quartet'])}`,
    )
    .action(serve);
}

async function serve({ data, host, port, worker, auth, processes }: ServeOptions): Promise<void> {
  const base = configFor(data === undefined ? {} : { data });
  const config = { ...base, host: host ?? base.host, port: port ?? base.port, auth: auth && base.auth };
  const logger = createLogger({ level: config.logLevel, json: config.logJson });
  if (cluster.isPrimary && processes > 1) return serveByMany(processes, logger);
  const { startServer } = await import('../server.ts');
  await untilTerminated(logger, async () => {
    const role = cluster.isWorker ? await ownRole() : { instance: undefined, first: true };
    const works = worker && config.worker && role.first;
    const of = cluster.isWorker ? { instance: role.instance, group: joinMeasuring() } : {};
    const server = await startServer({ config, logger, worker: works, announce: role.first, ...of });
    const first = role.first ? await server.firstKey() : null;
    // Not by the logger: keys have no place in logs.
    if (first !== null) process.stdout.write(`${firstKeyNote(first)}\n`);
    if (role.first) logger.info(`GraphQL listens at ${server.url}/graphql`);
    if (cluster.isWorker) tellReady();
    return server;
  });
}

async function serveByMany(processes: number, logger: Logger): Promise<void> {
  if (processes > MOST_PROCESSES) {
    throw new QuartetError('BAD_INPUT', `--processes is ${processes}; at most ${MOST_PROCESSES} are started`);
  }
  await untilTerminated(logger, () => startServerGroup(processes, logger));
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
