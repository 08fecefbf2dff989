import { ClientError } from './client-error.ts';
import { pause } from './retry.ts';

/** Long work as every job shows it. */
export interface Job {
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const FINAL = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
const SHORTEST_PAUSE = 50;
const LONGEST_PAUSE = 1_000;

/**
 * Asks for a job again and again, first quickly, then once a second, until it is final.
 * @param ask the job now; null when it is gone
 * @throws ClientError with the job's own code when it failed, CANCELLED, NOT_FOUND; the signal's reason
 */
export async function untilFinished<T extends Job>(
  ask: () => Promise<T | null | undefined>,
  { signal, onState }: { readonly signal?: AbortSignal | undefined; readonly onState?: (job: T) => void } = {},
): Promise<T> {
  for (let rest = SHORTEST_PAUSE; ; rest = Math.min(LONGEST_PAUSE, rest * 1.5)) {
    const job = await ask();
    if (job === null || job === undefined) throw new ClientError('NOT_FOUND', 'There is no such job any more.');
    onState?.(job);
    if (FINAL.includes(job.status)) return succeeded(job);
    await pause(rest, signal);
  }
}

/** @throws ClientError unless the job, which has ended, did its work */
export function succeeded<T extends Job>(job: T): T {
  if (job.status === 'CANCELLED') throw new ClientError('CANCELLED', 'It was cancelled.');
  if (job.status === 'FAILED') {
    throw new ClientError(job.error?.code ?? 'JOB_FAILED', job.error?.message ?? 'It failed.');
  }
  return job;
}
