import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { toGlobalId } from '../src/api/global-ids.ts';
import { loadConfig } from '../src/config/index.ts';
import { freePort } from '../test/app/free-port.ts';
import { prepareHouse } from './http/house.ts';
import { median } from './median.ts';
import { OwnServer } from './own-server.ts';
import type { Bench } from './run.ts';
import { mixture } from './vectors/mixture.ts';

const SEARCH = `query Search($input: SearchInput!) { search(input: $input) { hits { item { text } } exhausted } }`;
const GRAPH = { m: 16, efConstruction: 200, ef: 64, dimensions: 128 };
const PAUSE_MS = 10;

/**
 * Seconds from the start of the server's process until /readyz says so and until the first right answer to a search over HTTP, with 100,000
 * items and embedded PostgreSQL: after a stop, and after `kill -9` of the server while it was searched. Medians of `--rounds`. `--quick`:
 * 10,000 items, one round.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const count = Number(values.count ?? (values.quick ? 10_000 : 100_000));
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
  const { dimensions } = GRAPH;
  const vectors = mixture(count, dimensions);
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-start-'));
  try {
    const config = { ...loadConfig(), dataDir, databaseUrl: undefined, host: '127.0.0.1', port: 0 };
    const { indexId } = await prepareHouse(config, { vectors, ...GRAPH });
    const vector = Buffer.from(vectors.slice(0, dimensions).buffer).toString('base64');
    const input = { target: { indexId: toGlobalId('IndexVersion', indexId) }, query: { vector }, k: 1 };
    const body = JSON.stringify({ query: SEARCH, variables: { input } });
    const begun = { stopped: [] as Started[], killed: [] as Started[] };
    for (let round = 0; round < rounds; round++) {
      for (const [after, ending] of [
        ['stopped', 'SIGKILL'],
        ['killed', 'SIGTERM'],
      ] as const) {
        const { server, ...started } = await start(dataDir, body);
        begun[after].push(started);
        server.process.kill(ending);
        await once(server.process, 'exit');
      }
    }
    for (const [after, starts] of Object.entries(begun)) {
      const usual = (of: keyof Started) => median(starts.map((one) => one[of]));
      print({ count, dimensions, after, secondsToReady: usual('ready'), secondsToFirstAnswer: usual('answer') });
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
};

interface Started {
  /** Seconds until /readyz says that everything but the worker is there, and until the first answer. */
  readonly ready: number;
  readonly answer: number;
}

async function start(dataDir: string, body: string): Promise<Started & { readonly server: OwnServer }> {
  const port = await freePort();
  const env = { ...process.env, QUARTET_DATA: dataDir, QUARTET_PORT: String(port), QUARTET_AUTH: 'off' };
  const begun = performance.now();
  const server = new OwnServer(dataDir, { ...env, QUARTET_LOG_LEVEL: 'warn' });
  const seconds = () => Number(((performance.now() - begun) / 1_000).toFixed(2));
  const until = async (done: () => Promise<boolean>) => {
    while (!(await done().catch(() => false))) {
      if (server.process.exitCode !== null) throw new Error('the server ended at its start; it says why above');
      await sleep(PAUSE_MS);
    }
    return seconds();
  };
  const url = `http://127.0.0.1:${port}`;
  const [ready, answer] = await Promise.all([
    until(async () => (await fetch(`${url}/readyz?except=worker`)).ok),
    until(async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      const { data } = (await response.json()) as { data?: { search?: { hits: { item: { text: string } }[] } } };
      return data?.search?.hits[0]?.item.text.startsWith('item 0 ') ?? false;
    }),
  ]);
  return { server, ready, answer };
}
