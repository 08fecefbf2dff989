import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * Work for a request ends with it: when it takes too long, or when whoever asked has left. The signal goes with the request like
 * its id, so that what computes for long can look at it wherever it gives way to other work (turns.ts).
 */
const current = new AsyncLocalStorage<AbortSignal | undefined>();

/** Runs `fn`; what gives way in it, however deep, ends with the signal's reason once it is aborted. */
export function withDeadline<T>(signal: AbortSignal, fn: () => T): T {
  return current.run(signal, fn);
}

/** Runs `fn` to its end: what it does is for others too. */
export function withoutDeadline<T>(fn: () => T): T {
  return current.run(undefined, fn);
}

/** Of the request being answered; undefined where there is none. */
export function deadline(): AbortSignal | undefined {
  return current.getStore();
}

/** @throws the reason when the request is over */
export function throwIfOver(): void {
  current.getStore()?.throwIfAborted();
}
