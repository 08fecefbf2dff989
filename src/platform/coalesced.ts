/**
 * Reads values by key for many callers at once. What is asked for while reads are under way is read together: under load that
 * is far fewer statements, and alone a caller does not wait. A read always begins after it was asked for, so that what was
 * committed before is seen.
 */
export class Coalesced<K, V> {
  readonly #read: (keys: readonly K[]) => Promise<Map<K, V>>;
  readonly #atOnce: number;
  readonly #gathers: boolean;
  #underWay = 0;
  #gathering = false;
  #waiting: { keys: readonly K[]; resolve(values: Map<K, V>): void; reject(error: unknown): void }[] = [];

  /**
   * @param read gives the values there are, by key
   * @param atOnce reads under way at a time. 2: one is answered while the next is on its way. 1: the fewest reads, where the caller
   * has something to do meanwhile.
   * @param gathers whether a read waits for the end of the present turn of the event loop, for what else is asked in it: fewer reads still
   */
  constructor(
    read: (keys: readonly K[]) => Promise<Map<K, V>>,
    { atOnce = 2, gathers = false }: { readonly atOnce?: number; readonly gathers?: boolean } = {},
  ) {
    this.#read = read;
    this.#atOnce = atOnce;
    this.#gathers = gathers;
  }

  /** @returns by key, perhaps with others that were asked for at the same time; what there is not is left out */
  get(keys: readonly K[]): Promise<Map<K, V>> {
    if (keys.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ keys, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (!this.#gathers) {
      this.#send();
      return;
    }
    if (this.#gathering || this.#underWay >= this.#atOnce) return;
    this.#gathering = true;
    setImmediate(() => {
      this.#gathering = false;
      this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#underWay >= this.#atOnce || this.#waiting.length === 0) return;
    const together = this.#waiting;
    this.#waiting = [];
    this.#underWay++;
    try {
      const values = await this.#read([...new Set(together.flatMap(({ keys }) => keys))]);
      for (const { resolve } of together) resolve(values);
    } catch (error) {
      for (const { reject } of together) reject(error);
    } finally {
      this.#underWay--;
      this.#next();
    }
  }
}
