import type { Readiness, ReadinessCheck } from '../api/probes.ts';
import type { IndexId } from '../domain/ids.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { migrationsPending } from '../store/migrations.ts';
import { searchedIndexes, workerCount } from '../store/operations.ts';
import type { App } from './compose.ts';

/** Indexes loaded ahead of their first search, while they fit; more are loaded when they are asked for. */
const WARMED = 16;
/** A probe that is not answered soon is a failed one. */
const PATIENCE = 3 * SECOND;

export interface WatchedReadiness extends Readiness {
  /** Begins to load no further index, and waits for the one that is being loaded: it reads from the database and holds memory. */
  stop(): Promise<void>;
}

/**
 * Whether this process can answer: the database, its tables, the indexes that are searched, and a worker somewhere. Loading
 * begins at once; an index that can't be loaded is told, but others are served.
 */
export function watchReadiness({ db, services }: Pick<App, 'db' | 'services'>, logger: Logger): WatchedReadiness {
  let loaded: ReadinessCheck = { ok: false, detail: 'loading' };
  let stopped = false;
  const warmed = warm().catch((error) => {
    logger.warn({ error }, 'could not load indexes ahead of the first search');
    loaded = { ok: true, detail: 'not loaded ahead' };
  });

  async function warm(): Promise<void> {
    const searched = await db.retrying(() => searchedIndexes(db.pool, WARMED));
    let failed = 0;
    for (const id of searched) {
      if (stopped) return;
      await services.indexes.load(id as IndexId).catch((error) => {
        failed += 1;
        logger.warn({ error, index: id }, 'an index could not be loaded');
      });
    }
    loaded = { ok: true, detail: `${searched.length - failed} loaded${failed > 0 ? `, ${failed} could not be` : ''}` };
  }

  const checks: Readonly<Record<string, () => Promise<ReadinessCheck>>> = {
    database: async () => {
      await db.pool.query('SELECT 1');
      return { ok: true };
    },
    migrations: async () => {
      const pending = await migrationsPending(db.pool);
      return pending === 0 ? { ok: true } : { ok: false, detail: `${pending} pending` };
    },
    index: async () => loaded,
    worker: async () => {
      const workers = await workerCount(db.pool);
      return { ok: workers > 0, detail: `${workers} seen` };
    },
  };

  return {
    async stop() {
      stopped = true;
      await warmed;
    },
    names: Object.keys(checks),
    check: async (name) => {
      const limit = new Promise<ReadinessCheck>((resolve) => {
        setTimeout(resolve, PATIENCE, { ok: false, detail: `no answer in ${PATIENCE / SECOND} s` }).unref();
      });
      const answer = (checks[name] as () => Promise<ReadinessCheck>)();
      // Why is for the log: an address or a user name is nothing for whoever asks.
      return await Promise.race([answer, limit]).catch((error) => {
        logger.warn({ error, check: name }, 'a readiness check failed');
        return { ok: false, detail: 'failed' };
      });
    },
  };
}
