import { QuartetError } from '../domain/errors.ts';
import type { DatasetId } from '../domain/ids.ts';
import { SECOND } from '../platform/clock.ts';
import { Gate } from '../platform/gate.ts';

/** Changes of different datasets at the same time, well below the connections of the pool. */
const CHANGES_AT_ONCE = 4;
/** Changes of one dataset that may wait, and how long. */
const WAITING = 500;
const PATIENCE = 20 * SECOND;

/**
 * One change of a dataset after another. In the database each waits for the one before anyway, under the lock of the dataset's row;
 * waiting here, it does not hold a connection that a search needs.
 */
export class DatasetTurns {
  readonly #ofOne = new Map<DatasetId, Gate>();
  readonly #all = new Gate({ atOnce: CHANGES_AT_ONCE, waiting: Number.POSITIVE_INFINITY, patience: PATIENCE, busy });

  /** @throws QuartetError RETRY_LATER when too many wait, or after 20 s; what `change` throws */
  async run<T>(id: DatasetId, change: () => Promise<T>): Promise<T> {
    const gate = this.#ofOne.get(id) ?? new Gate({ atOnce: 1, waiting: WAITING, patience: PATIENCE, busy });
    this.#ofOne.set(id, gate);
    try {
      return await gate.run(() => this.#all.run(change));
    } finally {
      if (gate.inside === 0) this.#ofOne.delete(id);
    }
  }
}

function busy(): QuartetError {
  const message = 'Changes come faster than they can be written; send it again, or more items with each call.';
  return new QuartetError('RETRY_LATER', message, { retryAfterMs: SECOND });
}
