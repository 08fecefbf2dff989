import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findServer } from '../../src/app/server-file.ts';
import { testDatabaseUrl } from '../support/database.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** The processes that a process has started and that run still, jobs' ones left out. */
function serversUnder(pid: number): number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const children = listed.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  return children
    .filter(([, , parent, args]) => Number(parent) === pid && args?.includes('cli.ts'))
    .map(([, own]) => Number(own));
}

/** Over a connection of its own, so that any process may get it. */
async function ask(url: string, query: string): Promise<Readonly<Record<string, Record<string, unknown>>>> {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  const headers = { 'content-type': 'application/json', connection: 'close' };
  const sent = request(`${url}/graphql`, { method: 'POST', headers, agent: false }, resolve);
  sent.on('error', reject);
  sent.end(JSON.stringify({ query }));
  const { data, errors } = (await json(await promise)) as { data: never; errors: unknown };
  assert.equal(errors, undefined);
  return data;
}

/** Of one scrape: what all say whose names begin so, added up. */
async function scraped(url: string, ...names: readonly string[]): Promise<number[]> {
  const text = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
  const lines = text.split('\n');
  const figureOf = (line: string) => Number(line.slice(line.lastIndexOf(' ')));
  return names.map((name) =>
    lines.filter((line) => line.startsWith(name)).reduce((sum, line) => sum + figureOf(line), 0),
  );
}

test('several processes serve one port, see each other’s changes, are started again, and end together', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-group-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const env = {
    ...process.env,
    QUARTET_DATA: dataDir,
    DATABASE_URL: await testDatabaseUrl(t),
    QUARTET_PORT: '0',
    QUARTET_AUTH: 'off',
    QUARTET_LOG_LEVEL: 'info',
  };
  const group = spawn(process.execPath, [CLI, 'serve', '--processes', '2', '--no-worker'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let logged = '';
  group.stderr?.on('data', (chunk) => {
    logged += chunk;
  });
  t.after(() => group.kill('SIGKILL'));
  const pid = group.pid as number;
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      assert.equal(group.exitCode, null, logged);
      const found = await look();
      if (found !== undefined) return found;
      await sleep(50);
    }
  };
  await until(async () => logged.includes('2 processes serve the port') || undefined);
  const url = await until(() => findServer(dataDir));
  const pids = await until(async () => (serversUnder(pid).length === 2 ? serversUnder(pid) : undefined));
  const { createDataset } = await ask(url, 'mutation { createDataset(input: {name: "faq"}) { dataset { name } } }');
  assert.deepEqual(createDataset, { dataset: { name: 'faq' } });
  const instances = new Set<unknown>();
  for (let n = 0; n < 8; n++) {
    const { dataset } = await ask(url, '{ dataset(name: "faq") { name } }');
    assert.deepEqual(dataset, { name: 'faq' });
    const livez = await fetch(`${url}/livez`, { headers: { connection: 'close' } });
    instances.add(((await livez.json()) as { instance: string }).instance);
  }
  assert.equal(instances.size, 1, 'one server, whoever answers');
  const graphql = 'quartet_http_request_duration_seconds_count{route="/graphql"';
  for (let n = 0; n < 4; n++) {
    const figures = await scraped(url, 'quartet_processes ', graphql, 'quartet_database_up ', 'process_start_time');
    assert.deepEqual(figures, [2, 9, 1, 0], 'of both processes, whichever answers; a time of start can not be added');
  }

  process.kill(pids[1] as number, 'SIGKILL');
  const again = await until(async () => {
    const now = serversUnder(pid);
    return now.length === 2 && !now.includes(pids[1] as number) ? now : undefined;
  });
  assert.ok(again.includes(pids[0] as number));
  for (let n = 0; n < 4; n++) await ask(url, '{ server { version } }');
  await until(async () => ((await scraped(url, 'quartet_processes '))[0] === 2 ? true : undefined));
  for (let n = 0; n < 4; n++) {
    const figures = await scraped(url, 'quartet_processes ', graphql);
    assert.deepEqual(figures, [2, 13], 'what the killed one had counted is counted still');
  }

  group.kill('SIGTERM');
  const [code] = group.exitCode === null ? await once(group, 'exit') : [group.exitCode];
  assert.equal(code, 0);
  const left = again.filter((one) => {
    try {
      return process.kill(one, 0);
    } catch {
      return false;
    }
  });
  assert.deepEqual(left, []);
  assert.equal(await findServer(dataDir), undefined);
});
