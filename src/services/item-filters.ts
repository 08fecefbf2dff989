import type { DatasetId } from '../domain/ids.ts';
import { withoutDeadline } from '../platform/deadline.ts';
import { AttributeIndex } from '../search-index/filter/attribute-index.ts';
import type { Filter } from '../search-index/filter/filter.ts';
import type { RowSet } from '../search-index/filter/row-set.ts';
import type { VectorIndex } from '../search-index/vector-index.ts';
import type { Database } from '../store/database.ts';
import { datasetRevision } from '../store/datasets.ts';
import { readItemAttributes } from '../store/item-attributes.ts';
import type { LoadedIndex } from './indexes.ts';

interface Attributes {
  /** Of the dataset when they were read. */
  readonly revision: number | null;
  readonly index: AttributeIndex;
}

/**
 * Which rows of a loaded index pass a filter. Attributes are read from the rows of the database when a filter first needs them, and
 * again when the dataset has changed since: so a filter sees items as they are now, not as they were when they were indexed.
 */
export class ItemFilters {
  readonly #db: Database;
  /** Go when the index is unloaded. */
  readonly #attributes = new WeakMap<VectorIndex, Promise<Attributes>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns the rows that pass, not to be changed */
  async passing({ datasetId, vectors }: LoadedIndex, filter: Filter): Promise<RowSet> {
    const known = await this.#attributes.get(vectors)?.catch(() => undefined);
    const revision = await datasetRevision(this.#db.pool, datasetId);
    if (known !== undefined && known.revision === revision) return known.index.select(filter);
    const before = this.#attributes.get(vectors);
    // Somebody else may have begun to read them again in the meantime.
    const read = before === undefined || (await before.catch(() => known)) === known;
    if (read)
      this.#attributes.set(
        vectors,
        withoutDeadline(() => this.#read(datasetId, vectors)),
      );
    return (await (this.#attributes.get(vectors) as Promise<Attributes>)).index.select(filter);
  }

  async #read(datasetId: DatasetId, vectors: VectorIndex): Promise<Attributes> {
    const index = new AttributeIndex(vectors.count);
    const revision = await readItemAttributes(this.#db, datasetId, (itemId, label, metadata) => {
      const row = vectors.rowOf(itemId);
      if (row !== null) index.add(row, { label, metadata });
    });
    return { revision, index };
  }
}
