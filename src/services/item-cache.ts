import { LRUCache } from 'lru-cache';
import type { FoundItem } from '../store/found-items.ts';

/** Of one index: some 50,000 items of a few hundred characters. */
const MOST_BYTES = 64 * 2 ** 20;
/** An object with its ids, in the heap. */
const OBJECT_BYTES = 300;

/**
 * Items that were hits of an index, as they were when they were read. They are as they are while the index knows of no change of them: what
 * it hears of is forgotten in the same step, and a search that must see a change waits until the index has heard of it. An item
 * that was read while the index heard of something is not kept, because it may have been read before that change.
 */
export class ItemCache {
  readonly #items = new LRUCache<number, FoundItem>({ maxSize: MOST_BYTES, sizeCalculation: sizeOf });
  /** Raised with every change heard of. */
  #changes = 0;

  get bytes(): number {
    return this.#items.calculatedSize;
  }

  /** Called in the step in which the index hears of it. */
  forget(ids: Iterable<number>): void {
    this.#changes++;
    for (const id of ids) this.#items.delete(id);
  }

  /**
   * The items there are of these.
   * @param read gives those that are not kept, by id; what there is not is left out
   */
  async get(
    ids: readonly number[],
    read: (ids: readonly number[]) => Promise<ReadonlyMap<number, FoundItem>>,
  ): Promise<ReadonlyMap<number, FoundItem>> {
    const found = new Map<number, FoundItem>();
    const missing: number[] = [];
    for (const id of ids) {
      const item = this.#items.get(id);
      if (item === undefined) missing.push(id);
      else found.set(id, item);
    }
    if (missing.length === 0) return found;
    const changes = this.#changes;
    const rows = await read(missing);
    for (const id of missing) {
      const item = rows.get(id);
      if (item === undefined) continue;
      found.set(id, item);
      if (changes === this.#changes) this.#items.set(id, item);
    }
    return found;
  }
}

/** Metadata counts as the text that it is in the database: about what its objects take, twice. */
function sizeOf({ content, externalId, label, metadata }: FoundItem): number {
  const text = content.length + (externalId?.length ?? 0) + (label?.length ?? 0);
  return OBJECT_BYTES + 2 * text + 2 * JSON.stringify(metadata).length;
}
