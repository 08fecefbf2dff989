import type { RunId } from '../domain/ids.ts';
import { FINAL_STATUSES } from '../domain/training.ts';
import { SECOND } from '../platform/clock.ts';
import type { Database } from '../store/database.ts';
import { eventsAfter, RUN_EVENTS_CHANNEL, type RunEvent } from '../store/run-events.ts';
import { findRun } from '../store/runs.ts';

const BATCH = 500;
/** Notifications say when to look; looking anyway now and then costs little and needs no trust in them. */
const LOOK_MS = 5 * SECOND;

/**
 * The events of a run after a sequence number: first what is stored, then what comes. The log is the truth and is read by
 * number; a notification only wakes the reader, so none can be missed or doubled.
 */
export async function* followRun(
  db: Database,
  id: RunId,
  after: number,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent, void, undefined> {
  let news = Promise.withResolvers<void>();
  const wake = () => news.resolve();
  const unlisten = await db.listen(RUN_EVENTS_CHANNEL, (runId) => {
    if (runId === id || runId === '') wake();
  });
  signal?.addEventListener('abort', wake, { once: true });
  let last = after;
  try {
    while (!signal?.aborted) {
      news = Promise.withResolvers();
      // Read before the events: a final status seen here means that all events are there below.
      const run = await db.retrying(() => findRun(db.pool, id));
      const events = await db.retrying(() => eventsAfter(db.pool, id, last, BATCH));
      for (const event of events) {
        if (signal?.aborted) return;
        yield event;
        last = event.sequence;
      }
      if (events.length === BATCH) continue;
      if (run === null || FINAL_STATUSES.includes(run.status)) return;
      const timer = setTimeout(wake, LOOK_MS);
      await news.promise;
      clearTimeout(timer);
    }
  } finally {
    signal?.removeEventListener('abort', wake);
    await unlisten();
  }
}
