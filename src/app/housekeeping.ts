import { QuartetError } from '../domain/errors.ts';
import { HOUR } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { IdempotencyService } from '../services/idempotency.ts';
import { IndexRetentionService } from '../services/index-retention.ts';
import { ItemsService } from '../services/items.ts';
import type { App } from './compose.ts';

/**
 * Lets go of what nobody needs any more, at once and then every hour: temporary folders of dead processes, uploads and exports past
 * their time, index versions and idempotency keys past theirs, artifacts that nothing refers to, the record of changes that every index holds.
 * @returns a function that ends it, after the round that is under way
 */
export function startHousekeeping(
  { artifacts, garbage, services, jobDb }: Pick<App, 'artifacts' | 'garbage' | 'services' | 'jobDb'>,
  logger: Logger,
): () => Promise<void> {
  // With as much time as it takes.
  const items = new ItemsService({ db: jobDb });
  const idempotency = new IdempotencyService({ db: jobDb });
  const retention = new IndexRetentionService({ db: jobDb, artifacts });
  let round = Promise.resolve();
  const tidy = () => {
    round = round
      .then(async () => {
        const folders = await artifacts.sweep();
        const uploads = await services.uploads.removeExpired();
        const exported = await services.exports.removeOld();
        const { indexIds } = await retention.apply(null);
        await items.forgetOldChanges();
        await idempotency.forgetOld();
        const collected = await garbage.collect().catch((error: unknown) => {
          // Another worker is at it.
          if (error instanceof QuartetError && error.code === 'CONFLICT') return { garbage: [], bytes: 0 };
          throw error;
        });
        const indexes = indexIds.length;
        const removed = { folders, uploads, exported, indexes, artifacts: collected.garbage.length };
        if (Object.values(removed).some((count) => count > 0)) {
          logger.info({ ...removed, bytes: collected.bytes }, 'removed what nobody needs any more');
        }
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
