import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** Runs `fn`; everything logged in it, however deep, carries the id. */
export function withRequestId<T>(id: string, fn: () => T): T {
  return current.run(id, fn);
}

/** Of the request being answered; undefined outside of one. */
export function requestId(): string | undefined {
  return current.getStore();
}

/** The caller's own id where it is one that a log can hold, else a new one. */
export function requestIdFrom(given: unknown): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
