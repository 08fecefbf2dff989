import { SECOND } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { SpendingService } from '../../services/spending.ts';
import type { Budgets } from './budgets.ts';

/** Between two messages: as long may a key spend at each server what it has only once. */
const INTERVAL = SECOND;

/**
 * Has a key's spending at other servers count here, and the other way round. A request waits for nothing: what a key spends at several
 * servers within a second is known to all of them after it, and what was too much is a debt that it pays off first.
 * @returns a function that ends it
 */
export async function shareBudgets(
  budgets: Budgets,
  spending: SpendingService,
  logger: Logger,
): Promise<() => Promise<void>> {
  const end = await spending.hear((spent) => {
    for (const [keyId, points] of spent) budgets.spentElsewhere(keyId, points);
  });
  let telling: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (telling !== null) return;
    const spent = budgets.takeUntold();
    if (spent.length === 0) return;
    telling = spending
      .tell(spent)
      // Later, then: the database is away.
      .catch((error) => {
        budgets.giveBackUntold(spent);
        logger.debug({ error }, 'could not tell other servers what keys have spent');
      })
      .finally(() => {
        telling = null;
      });
  }, INTERVAL);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await telling;
    await end();
  };
}
