import { setTimeout as sleep } from 'node:timers/promises';

/*
 * The guardian of an ephemeral place removes it when its last user has left, and then the names of the place go while other
 * processes are about to join. Whoever works on a place without holding its lock may find any of them gone between two steps.
 */

const ATTEMPTS = 200;
const PAUSE = 5;

/** Whether a step failed because a name was gone. */
export function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/**
 * Runs the steps, and again from the first one when the place was removed halfway. They must bear repetition.
 * @throws the last error when a name is still missing after a second or two, so that it never comes
 */
export async function despiteRemoval<T>(steps: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await steps();
    } catch (error) {
      if (!isGone(error) || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE + Math.random() * PAUSE);
    }
  }
}
