import { QuartetError } from '../domain/errors.ts';
import { FINAL_STATUSES } from '../domain/training.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { type Attempt, attemptOf, cancelRow, JOB_CANCELLED_CHANNEL, type JobTable } from '../store/job-rows.ts';
import type { Statements } from '../store/statements.ts';

export interface Cancellation {
  /** What the job is to its caller, with its id. */
  readonly called: string;
  /** Path of the argument, for the error. */
  readonly field: readonly string[];
  /** What else ends with a job that had not ended, in the same transaction. */
  readonly also?: (tx: Statements) => Promise<void>;
}

/** Ends a job that has not ended. Once more changes nothing. @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise */
export async function cancelJob(
  db: Database,
  table: JobTable,
  id: string,
  { called, field, also }: Cancellation,
): Promise<void> {
  const before = await db.transaction(async (tx) => {
    const status = isUuid(id) ? await cancelRow(tx, table, id) : null;
    if (status === 'QUEUED' || status === 'RUNNING') await also?.(tx);
    return status;
  });
  if (before === null)
    throw new QuartetError('NOT_FOUND', `there is no ${called}; it may have been deleted`, { field });
  if (before === 'CANCELLED' || !FINAL_STATUSES.includes(before)) return;
  throw new QuartetError('CONFLICT', `${called} is ${before}; only one that has not ended can be cancelled`, { field });
}

/** Tells one attempt at a job, while it works, that it has no more say. */
export class CancellationWatch {
  readonly #over = new AbortController();
  #unlisten: (() => Promise<void>) | undefined;

  /** Begins to listen. Close it in the end. */
  static async open(db: Database, table: JobTable, { id, attempt }: Attempt): Promise<CancellationWatch> {
    const watch = new CancellationWatch();
    const end = () => {
      const message = `this attempt at ${table} ${id} is over: it was cancelled, or a newer attempt has it`;
      watch.#over.abort(new QuartetError('FENCED', message));
    };
    const check = async () => {
      if ((await db.retrying(() => attemptOf(db.pool, table, id))) !== attempt) end();
    };
    watch.#unlisten = await db.listen(JOB_CANCELLED_CHANNEL, (told) => {
      if (told === id) end();
      // An empty payload says that notifications may have been missed. Whatever it writes next would be refused anyway.
      else if (told === '') void check().catch(() => undefined);
    });
    await check();
    return watch;
  }

  /** Aborted when the attempt has no more say. Its reason is the error to end with. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  async close(): Promise<void> {
    await this.#unlisten?.();
  }
}
