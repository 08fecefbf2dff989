import type { DatasetId } from '../domain/ids.ts';
import { LexicalIndex } from '../search-index/lexical.ts';
import { type KnownChanges, readItemChanges } from '../store/item-changes.ts';
import type { Statements } from '../store/statements.ts';

/** Items read at a time. */
const BATCH = 2_000;

interface Kept {
  readonly index: LexicalIndex;
  known: KnownChanges;
  /** One catching up after another. */
  turn: Promise<void>;
}

/** Lexical indexes of datasets, made when a hybrid search first needs one, and kept up with the rows like `LiveIndex`. */
export class LexicalIndexes {
  readonly #sql: Statements;
  readonly #kept = new Map<DatasetId, Kept>();
  readonly #most: number;

  /** @param most kept at a time, the longest unused is let go of first */
  constructor(sql: Statements, most = 4) {
    this.#sql = sql;
    this.#most = most;
  }

  /**
   * @param moment.remembered changes up to this revision may be forgotten
   * @returns the index with all changes up to `moment.revision` of the dataset
   */
  async at(
    datasetId: DatasetId,
    { revision, remembered }: { readonly revision: number; readonly remembered: number },
  ): Promise<LexicalIndex> {
    let known = this.#kept.get(datasetId);
    if (known !== undefined && known.known.revision >= 0 && known.known.revision < remembered) {
      await known.index.close();
      known = undefined;
    }
    const kept = known ?? {
      index: new LexicalIndex(),
      known: { revision: -1, lastItemId: 0 },
      turn: Promise.resolve(),
    };
    // To the end: used last.
    this.#kept.delete(datasetId);
    this.#kept.set(datasetId, kept);
    await this.#shrink();
    const turn = kept.turn.then(() => this.#catchUp(datasetId, kept, revision));
    kept.turn = turn.catch(() => {});
    await turn;
    return kept.index;
  }

  async close(): Promise<void> {
    for (const { index } of this.#kept.values()) await index.close();
    this.#kept.clear();
  }

  async #catchUp(datasetId: DatasetId, kept: Kept, revision: number): Promise<void> {
    while (kept.known.revision < revision) {
      const found = await readItemChanges(this.#sql, datasetId, kept.known, BATCH);
      // Its dataset is gone, which the search will say.
      if (found === null) return;
      const { changes, unread } = found;
      await kept.index.apply(
        changes.flatMap((change) => {
          if (change.kind === 'described') return [];
          return [{ id: change.id, text: change.kind === 'gone' ? null : change.content }];
        }),
      );
      const lastItemId = Math.max(kept.known.lastItemId, changes.at(-1)?.id ?? 0);
      // What was noted of items read before is of this revision; of those not yet read nothing need be noted.
      kept.known = { revision: unread > 0 ? found.revision - 1 : found.revision, lastItemId };
    }
  }

  async #shrink(): Promise<void> {
    for (const [datasetId, { index }] of [...this.#kept].slice(0, Math.max(0, this.#kept.size - this.#most))) {
      this.#kept.delete(datasetId);
      await index.close();
    }
  }
}
