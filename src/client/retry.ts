import { ClientError } from './client-error.ts';

export interface RetryOptions {
  /** Times a request is sent at most, the first included. Default 6; 1 turns repeats off. */
  readonly attempts?: number;
  /** Pause before the first repeat in ms, doubled with each. Default 200. */
  readonly base?: number;
  /** Longest pause in ms, a server's hint excepted. Default 10,000. */
  readonly cap?: number;
}

export const RETRY_DEFAULTS = { attempts: 6, base: 200, cap: 10_000 } as const;

/**
 * Sends until an answer comes, a refusal is final, or the attempts are used up.
 * @param repeats whether it may be sent again after this error, one that passes
 * @throws the last error; the signal's reason when it was aborted
 */
export async function retrying<T>(
  send: () => Promise<T>,
  repeats: (error: ClientError) => boolean,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<T> {
  const { attempts = RETRY_DEFAULTS.attempts } = options;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ClientError) || !error.passes || !repeats(error) || attempt >= attempts) throw error;
      await pause(delay(attempt, error.retryAfter, options), signal);
    }
  }
}

/**
 * Pause before the next attempt, in ms: anything between half and all of a pause that doubles, so that clients which lost one
 * server together don't come back together. A hint of the server is the least.
 * @param attempt those that failed so far, from 1
 */
export function delay(attempt: number, hint: number | undefined, options: RetryOptions, random = Math.random): number {
  const { base = RETRY_DEFAULTS.base, cap = RETRY_DEFAULTS.cap } = options;
  const whole = Math.min(cap, base * 2 ** (attempt - 1));
  const jittered = whole / 2 + (random() * whole) / 2;
  return hint === undefined ? jittered : hint + jittered / 2;
}

/** @throws the signal's reason when it is aborted meanwhile */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}
