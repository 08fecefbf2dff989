import type { QuartetError } from '../domain/errors.ts';
import type { Database } from '../store/database.ts';
import { type Attempt, finishRow, type JobTable } from '../store/job-rows.ts';
import type { CancellationWatch } from './job-cancellation.ts';

/** One attempt at a job's row by one worker, from its claim on. Close it in the end. */
export abstract class JobAttempt {
  readonly #db: Database;
  readonly #table: JobTable;
  readonly #at: Attempt;
  readonly #watch: CancellationWatch;

  /** @param watch of the same attempt (`watchFor`) */
  constructor(
    db: Database,
    table: JobTable,
    { at, watch }: { readonly at: Attempt; readonly watch: CancellationWatch },
  ) {
    this.#db = db;
    this.#table = table;
    this.#at = { id: at.id, attempt: at.attempt };
    this.#watch = watch;
  }

  /** Aborted when this attempt has no more say: cancelled, or overtaken. Its reason is the error to end with. */
  get over(): AbortSignal {
    return this.#watch.over;
  }

  /** Writes a verdict. @throws QuartetError FENCED */
  async fail({ code, message }: QuartetError): Promise<void> {
    const facts = { errorCode: code, errorMessage: message };
    await this.#db.retrying(() => finishRow(this.#db.pool, this.#table, this.#at, { status: 'FAILED', ...facts }));
  }

  async close(): Promise<void> {
    await this.#watch.close();
  }
}
