import type { Namespace } from '../domain/ids.ts';
import { type Clock, DAY, systemClock } from '../platform/clock.ts';
import type { Database } from '../store/database.ts';
import { forgetIdempotencyKeys, type IdempotentRequest as OwnIdempotentRequest, once } from '../store/idempotency.ts';
import type { Statements } from './enqueue.ts';

export type { OwnIdempotentRequest };

/** A request under its caller's key. */
export type IdempotentRequest = Omit<OwnIdempotentRequest, 'namespace'>;

/** The idempotency keys of one namespace. */
export interface NamespaceIdempotency {
  /**
   * @param request null: the caller gave no key
   * @param create creates within `tx` and returns the new row's id; it isn't called when an earlier request with this key and
   *   input did so
   * @returns the id of what was created, now or then
   * @throws QuartetError CONFLICT when the key was used for something else; what `create` throws
   */
  create<Id extends string>(request: IdempotentRequest | null, create: (tx: Statements) => Promise<Id>): Promise<Id>;
}

/** A key is remembered so long at least: a client sends again within minutes, and each mutation that it sends has one. */
export const KEY_LIFETIME = DAY;

/** Runs what creates something: in one transaction with its idempotency key, when there is one. */
export class IdempotencyService {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock = systemClock }: { readonly db: Database; readonly clock?: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Two namespaces may use the same key for different things. */
  within(namespace: Namespace): NamespaceIdempotency {
    return {
      create: (request, create) =>
        this.#db.transaction(async (tx) => {
          if (request === null) return create(tx);
          const { resultId } = await once(tx, { namespace, ...request }, () => create(tx));
          return resultId as Awaited<ReturnType<typeof create>>;
        }),
    };
  }

  /** Forgets keys past their time: what they made can be made anew with them then. @returns how many */
  forgetOld(): Promise<number> {
    return forgetIdempotencyKeys(this.#db.pool, new Date(this.#clock() - KEY_LIFETIME));
  }
}
