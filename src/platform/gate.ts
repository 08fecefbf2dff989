import type { Deadline } from './deadline.ts';

export interface GateOptions {
  /** Tasks that run at the same time, from 1. */
  readonly atOnce: number;
  /** Tasks that may wait for their turn, from 0. */
  readonly waiting: number;
  /** The longest wait for a turn, in ms. */
  readonly patience: number;
  /** What a task that is not let in is told. */
  busy(): Error;
}

interface Waiting {
  enter(): void;
  refuse(reason: unknown): void;
}

/**
 * Lets so many tasks run at a time, in the order in which they came, and so many more wait for so long; the rest is refused at
 * once, which costs nothing and tells its sender to come again, where an endless queue would only answer later and later.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #queue = new Set<Waiting>();
  #inside = 0;

  constructor(options: GateOptions) {
    this.#options = Object.freeze({ ...options });
  }

  /** Tasks that run now. */
  get inside(): number {
    return this.#inside;
  }

  /** Tasks that wait now. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** @throws what `busy` gives, the reason of a deadline that is over before its turn, else what `task` throws */
  async run<T>(task: () => Promise<T>, over?: Deadline): Promise<T> {
    await this.#enter(over);
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  async #enter(over: Deadline | undefined): Promise<void> {
    over?.throwIfOver();
    const { atOnce, waiting, patience, busy } = this.#options;
    if (this.#inside < atOnce && this.#queue.size === 0) {
      this.#inside++;
      return;
    }
    if (this.#queue.size >= waiting) throw busy();
    await new Promise<void>((resolve, reject) => {
      const settle = (how: () => void) => {
        clearTimeout(timer);
        forget?.();
        this.#queue.delete(one);
        how();
      };
      const one: Waiting = { enter: () => settle(resolve), refuse: (reason) => settle(() => reject(reason)) };
      const timer = setTimeout(() => one.refuse(busy()), patience);
      const forget = over?.onEnd(one.refuse);
      this.#queue.add(one);
    });
  }

  /** The place of a task that ends goes to the one that waits longest, if any does: nobody who comes later gets in between. */
  #leave(): void {
    const [next] = this.#queue;
    if (next === undefined) this.#inside--;
    else next.enter();
  }
}
