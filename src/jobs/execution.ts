import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QuartetError } from '../domain/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { asDatabaseFull } from '../services/database-away.ts';
import type { WorkResult } from '../services/work/index.ts';
import type { Handler, JobContext } from './handler.ts';
import type { Claim, JobDatabase, JobQueue } from './queue.ts';
import { forkWork } from './supervisor.ts';

export interface ExecutionDeps {
  readonly db: JobDatabase;
  readonly queue: JobQueue;
  readonly logger: Logger;
  /** Parent of the executions' directories, on the volume of the artifacts. */
  readonly workRoot: string;
  /** Entry of child processes, for tests. */
  readonly childEntry?: URL;
}

/** A lost connection reaches a query a moment before the lease: wait that long to see whether the lease went with it. */
const LEASE_NOTICE_MS = 250;

/** Runs one taken job to its end and settles it in the queue. Never rejects: what goes wrong here is found by the next look at the rows. */
export async function execute(deps: ExecutionDeps, claim: Claim, handler: Handler, signal: AbortSignal): Promise<void> {
  const logger = deps.logger.child({ job: claim.queue, id: claim.id });
  const workDir = path.join(deps.workRoot, claim.workerId, `${claim.queue}-${claim.id}`);
  let progressed = false;
  const context: JobContext = {
    signal,
    workDir,
    logger,
    progressed: () => {
      progressed = true;
    },
    async runChild(name, spec, { onEvent, signal: own, pause, workDir: dir = workDir } = {}) {
      const either = own === undefined ? signal : AbortSignal.any([signal, own]);
      const options = { name, spec, workDir: dir, logger, signal: either };
      const result = await forkWork({
        ...options,
        ...(onEvent === undefined ? {} : { onEvent }),
        ...(pause === undefined ? {} : { pause }),
        ...(deps.childEntry === undefined ? {} : { entry: deps.childEntry }),
      });
      return result as WorkResult<typeof name>;
    },
  };
  try {
    try {
      signal.throwIfAborted();
      await mkdir(workDir, { recursive: true });
      await handler.run(claim.id, context);
      await deps.db.retrying(() => deps.queue.complete(claim));
    } catch (error) {
      await settle(deps, claim, handler, { error, signal, progressed, logger });
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  } catch (error) {
    logger.error({ error }, 'could not settle the job; it will be picked up again');
  }
}

interface Failure {
  readonly error: unknown;
  readonly signal: AbortSignal;
  readonly progressed: boolean;
  readonly logger: Logger;
}

async function settle(deps: ExecutionDeps, claim: Claim, handler: Handler, failure: Failure): Promise<void> {
  const { db, queue } = deps;
  const { error, signal, progressed, logger } = failure;
  if (error instanceof QuartetError && error.code === 'FENCED') {
    logger.info('given up: the row was cancelled or belongs to a newer attempt');
    return db.retrying(() => queue.complete(claim));
  }
  if (!signal.aborted) await sleep(LEASE_NOTICE_MS);
  // Not retried while the database is away: whoever looks next sees that this worker is gone, and does it.
  if (signal.aborted) return queue.release(claim);
  logger.warn({ error }, 'the job failed');
  if (progressed) return db.retrying(() => queue.release(claim));
  const again = await db.retrying(() => queue.fail(claim, messageOf(error)));
  if (again) return;
  await db.retrying(() => handler.giveUp(claim.id, asQuartetError(error)));
  await db.retrying(() => queue.complete(claim));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A fault of ours keeps its message out of the row: that is public. */
function asQuartetError(error: unknown): QuartetError {
  if (error instanceof QuartetError) return error;
  const full = asDatabaseFull(error);
  if (full !== null) return full;
  return new QuartetError('JOB_FAILED', 'the job failed several times for an internal reason; the log says which', {
    cause: error,
  });
}
