/**
 * Reads values by key for many callers at once. What is asked for while reads are under way is read together: under load that
 * is far fewer statements, and alone a caller does not wait. A read always begins after it was asked for, so that what was
 * committed before is seen.
 */
export class Coalesced<K, V> {
  readonly #read: (keys: readonly K[]) => Promise<Map<K, V>>;
  readonly #atOnce: number;
  readonly #turns: number;
  #underWay = 0;
  #gathering = false;
  #waiting: { keys: readonly K[]; resolve(values: Map<K, V>): void; reject(error: unknown): void }[] = [];

  /**
   * @param read gives the values there are, by key
   * @param atOnce reads under way at a time. 2: one is answered while the next is on its way. 1: the fewest reads, where the caller
   * has something to do meanwhile.
   * @param turns of the event loop that a read waits for what else is asked: fewer reads still. An idle loop takes some microseconds
   * a turn; in a busy one other work is done meanwhile. 0: none.
   */
  constructor(
    read: (keys: readonly K[]) => Promise<Map<K, V>>,
    { atOnce = 2, turns = 0 }: { readonly atOnce?: number; readonly turns?: number } = {},
  ) {
    this.#read = read;
    this.#atOnce = atOnce;
    this.#turns = turns;
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
    if (this.#turns === 0) {
      this.#send();
      return;
    }
    if (this.#gathering || this.#underWay >= this.#atOnce) return;
    this.#gathering = true;
    let left = this.#turns;
    const turn = () => {
      if (--left > 0) {
        setImmediate(turn);
        return;
      }
      this.#gathering = false;
      this.#send();
    };
    setImmediate(turn);
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
