import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { startServer } from '../src/app/server.ts';
import { loadConfig } from '../src/config/index.ts';
import { createLogger } from '../src/platform/logger.ts';
import type { ClientRequest, Searches } from './event-loop/clients.ts';
import { percentile, watchEventLoop } from './event-loop/watch.ts';
import type { Bench } from './run.ts';
import { syntheticPairs } from './synthetic-pairs.ts';

/*
 * How long the server's event loop is held up while a training, the building of an index and an import run at the same time
 * and searches come in. The server of `quartet serve` runs in this process and does nothing else here; its clients are
 * processes of their own. The claim: never 50 ms.
 *
 * `lateMaxMs` is the longest that a timer of the loop was late: what a request would have waited. The system's scheduler has its
 * share in it, so a process that has nothing to do watches its own loop meanwhile: `idleLateMaxMs`. `busyMaxMs` is the longest
 * that the loop computed without turning, which is the server's alone; by that it keeps the claim or not.
 */

const LIMIT_MS = 50;
const COLUMNS = ['--query', 'question', '--positive', 'answer', '--split', 'split'];

export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '20000' },
      epochs: { type: 'string', default: '3' },
      'searches-per-second': { type: 'string', default: '20' },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-bench-'));
  const file = join(dataDir, 'pairs.jsonl');
  await pipeline(Readable.from(syntheticPairs(Number(values.rows)).jsonl), createWriteStream(file));
  const settings = loadConfig();
  const logger = createLogger({ level: 'warn', json: settings.logJson });
  const config = { ...settings, dataDir, databaseUrl: undefined, host: '127.0.0.1', port: 0, auth: false };
  const server = await startServer({ config, logger, worker: true, announce: false });
  const clients = startClients();
  const quartet = (...words: string[]) =>
    clients.ask({ kind: 'command', words: [...words, '--url', server.url, '--json'] });
  const train = (...more: string[]) => quartet('train', '--dataset', 'bench', '--epochs', values.epochs, ...more);
  const index = () => quartet('index', '--dataset', 'bench');
  try {
    // Something to search in, and an encoder to build with.
    await quartet('import', '--dataset', 'bench', '--file', file, ...COLUMNS);
    await train('--seed', '1');
    await index();
    const perSecond = Number(values['searches-per-second']);
    await clients.ask({ kind: 'search', url: server.url, perSecond, rows: Number(values.rows) });
    const control = fork(new URL('./event-loop/watch.ts', import.meta.url), [], { execArgv: [] });
    const begun = performance.now();
    const stop = watchEventLoop();
    await Promise.all([
      train('--seed', '2'),
      index(),
      quartet('import', '--dataset', 'beside', '--file', file, ...COLUMNS),
    ]);
    // The new index is what is searched from now on: it is loaded beside the searches too.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const { late, busy } = stop();
    const seconds = (performance.now() - begun) / 1_000;
    control.send('stop');
    const [idle] = (await once(control, 'message')) as [{ max: number; p99: number }];
    const searches = (await clients.ask({ kind: 'stop searching' })) as Searches;
    print({
      busyMaxMs: round(percentile(busy, 1)),
      busyP99Ms: round(percentile(busy, 0.99)),
      limitMs: LIMIT_MS,
      within: percentile(busy, 1) < LIMIT_MS,
      lateMaxMs: round(percentile(late, 1)),
      lateP99Ms: round(percentile(late, 0.99)),
      lateOver50: late.filter((ms) => ms >= LIMIT_MS).length,
      idleLateMaxMs: round(idle.max),
      idleLateP99Ms: round(idle.p99),
      ticks: late.length,
      seconds: round(seconds),
      searchesServed: searches.served,
      searchesFailed: searches.failed,
      searchP50Ms: round(searches.p50),
      searchP99Ms: round(searches.p99),
      searchMaxMs: round(searches.slowest),
      rows: Number(values.rows),
      serverPeakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    });
  } finally {
    clients.end();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** Forked before the server has grown, and out of its way: what clients cost is not the server's. */
function startClients(): { ask(request: ClientRequest): Promise<Searches | undefined>; end(): void } {
  const child = fork(new URL('./event-loop/clients.ts', import.meta.url), [], { execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<Searches | undefined>>();
  let last = 0;
  child.on('message', ({ id, result, error }: { id: number; result?: Searches; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error));
  });
  return {
    ask(request) {
      const answered = Promise.withResolvers<Searches | undefined>();
      waiting.set(++last, answered);
      child.send({ id: last, request });
      return answered.promise;
    },
    end: () => child.disconnect(),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
