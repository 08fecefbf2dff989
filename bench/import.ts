import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MemoryWatch } from './import/memory-watch.ts';
import { CLI, OwnServer } from './own-server.ts';
import type { Bench, Print } from './run.ts';
import { syntheticPairs } from './synthetic-pairs.ts';

/*
 * JSONL pairs through the product's own door: `quartet import` against `quartet serve` with embedded PostgreSQL, from the
 * start of the command to its end, with upload, parsing, the merge into the dataset and its commit. One line for each size;
 * the memory of each process must not grow with the rows. The claim: 10,000 rows a second or more, up to a million.
 */

const LIMIT = 10_000;

export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '10000,100000,1000000' } },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-bench-'));
  const env = { ...process.env, QUARTET_DATA: dataDir, QUARTET_PORT: '0', QUARTET_LOG_LEVEL: 'warn' };
  const server = new OwnServer(dataDir, env);
  try {
    await server.untilUp();
    for (const rows of values.rows.split(',').map(Number)) await importRows(rows, { dataDir, env }, print);
  } finally {
    await server.stop();
    // The guardian stops PostgreSQL some seconds after its last user.
    await sleep(4_000);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
};

interface Place {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
}

async function importRows(rows: number, { dataDir, env }: Place, print: Print): Promise<void> {
  const file = join(dataDir, `pairs-${rows}.jsonl`);
  await pipeline(Readable.from(syntheticPairs(rows).jsonl), createWriteStream(file));
  const memory = new MemoryWatch(dataDir);
  const begun = performance.now();
  const words = ['import', '--dataset', `rows ${rows}`, '--file', file, '--json'];
  const columns = ['--query', 'question', '--positive', 'answer', '--split', 'split'];
  const { itemsAdded, queriesAdded } = JSON.parse(await run([...words, ...columns], env)) as Record<string, number>;
  const seconds = (performance.now() - begun) / 1_000;
  const peakMiB = memory.stop();
  await rm(file);
  if (itemsAdded !== rows || queriesAdded !== rows) throw new Error(`${itemsAdded} items, ${queriesAdded} queries`);
  print({
    rows,
    seconds: Math.round(seconds * 100) / 100,
    rowsPerSecond: Math.round(rows / seconds),
    limit: LIMIT,
    // A small file is over before anything is warm; the claim is about imports that take a while.
    within: rows < LIMIT * 10 ? null : rows / seconds >= LIMIT,
    peakMiB,
    cpu: cpus()[0]?.model,
  });
}

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let answer = '';
    child.stdout.on('data', (piece) => {
      answer += String(piece);
    });
    child.once('exit', (status) => (status === 0 ? resolve(answer) : reject(new Error(answer))));
  });
}
