import { type ErrorCode, QuartetError } from '../domain/errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { QueueName } from '../services/enqueue.ts';
import type { WorkEvent, WorkName, WorkResult, WorkSpec } from '../services/work/index.ts';
import { ChildCrash } from './child-crash.ts';

export interface RunChildOptions<N extends WorkName> {
  /** Called with the child's events one after another; a promise holds the next one (and in time the child) back. A throw ends the child. */
  readonly onEvent?: (event: WorkEvent<N>) => void | Promise<void>;
  /** Ends this child beside the job's own signal, for example when the row was cancelled. */
  readonly signal?: AbortSignal;
  /** Tells this child to stop where its work can be taken up again. */
  readonly pause?: AbortSignal;
  /** An empty folder for this child, on the same volume. Default the execution's: a second child at the same time needs one of its own. */
  readonly workDir?: string;
}

/** What one execution of a job gets. */
export interface JobContext {
  /**
   * Aborted when this worker stops or loses its lease. Leave the row as it is and throw (`signal.throwIfAborted()` will do):
   * the job is handed to another worker at once, which goes on from the row.
   */
  readonly signal: AbortSignal;
  /** A directory of this execution's own on the volume of the artifacts, removed when it ends. The child's `workDir` too. */
  readonly workDir: string;
  readonly logger: Logger;
  /** Says that this execution got further than any before it (a checkpoint, a committed part): the tries are counted anew. */
  progressed(): void;
  /**
   * Runs one piece of work in a child process of low priority. At most one child at a time for each folder.
   * @throws QuartetError the child's own, CANCELLED when a signal ended it, TRAINING_FAILED, IMPORT_FAILED … when it crashed
   */
  runChild<N extends WorkName>(name: N, spec: WorkSpec<N>, options?: RunChildOptions<N>): Promise<WorkResult<N>>;
}

/**
 * The worker-side half of one queue. The row is the truth, the job only says that somebody should look at it: `run` first
 * claims the row in one statement (`attempt = attempt + 1`, status RUNNING, only while QUEUED or RUNNING), does nothing when
 * there is no such row, and puts that attempt as a fence into the WHERE of every later write (throwing FENCED when it
 * matches no row). So it may be run again at any point, by anyone.
 */
export interface Handler {
  /**
   * Brings row `id` to a final status. An error that is a verdict (see `isVerdict`) is written to the row as FAILED; every
   * other one is thrown: FENCED (somebody else has the row, or it was cancelled: dropped), anything after `signal` aborted
   * (handed on at once), the rest, a crashed child among them (tried again with back-off, then `giveUp`).
   */
  run(id: string, context: JobContext): Promise<void>;
  /** Marks the row FAILED, unless it is final, after the last try threw `error`. */
  giveUp(id: string, error: QuartetError): Promise<void>;
  /** Ids of the rows that are QUEUED or RUNNING: those without a live job get a new one. */
  unfinished(): Promise<readonly string[]>;
}

export type Handlers = Readonly<Record<QueueName, Handler>>;

const PASSING: readonly ErrorCode[] = ['FENCED', 'CANCELLED', 'DATABASE_UNAVAILABLE', 'DISK_FULL', 'RETRY_LATER'];

/** Whether an error would come again however often the same row is tried, and so belongs on the row. */
export function isVerdict(error: unknown): error is QuartetError {
  return error instanceof QuartetError && !(error instanceof ChildCrash) && !PASSING.includes(error.code);
}
