import { QuartetError } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import { FINAL_STATUSES, type RunEventBody } from '../domain/training.ts';
import type { Database } from '../store/database.ts';
import { appendEvents } from '../store/run-events.ts';
import { lockRun, type RunChanges, updateRun } from '../store/runs.ts';
import type { Statements } from '../store/statements.ts';
import type { RunLog } from './run-log.ts';

/** Steps are written together: one transaction for what has gathered in this time. */
const GATHER_MS = 200;

/**
 * Writes what one attempt at a run reports: in order, one transaction at a time, waiting out a restart of PostgreSQL. Every
 * transaction locks the run's row and compares the attempt, so that nothing gets in of an attempt that was cancelled or
 * overtaken: such a write throws FENCED and aborts `over`. After any failed write nothing more is written.
 */
export class RunWriter {
  readonly #db: Database;
  readonly #run: { readonly id: RunId; readonly attempt: number };
  readonly #log: RunLog;
  readonly #over = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: Database, run: { readonly id: RunId; readonly attempt: number }, log: RunLog) {
    this.#db = db;
    this.#run = run;
    this.#log = log;
  }

  /** Aborted when this attempt has no more say. Its reason is the error to end with. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Ends the attempt from outside. */
  end(reason: unknown = fenced(this.#run.id)): void {
    this.#over.abort(reason);
  }

  /** Adds to the log. Resolves when it is written, for a step at once: those are held back to be written together. */
  async record(event: RunEventBody): Promise<void> {
    this.over.throwIfAborted();
    this.#log.add(event);
    if (event.kind !== 'step') await this.write({});
    else this.#timer ??= setTimeout(() => void this.write({}).catch(() => undefined), GATHER_MS);
  }

  /** One transaction: fence, events held back, progress and `changes` of the row, and what `also` adds. */
  write<T>(changes: RunChanges, also?: (tx: Statements) => Promise<T>): Promise<T | undefined> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const written = this.#last.then(() => {
      this.over.throwIfAborted();
      const { first, events } = this.#log.takeUnwritten();
      return this.#db.retrying(() =>
        this.#db.transaction(async (tx) => {
          if (await this.#isDone(tx)) return undefined;
          await appendEvents(tx, this.#run.id, first, events);
          const result = await also?.(tx);
          await updateRun(tx, this.#run.id, this.#run.attempt, { ...this.#progress(events), ...changes });
          return result;
        }),
      );
    });
    this.#last = written.catch((error) => this.end(error));
    return written;
  }

  /** Waits for what is being written, unless the attempt is over. What is still held back is what a next attempt reports again. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.over.aborted) await this.#last;
  }

  /** True when the last write of this attempt was committed and only the answer got lost. @throws QuartetError FENCED */
  async #isDone(tx: Statements): Promise<boolean> {
    const row = await lockRun(tx, this.#run.id);
    if (row?.attempt !== this.#run.attempt) throw fenced(this.#run.id);
    return row.status === 'PAUSED' || FINAL_STATUSES.includes(row.status);
  }

  #progress(events: readonly RunEventBody[]): RunChanges {
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
    return {
      ...(steps.length === 0 ? {} : { step: Math.max(...steps) }),
      baseline: this.#log.baseline,
      best: this.#log.best?.metrics ?? null,
    };
  }
}

function fenced(id: RunId): QuartetError {
  const message = `this attempt at run ${id} is over: the run was cancelled, or a newer attempt has it`;
  return new QuartetError('FENCED', message);
}
