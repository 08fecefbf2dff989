import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../platform/clock.ts';
import { QUEUE_NAMES, type QueueName } from '../services/enqueue.ts';
import { DeadWorkers, type Lease, type Leases } from './dead-workers.ts';
import { type ExecutionDeps, execute } from './execution.ts';
import type { Handlers } from './handler.ts';
import type { Claim } from './queue.ts';
import { prepareToFork } from './supervisor.ts';

export interface WorkerDeps extends ExecutionDeps {
  readonly handlers: Handlers;
  readonly leases: Leases;
  /** Jobs of each queue that this worker does at the same time. Default 1 each. */
  readonly slots?: Partial<Record<QueueName, number>>;
}

export interface Worker {
  /**
   * Ends children, hands running jobs to other workers, gives the lease back. Resolves within about a second and a half,
   * later only where the database is away.
   */
  stop(): Promise<void>;
}

const POLL_MS = 2 * SECOND;
/** While a dead worker's jobs wait to be handed on, or the database is away. */
const SOON_MS = 500;
const BEAT_MS = 20 * SECOND;
const RECONCILE_MS = 10 * SECOND;

/**
 * Takes jobs from the queues and runs them. A worker goes through sessions, one for each lease: while the lease holds it
 * takes jobs; when the lease is lost (the database went away, or took us for dead) it ends its children, since somebody else
 * may take their jobs, and begins the next session once it has a lease again.
 */
export function startWorker(deps: WorkerDeps): Worker {
  prepareToFork();
  const stop = new AbortController();
  const ended = work(deps, stop.signal);
  return {
    async stop() {
      stop.abort(new Error('the worker is stopping'));
      await ended;
    },
  };
}

async function work(deps: WorkerDeps, stop: AbortSignal): Promise<void> {
  const bell = new Bell();
  stop.addEventListener('abort', () => bell.ring(), { once: true });
  const silence = await patiently(deps, stop, () => deps.queue.onQueued(() => bell.ring()));
  while (!stop.aborted) {
    const lease = await patiently(deps, stop, () => deps.leases.take());
    if (lease === null) break;
    lease.lost.addEventListener('abort', () => bell.ring(), { once: true });
    deps.logger.debug({ workerId: lease.workerId }, 'worker has its lease');
    await session(deps, lease, AbortSignal.any([stop, lease.lost]), bell);
    if (!stop.aborted) deps.logger.warn('worker lost its lease: its jobs go back to the queue');
    await rm(path.join(deps.workRoot, lease.workerId), { recursive: true, force: true });
    await lease.release().catch((error) => deps.logger.debug({ error }, 'lease was gone already'));
  }
  await silence?.().catch((error) => deps.logger.debug({ error }, 'could not stop listening'));
}

async function session(deps: WorkerDeps, lease: Lease, over: AbortSignal, bell: Bell): Promise<void> {
  const { queue, handlers, logger, workRoot } = deps;
  const running = new Map<Claim, Promise<void>>();
  const deadWorkers = new DeadWorkers(queue, deps.leases, lease.workerId);
  const isRunning = (jobId: string) => [...running.keys()].some(({ job }) => job.id === jobId);
  const sweepDue = every(Number.POSITIVE_INFINITY);
  const beatDue = every(BEAT_MS);
  const reconcileDue = every(RECONCILE_MS);
  while (!over.aborted) {
    let pause = POLL_MS;
    try {
      const { released, waiting } = await deadWorkers.handOn(isRunning);
      for (const { queue: job, id } of released) logger.info({ job, id }, 'picked up from a worker that is gone');
      if (waiting) pause = SOON_MS;
      if (beatDue()) await queue.beat([...running.keys()]);
      if (reconcileDue()) await reconcile(deps);
      for (const name of QUEUE_NAMES) await fill(name);
      if (sweepDue()) await deadWorkers.sweep(workRoot);
    } catch (error) {
      if (!over.aborted) logger.warn({ error }, 'worker could not look for jobs and will try again');
      pause = SOON_MS;
    }
    if (!over.aborted) await bell.wait(pause);
  }
  await Promise.all(running.values());

  async function fill(name: QueueName): Promise<void> {
    const limit = deps.slots?.[name] ?? 1;
    while (!over.aborted && [...running.keys()].filter((claim) => claim.queue === name).length < limit) {
      const claim = await queue.take(name, lease.workerId);
      if (claim === null) return;
      const execution = execute(deps, claim, handlers[name], over).then(() => {
        running.delete(claim);
        bell.ring();
      });
      running.set(claim, execution);
    }
  }
}

/** Rows that are not final but have no live job get one: no crash between any two statements leaves a row waiting for ever. */
async function reconcile({ queue, handlers }: WorkerDeps): Promise<void> {
  for (const name of QUEUE_NAMES) await queue.ensure(name, await handlers[name].unfinished());
}

/** Calls until it succeeds. @returns null when `stop` came first */
async function patiently<T>(deps: WorkerDeps, stop: AbortSignal, call: () => Promise<T>): Promise<T | null> {
  while (!stop.aborted) {
    try {
      return await call();
    } catch (error) {
      deps.logger.warn({ error }, 'worker cannot reach the database and will try again');
      await sleep(SOON_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return null;
}

/** True on the first call and then once in each interval. */
function every(intervalMs: number): () => boolean {
  let due = 0;
  return () => {
    const now = performance.now();
    if (now < due) return false;
    due = now + intervalMs;
    return true;
  };
}

/** Ends a wait early; a ring that nobody waits for counts for the next wait. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(limitMs: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = undefined;
  }
}
