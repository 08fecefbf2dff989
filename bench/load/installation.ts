import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findServer } from '../../src/app/server-file.ts';
import {
  BuildIndexDocument,
  CreateDatasetDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  QuartetClient,
  RunDocument,
  StartTrainingDocument,
  untilFinished,
} from '../../src/client/index.ts';
import { syntheticPairs } from '../synthetic-pairs.ts';

export interface Installation {
  readonly url: string;
  readonly datasetId: string;
  /** A question about one of the items. */
  question(n: number): string;
  rssMiB(): Promise<number>;
  close(): Promise<void>;
}

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** `quartet serve` on a data directory of its own, with a dataset, an encoder and an index. */
export async function openInstallation(rows: number): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-load-'));
  const settings = { QUARTET_DATA: dataDir, QUARTET_PORT: '0', QUARTET_LOG_LEVEL: 'warn', QUARTET_AUTH: 'off' };
  const env = { ...process.env, ...settings };
  const server = spawn(process.execPath, [CLI, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const close = async () => {
    const ended = server.exitCode === null ? once(server, 'exit') : undefined;
    server.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
  try {
    let url = await findServer(dataDir);
    for (; url === undefined; url = await findServer(dataDir)) {
      if (server.exitCode !== null) throw new Error(`the server ended with status ${server.exitCode}`);
      await sleep(100);
    }
    const pairs = syntheticPairs(rows);
    const datasetId = await prepare(new QuartetClient({ url }), await text(pairs.jsonl));
    return {
      url,
      datasetId,
      question: (n) => pairs.question(n % rows),
      rssMiB: async () => {
        const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
        return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepare(client: QuartetClient, jsonl: string): Promise<string> {
  const { dataset } = await client.mutate(CreateDatasetDocument, { name: 'load' });
  const columns = { query: 'question', positive: 'answer', split: 'split' };
  const uploadIds = [await client.upload('pairs.jsonl', jsonl)];
  const begun = await client.mutate(ImportDatasetDocument, { datasetId: dataset.id, uploadIds, columns });
  await untilFinished(async () => (await client.query(ImportDocument, { id: begun.import.id })).import);
  const { run } = await client.mutate(StartTrainingDocument, { datasetId: dataset.id, epochs: 2 });
  await untilFinished(async () => (await client.query(RunDocument, { id: run.id })).run);
  const { index } = await client.mutate(BuildIndexDocument, { datasetId: dataset.id });
  await untilFinished(async () => (await client.query(IndexDocument, { id: index.id })).index);
  return dataset.id;
}

async function text(lines: Iterable<string> | AsyncIterable<string>): Promise<string> {
  const pieces: string[] = [];
  for await (const line of lines) pieces.push(line);
  return pieces.join('');
}
