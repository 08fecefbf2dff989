import type { Database } from '../store/database.ts';
import { type IdempotentRequest, once } from '../store/idempotency.ts';
import type { Statements } from './enqueue.ts';

export type { IdempotentRequest };

/** Runs what creates something: in one transaction with its idempotency key, when there is one. */
export class IdempotencyService {
  readonly #db: Database;

  constructor(deps: { readonly db: Database }) {
    this.#db = deps.db;
  }

  /**
   * @param request null: the caller gave no key
   * @param create creates within `tx` and returns the new row's id; it isn't called when an earlier request with this key and
   *   input did so
   * @returns the id of what was created, now or then
   * @throws QuartetError CONFLICT when the key was used for something else; what `create` throws
   */
  create<Id extends string>(request: IdempotentRequest | null, create: (tx: Statements) => Promise<Id>): Promise<Id> {
    return this.#db.transaction(async (tx) => {
      if (request === null) return create(tx);
      return (await once(tx, request, () => create(tx))).resultId as Id;
    });
  }
}
