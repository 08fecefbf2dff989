import type { DatasetId } from '../domain/ids.ts';
import { AttributeIndex } from '../search-index/filter/attribute-index.ts';
import type { Filter } from '../search-index/filter/filter.ts';
import type { RowSet } from '../search-index/filter/row-set.ts';
import type { VectorIndex } from '../search-index/vector-index.ts';
import type { Database } from '../store/database.ts';
import { readItemAttributes } from '../store/item-attributes.ts';
import type { Description } from './description-log.ts';
import type { LoadedIndex } from './indexes.ts';

interface Attributes {
  readonly index: AttributeIndex;
  /** Changes of the index' log that are in. */
  position: number;
}

/** Rows replaced one by one until all are read anew: each costs a filter that was not asked before some microseconds. */
const MOST_REPLACED = 4_096;

/**
 * Which rows of a loaded index pass a filter. Attributes are read from the rows of the database when a filter first needs them; what the
 * index then hears of is replaced row by row. So a filter sees items as the index knows them, and a search that must see a change waits
 * until the index has heard of it. Items that went or have other content are the overlay's to leave out.
 */
export class ItemFilters {
  readonly #db: Database;
  /** Go when the index is unloaded. */
  readonly #attributes = new WeakMap<VectorIndex, Promise<Attributes>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns the rows that pass, not to be changed */
  async passing(loaded: LoadedIndex, filter: Filter): Promise<RowSet> {
    const { vectors, live } = loaded;
    for (;;) {
      const reading = this.#attributes.get(vectors) ?? this.#read(loaded);
      const known = await reading;
      const changes = live.descriptions.since(known.position);
      if (changes !== null && known.index.replaced + changes.length <= MOST_REPLACED) {
        replaceAll(known.index, changes, vectors);
        known.position = live.descriptions.end;
        return known.index.select(filter);
      }
      // Somebody else may have begun to read them again in the meantime.
      if (this.#attributes.get(vectors) === reading) this.#attributes.delete(vectors);
    }
  }

  #read({ datasetId, vectors, live }: LoadedIndex): Promise<Attributes> {
    // What is heard of while they are read may or may not be in them: it is replaced afterwards.
    const position = live.descriptions.end;
    const reading = this.#readAll(datasetId, vectors).then((index) => ({ index, position }));
    this.#attributes.set(vectors, reading);
    reading.catch(() => {
      if (this.#attributes.get(vectors) === reading) this.#attributes.delete(vectors);
    });
    return reading;
  }

  async #readAll(datasetId: DatasetId, vectors: VectorIndex): Promise<AttributeIndex> {
    const index = new AttributeIndex(vectors.count);
    await readItemAttributes(this.#db, datasetId, (itemId, label, metadata) => {
      const row = vectors.rowOf(itemId);
      if (row !== null) index.add(row, { label, metadata });
    });
    return index;
  }
}

function replaceAll(index: AttributeIndex, changes: readonly Description[], vectors: VectorIndex): void {
  for (const { id, label, metadata } of changes) {
    const row = vectors.rowOf(id);
    if (row !== null) index.replace(row, { label, metadata });
  }
}
