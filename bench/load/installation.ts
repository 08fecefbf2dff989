import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { OwnServer } from '../own-server.ts';
import { syntheticPairs } from '../synthetic-pairs.ts';

export interface Installation {
  readonly url: string;
  readonly datasetId: string;
  /** A question about one of the items. */
  question(n: number): string;
  rssMiB(): Promise<number>;
  close(): Promise<void>;
}

/** `quartet serve` on a data directory of its own, with a dataset, an encoder and an index. */
export async function openInstallation(rows: number): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-load-'));
  const settings = { QUARTET_DATA: dataDir, QUARTET_PORT: '0', QUARTET_LOG_LEVEL: 'warn', QUARTET_AUTH: 'off' };
  const env = { ...process.env, ...settings };
  const server = new OwnServer(dataDir, env);
  const close = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
  try {
    const url = await server.untilUp();
    const pairs = syntheticPairs(rows);
    const datasetId = await prepare(new QuartetClient({ url }), await text(pairs.jsonl));
    return {
      url,
      datasetId,
      question: (n) => pairs.question(n % rows),
      rssMiB: async () => {
        const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8');
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
