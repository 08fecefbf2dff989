import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Leases } from '../../src/jobs/dead-workers.ts';
import type { Handler, Handlers } from '../../src/jobs/handler.ts';
import { JobQueue } from '../../src/jobs/queue.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { QueueName } from '../../src/services/enqueue.ts';
import type { Database } from '../../src/store/database.ts';
import { isAlive, takeLease } from '../../src/store/worker-leases.ts';

export const CHILD_ENTRY = new URL('./fixtures/child.ts', import.meta.url);

export function leasesOf(db: Database): Leases {
  return { take: () => takeLease(db), isAlive: (workerId) => isAlive(db, workerId) };
}

export async function openQueue(t: TestContext, db: Database, options = {}): Promise<JobQueue> {
  const queue = await JobQueue.open(db, silentLogger, options);
  t.after(() => queue.close());
  return queue;
}

export async function tempDir(t: TestContext): Promise<string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'quartet-jobs-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A handler that only runs, over rows that exist nowhere but in the test. */
export function handlerOf(run: Handler['run'], rest: Partial<Handler> = {}): Handler {
  return { run, giveUp: async () => undefined, unfinished: async () => [], ...rest };
}

const idle = handlerOf(async () => undefined);

export interface TestWorker {
  readonly db: Database;
  readonly queue: JobQueue;
  readonly workRoot: string;
  readonly handlers: Partial<Handlers>;
  readonly slots?: Partial<Record<QueueName, number>>;
  /** Default: the real ones. */
  readonly leases?: Leases;
  /** Default: works of fixtures/child.ts. */
  readonly childEntry?: URL;
}

/** The entry of the application itself. */
export const REAL_CHILD_ENTRY = new URL('../../src/jobs/child.ts', import.meta.url);

/** A worker of this process. */
export function worker(t: TestContext, { handlers, ...rest }: TestWorker): Worker {
  const all: Handlers = {
    import: idle,
    train: idle,
    'build-index': idle,
    'rebuild-index': idle,
    'map-index': idle,
    retire: idle,
    evaluate: idle,
    promote: idle,
    mine: idle,
    refine: idle,
    ...handlers,
  };
  const started = startWorker({
    leases: leasesOf(rest.db),
    childEntry: CHILD_ENTRY,
    ...rest,
    handlers: all,
    logger: silentLogger,
  });
  t.after(() => started.stop());
  return started;
}
