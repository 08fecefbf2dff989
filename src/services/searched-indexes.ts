import type { IndexId } from '../domain/ids.ts';
import { MINUTE } from '../platform/clock.ts';
import type { Database } from '../store/database.ts';
import { noteSearched } from '../store/index-retention.ts';

/** Between two notes of one index. */
const EVERY = 5 * MINUTE;

/** Notes in the rows of indexes that this process searches them, now and then and beside the searches: retention spares those. */
export class SearchedIndexes {
  readonly #db: Pick<Database, 'pool'>;
  readonly #noted = new Map<IndexId, number>();

  constructor(db: Pick<Database, 'pool'>) {
    this.#db = db;
  }

  note(id: IndexId): void {
    const now = Date.now();
    if (now - (this.#noted.get(id) ?? 0) < EVERY) return;
    this.#noted.set(id, now);
    noteSearched(this.#db.pool, [id]).catch(() => {
      // The next search tries again.
      this.#noted.delete(id);
    });
  }
}
