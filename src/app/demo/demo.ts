import { createLogger } from '../../platform/logger.ts';
import { isLoopback } from '../../platform/loopback.ts';
import { Connection } from '../client/connection.ts';
import { untilTerminated } from '../commands/until-terminated.ts';
import { readLocalKey } from '../local-key.ts';
import { findServer } from '../server-file.ts';
import { configFor, outputFor } from '../session.ts';
import { ownCorpus, packagesCorpus } from './corpus.ts';
import { show } from './show.ts';

export interface DemoOptions {
  readonly data?: string;
  readonly dataset?: string;
  readonly port?: number;
  readonly quick?: boolean;
  readonly exit?: boolean;
}

/** Everything a user does first, through the same API, on a server that stays up afterwards. */
export async function runDemo({ data, dataset, port, quick = false, exit }: DemoOptions): Promise<void> {
  const output = outputFor({});
  const config = configFor(data === undefined ? {} : { data });
  const corpus = dataset === undefined ? await packagesCorpus(quick) : await ownCorpus(dataset, quick);
  const running = await findServer(config.dataDir);
  if (running !== undefined) {
    const key = config.key ?? (await readLocalKey(config.dataDir));
    await show({ connection: new Connection(running, { key }), output, ownServer: false }, corpus);
    return output.result(howToAsk(running, corpus.datasetName), null);
  }
  const { startServer } = await import('../server.ts');
  const logger = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, json: config.logJson });
  // A demonstration is asked by whoever started it.
  const auth = !isLoopback(config.host);
  const start = (taken: number) =>
    startServer({ config: { ...config, auth, port: taken }, logger, worker: true, announce: true });
  await untilTerminated(
    logger,
    () =>
      start(port ?? config.port).catch((error: NodeJS.ErrnoException) => {
        // Somebody else has port 4000: any other one shows the same.
        if (error.code !== 'EADDRINUSE' || port !== undefined) throw error;
        return start(0);
      }),
    async ({ url, localKey }) => {
      await show({ connection: new Connection(url, { key: localKey }), output, ownServer: true }, corpus);
      if (exit === true) return output.result('Without --exit it now serves GraphQL, to be asked from anywhere.', null);
      output.result(
        `${howToAsk(url, corpus.datasetName)}\n\nIt stays up until Ctrl-C${auth ? '' : ' and asks this machine for no key, which `quartet serve` does'}; the data stays in ${config.dataDir}.`,
        null,
      );
    },
    { stay: exit !== true },
  );
}

function howToAsk(url: string, datasetName: string): string {
  const target = `{datasetName: \\"${datasetName}\\"}`;
  const query = `{ search(input: {target: ${target}, query: {text: \\"sort a list\\"}, k: 3}) { hits { score item { text } } } }`;
  return [
    `GraphQL listens at ${url}/graphql: open it in a browser, or ask:`,
    '',
    `  curl -s ${url}/graphql -H 'content-type: application/json' \\`,
    `    -d '{"query":"${query}"}'`,
  ].join('\n');
}
