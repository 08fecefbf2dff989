import { withoutDeadline } from './deadline.ts';

export interface LeasedCacheOptions<V> {
  /** Idle values are let go, the longest unused first, while all together are larger than this. */
  readonly capacity: number;
  /** In the unit of `capacity`. Asked again after each use: a value may grow. */
  sizeOf(value: V): number;
  /** Called once for a value that was let go, when nobody uses it any more. */
  dispose?(value: V): Promise<void> | void;
}

interface Entry<V> {
  readonly loading: Promise<V>;
  value: { readonly loaded: V } | null;
  users: number;
  dropped: boolean;
}

/**
 * Large things that are loaded once, however many ask at the same time, kept while there is room, and never disposed under
 * somebody's hands: a value is reached only inside `use`, which holds a lease on it.
 */
export class LeasedCache<V> {
  readonly #options: LeasedCacheOptions<V>;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry<V>>();

  constructor(options: LeasedCacheOptions<V>) {
    this.#options = options;
  }

  /** Runs `fn` with the value, loaded by `load` if it is not there. A load that fails is not kept. */
  async use<T>(key: string, load: () => Promise<V>, fn: (value: V) => T | Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? { loading: withoutDeadline(load), value: null, users: 0, dropped: false };
    // To the end: used last.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users++;
    try {
      entry.value ??= { loaded: await entry.loading };
      return await fn(entry.value.loaded);
    } catch (error) {
      if (entry.value === null && this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    } finally {
      entry.users--;
      await this.#disposeIfOver(entry);
      await this.#shrink();
    }
  }

  /** The value if it is loaded. For a look at it only: without a lease it may be disposed at the next `await`. */
  peek(key: string): V | undefined {
    return this.#entries.get(key)?.value?.loaded;
  }

  /** Lets go of a value: at once when idle, else when its last user is done. */
  async drop(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    entry.dropped = true;
    await this.#disposeIfOver(entry);
  }

  async clear(): Promise<void> {
    for (const key of [...this.#entries.keys()]) await this.drop(key);
  }

  async #shrink(): Promise<void> {
    const { capacity, sizeOf } = this.#options;
    let total = 0;
    for (const { value } of this.#entries.values()) total += value === null ? 0 : sizeOf(value.loaded);
    for (const [key, { value, users }] of [...this.#entries]) {
      // The last one stays however large it is, else it would be loaded anew for each use.
      if (total <= capacity || this.#entries.size <= 1) return;
      if (users > 0 || value === null) continue;
      total -= sizeOf(value.loaded);
      await this.drop(key);
    }
  }

  async #disposeIfOver(entry: Entry<V>): Promise<void> {
    if (!entry.dropped || entry.users > 0 || entry.value === null) return;
    const { loaded } = entry.value;
    entry.value = null;
    await this.#options.dispose?.(loaded);
  }
}
