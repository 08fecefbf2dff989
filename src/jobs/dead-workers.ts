import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SECOND } from '../platform/clock.ts';
import type { Claim, JobQueue } from './queue.ts';

/** How a worker proves that it lives, and others see that it doesn't: satisfied by store's worker leases. */
export interface Leases {
  take(): Promise<Lease>;
  isAlive(workerId: string): Promise<boolean>;
}
export interface Lease {
  readonly workerId: string;
  /** Aborted when the lease is gone, for example with the connection to the database. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * How long a worker is seen dead before its jobs are handed on, so that no run is worked on by two at once: a live worker
 * whose connection was cut (PostgreSQL restarted) has its lease again well before that, the children of a dead one and of
 * one that gave up its lease have ended. A worker cut off for longer, while others are not, is overtaken; what it still
 * writes is fenced off by the row's attempt.
 */
const LAST_BREATH_MS = 2 * SECOND;

/** Finds the jobs of workers that are gone and puts them back, whatever their heartbeat says. */
export class DeadWorkers {
  readonly #queue: JobQueue;
  readonly #leases: Leases;
  readonly #self: string;
  /** When each worker was first seen dead, `performance.now()`. */
  readonly #deadSince = new Map<string, number>();

  constructor(queue: JobQueue, leases: Leases, self: string) {
    this.#queue = queue;
    this.#leases = leases;
    this.#self = self;
  }

  /**
   * @param isRunning whether this worker itself works on a job: one that it took without hearing so goes back too
   * @returns the jobs put back, and whether a worker was seen dead whose jobs have to wait a moment longer
   */
  async handOn(isRunning: (jobId: string) => boolean): Promise<{ released: readonly Claim[]; waiting: boolean }> {
    const claims = (await this.#queue.taken()).filter(
      ({ workerId, job }) => workerId !== this.#self || !isRunning(job.id),
    );
    const dead = new Set<string>();
    for (const workerId of new Set(claims.map((claim) => claim.workerId))) {
      if (workerId === this.#self || !(await this.#leases.isAlive(workerId))) dead.add(workerId);
    }
    for (const known of this.#deadSince.keys()) if (!dead.has(known)) this.#deadSince.delete(known);
    const now = performance.now();
    const released: Claim[] = [];
    let waiting = false;
    for (const claim of claims) {
      if (!dead.has(claim.workerId)) continue;
      const since = this.#deadSince.get(claim.workerId) ?? now;
      this.#deadSince.set(claim.workerId, since);
      if (now - since < LAST_BREATH_MS) {
        waiting = true;
        continue;
      }
      await this.#queue.release(claim);
      released.push(claim);
    }
    return { released, waiting };
  }

  /** Removes what dead workers left below `workRoot`. */
  async sweep(workRoot: string): Promise<void> {
    const names = await readdir(workRoot).catch(() => []);
    for (const name of names) {
      if (!(await this.#leases.isAlive(name))) await rm(path.join(workRoot, name), { recursive: true, force: true });
    }
  }
}
