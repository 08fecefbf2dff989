import { AsyncLocalStorage } from 'node:async_hooks';

/** The end of some work, for a reason: when it takes too long, or when whoever asked has left. As an AbortSignal, of which one a request is dear. */
export class Deadline {
  #isOver = false;
  #reason: unknown;
  readonly #listeners = new Set<(reason: unknown) => void>();

  /** Once: what comes later has no effect. */
  end(reason: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }

  /** @throws the reason when it is over */
  throwIfOver(): void {
    if (this.#isOver) throw this.#reason;
  }

  /** Calls `listener` at the end, if that is still to come. @returns lets it go */
  onEnd(listener: (reason: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/*
 * Work for a request ends with it. Its deadline goes with the request like its id, so that what computes for long can look at it
 * wherever it gives way to other work (turns.ts).
 */
const current = new AsyncLocalStorage<Deadline | undefined>();

/** Runs `fn`; what gives way in it, however deep, ends with the deadline's reason once it is over. */
export function withDeadline<T>(deadline: Deadline, fn: () => T): T {
  return current.run(deadline, fn);
}

/** Runs `fn` to its end: what it does is for others too. */
export function withoutDeadline<T>(fn: () => T): T {
  return current.run(undefined, fn);
}

/** Of the request being answered; undefined where there is none. */
export function deadline(): Deadline | undefined {
  return current.getStore();
}

/** @throws the reason when the request is over */
export function throwIfOver(): void {
  current.getStore()?.throwIfOver();
}
