import { parseGlobalId } from '../../api/global-ids.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { Session } from '../session.ts';
import {
  CANCEL_EVALUATION,
  CANCEL_IMPORT,
  CANCEL_INDEX,
  CANCEL_MAP,
  CANCEL_MINING,
  CANCEL_REFINEMENT,
  CANCEL_RUN,
  type JobFields,
} from './operations.ts';

/** By type of the id: the mutation that ends such a job, its argument, and what the job is called. */
const CANCELS = {
  TrainingRun: ['cancelRun', CANCEL_RUN, 'runId', 'training run'],
  IndexVersion: ['cancelIndex', CANCEL_INDEX, 'indexId', 'index build'],
  EmbeddingMap: ['cancelMap', CANCEL_MAP, 'mapId', 'map'],
  Import: ['cancelImport', CANCEL_IMPORT, 'importId', 'import'],
  Evaluation: ['cancelEvaluation', CANCEL_EVALUATION, 'evaluationId', 'evaluation'],
  HardNegativeSet: ['cancelMining', CANCEL_MINING, 'setId', 'mining'],
  Refinement: ['cancelRefinement', CANCEL_REFINEMENT, 'refinementId', 'refinement'],
} as const;

/** @returns the job, CANCELLED, and what it is called. @throws QuartetError BAD_INPUT for an id of something else, CONFLICT */
export async function cancelById(
  { connection }: Pick<Session, 'connection'>,
  id: string,
): Promise<{ readonly called: string; readonly job: JobFields }> {
  const cancel = cancelOf(id);
  if (cancel === undefined) {
    const jobs = Object.values(CANCELS).map(([, , , called]) => called);
    throw new QuartetError('BAD_INPUT', `${id} is no id of what can be cancelled: ${jobs.join(', ')}`);
  }
  const [name, document, argument, called] = cancel;
  const payload = await connection.mutate<Readonly<Record<string, JobFields>>>(name, document, { [argument]: id });
  const [job] = Object.values(payload);
  return { called, job: job as JobFields };
}

/** While `work` waits for a job, the first Ctrl-C cancels that job; the next one ends the command and leaves the job to go on. */
export async function cancellable<T>(
  session: Pick<Session, 'connection' | 'output'>,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  const called = cancelOf(id)?.[3];
  if (called === undefined) return await work();
  const onInterrupt = () => {
    session.output.note(`\nCancelling the ${called}. Press Ctrl-C again to leave it running.`);
    // Only the first one is ours: the next finds Node's own behaviour, which ends the process.
    cancelById(session, id).catch((error: Error) => session.output.note(error.message));
  };
  process.once('SIGINT', onInterrupt);
  try {
    return await work();
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function cancelOf(id: string): (typeof CANCELS)[keyof typeof CANCELS] | undefined {
  return CANCELS[parseGlobalId(id)?.type as keyof typeof CANCELS];
}
