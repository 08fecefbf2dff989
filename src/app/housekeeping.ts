import { QuartetError } from '../domain/errors.ts';
import { HOUR } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { IdempotencyService } from '../services/idempotency.ts';
import { IndexRetentionService } from '../services/index-retention.ts';
import { ItemsService } from '../services/items.ts';
import type { App } from './compose.ts';

/** What housekeeping is done with. */
type Kept = Pick<App, 'artifacts' | 'garbage' | 'services' | 'jobDb'>;

/**
 * Lets go of what nobody needs any more, at once and then every hour: temporary folders of dead processes, uploads and exports past
 * their time, and of a bucket's artifacts what is more than is to be kept on this machine. A worker also of index versions and
 * idempotency keys past theirs, artifacts that nothing refers to, the record of changes that every index holds.
 * @param worker false where workers elsewhere see to what is not on this machine's disk
 * @returns a function that ends it, after the round that is under way
 */
export function startHousekeeping(app: Kept, logger: Logger, { worker = true } = {}): () => Promise<void> {
  let round = Promise.resolve();
  const tidy = () => {
    round = round
      .then(async () => {
        const removed = { ...(await tidyDisk(app)), ...(worker ? await tidyInstallation(app) : {}) };
        if (Object.values(removed).some((count) => count > 0))
          logger.info(removed, 'removed what nobody needs any more');
      })
      .catch((error) => logger.warn({ error }, 'could not tidy up; it is tried again in an hour'));
  };
  tidy();
  const timer = setInterval(tidy, HOUR);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

async function tidyDisk({ artifacts, services }: Kept): Promise<Record<string, number>> {
  const folders = await artifacts.sweep();
  const uploads = await services.uploads.removeExpired();
  const exported = await services.exports.removeOld();
  return { folders, uploads, exported };
}

async function tidyInstallation({ artifacts, garbage, jobDb }: Kept): Promise<Record<string, number>> {
  // With as much time as it takes.
  const { indexIds } = await new IndexRetentionService({ db: jobDb, artifacts }).apply(null);
  await new ItemsService({ db: jobDb }).forgetOldChanges();
  await new IdempotencyService({ db: jobDb }).forgetOld();
  const collected = await garbage.collect().catch((error: unknown) => {
    // Another worker is at it.
    if (error instanceof QuartetError && error.code === 'CONFLICT') return { garbage: [], bytes: 0 };
    throw error;
  });
  return { indexes: indexIds.length, artifacts: collected.garbage.length, bytes: collected.bytes };
}
