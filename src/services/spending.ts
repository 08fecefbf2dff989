import type { Database } from '../store/database.ts';
import { notify } from '../store/notifications.ts';

/** What keys have spent at one server: id of the key, points. */
export type Spent = readonly (readonly [keyId: string, points: number])[];

const CHANNEL = 'quartet_spending';
/** Of one message, which may have 8,000 bytes. */
const KEYS_AT_ONCE = 100;

/**
 * Tells the servers of an installation what each key has spent at another, by PostgreSQL's NOTIFY: nothing is stored, and what is lost with a
 * connection is some seconds of spending.
 */
export class SpendingService {
  readonly #db: Database;
  /** Of this process alone, whose own messages come back to it. */
  readonly #instance: string;

  constructor({ db, instance }: { readonly db: Database; readonly instance: string }) {
    this.#db = db;
    this.#instance = instance;
  }

  async tell(spent: Spent): Promise<void> {
    for (let first = 0; first < spent.length; first += KEYS_AT_ONCE) {
      const part = spent.slice(first, first + KEYS_AT_ONCE);
      await notify(this.#db.pool, CHANNEL, JSON.stringify({ from: this.#instance, spent: part }));
    }
  }

  /** @returns a function that ends it */
  async hear(callback: (spent: Spent) => void): Promise<() => Promise<void>> {
    return await this.#db.listen(CHANNEL, (payload) => {
      if (payload === '') return;
      const { from, spent } = JSON.parse(payload) as { readonly from: string; readonly spent: Spent };
      if (from !== this.#instance) callback(spent);
    });
  }
}
