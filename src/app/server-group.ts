import cluster, { type Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { QuartetError } from '../domain/errors.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { GroupMeasurements } from './group-metrics.ts';

/*
 * Several server processes behind one port, for machines with more cores than one process can use. Each is a whole server with
 * indexes, caches and connections of its own, and knows of changes as servers on several machines do; the first one has the parts of which
 * there is one: jobs, housekeeping, the announcement in the data directory. The process that starts them only hands out connections.
 */

/** What a process of a group is told at its start. */
export interface Role {
  /** Of the group: whoever asks at its address may be answered by any. */
  readonly instance: string;
  readonly first: boolean;
}

/** A process that dies is started again, but not faster than that. */
const PAUSE = SECOND;

/** In a process of a group: its role. */
export async function ownRole(): Promise<Role> {
  const [role] = await once(process, 'message');
  // It goes when its server has stopped, though the one that started it could still tell it something.
  process.channel?.unref();
  return role as Role;
}

/** In a process of a group: tells that it listens. */
export function tellReady(): void {
  process.send?.('ready');
}

/**
 * Starts the group: the first process, which brings the database up to date, and then the others.
 * @param processes 2 or more
 * @throws QuartetError BACKEND_UNAVAILABLE when one ends before it listens; it has said why
 */
export async function startServerGroup(processes: number, logger: Logger): Promise<{ stop(): Promise<void> }> {
  const instance = randomUUID();
  const running = new Set<Worker>();
  const measurements = new GroupMeasurements();
  let stopping = false;

  async function start(first: boolean): Promise<void> {
    const worker = cluster.fork();
    running.add(worker);
    const gone = once(worker, 'exit').then(() => void running.delete(worker));
    const ready = new Promise<boolean>((resolve) => {
      worker.on('message', (message) => message === 'ready' && resolve(true));
      void gone.then(() => resolve(false));
    });
    // One that is gone already is told nothing.
    worker.send({ instance, first } satisfies Role, () => {});
    if (!(await ready))
      throw new QuartetError('BACKEND_UNAVAILABLE', 'a server process ended at its start; it says why above');
    measurements.add(worker);
    void gone.then(() => (stopping ? undefined : again(first)));
  }

  async function again(first: boolean): Promise<void> {
    logger.error('a server process has ended; it is started again');
    for (;;) {
      await sleep(PAUSE);
      if (stopping) return;
      try {
        return await start(first);
      } catch (error) {
        logger.error({ error }, 'a server process could not be started again');
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    await Promise.all(
      [...running].map(async (worker) => {
        const gone = once(worker, 'exit');
        worker.process.kill('SIGTERM');
        await gone;
      }),
    );
  }

  try {
    await start(true);
    await Promise.all(Array.from({ length: processes - 1 }, () => start(false)));
  } catch (error) {
    await stop();
    throw error;
  }
  logger.info(`${processes} processes serve the port`);
  return { stop };
}
