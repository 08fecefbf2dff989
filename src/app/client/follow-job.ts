import { type ErrorCode, QuartetError } from '../../domain/errors.ts';
import { FINAL_STATUSES } from '../../domain/training.ts';
import type { Session } from '../session.ts';
import { cancellable } from './cancel.ts';
import type { JobFields } from './operations.ts';

const SHORTEST_PAUSE = 50;
const LONGEST_PAUSE = 1_000;

/**
 * Asks again and again, first quickly, then once a second, until the job is final. A first Ctrl-C cancels it (`cancellable`).
 * @throws QuartetError the job's own error when it FAILED, CANCELLED when it was
 */
export async function untilFinal<T extends JobFields>(
  session: Pick<Session, 'connection' | 'output'>,
  first: T,
  again: () => Promise<T | null>,
  onState: (job: T) => void,
): Promise<T> {
  return await cancellable(session, first.id, async () => {
    let job = first;
    for (let pause = SHORTEST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
      onState(job);
      if (FINAL_STATUSES.includes(job.status)) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
      const next = await again();
      if (next === null) throw new QuartetError('NOT_FOUND', 'It was deleted while it was being worked on.');
      job = next;
    }
    return throwUnlessDone(job);
  });
}

export function throwUnlessDone<T extends JobFields>(job: T): T {
  if (job.status === 'CANCELLED') throw new QuartetError('CANCELLED', 'It was cancelled.');
  if (job.status === 'FAILED') {
    throw new QuartetError((job.error?.code ?? 'TRAINING_FAILED') as ErrorCode, job.error?.message ?? 'It failed.');
  }
  return job;
}
