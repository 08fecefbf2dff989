import type { QuartetError } from '../../domain/errors.ts';
import { isVerdict, type JobContext } from '../handler.ts';

/** What a handler needs of an attempt at a row that can be cancelled. */
export interface CancellableAttempt {
  readonly over: AbortSignal;
  fail(error: QuartetError): Promise<void>;
  close(): Promise<void>;
}

/** Works at an attempt until it is done, over, handed on, or FAILED by a verdict; closes it. */
export async function attempted(
  attempt: CancellableAttempt,
  { signal }: Pick<JobContext, 'signal'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    // What the end of its child looks like says nothing: that it was cancelled does.
    attempt.over.throwIfAborted();
    if (!isVerdict(error)) throw error;
    await attempt.fail(error);
  } finally {
    await attempt.close();
  }
}
