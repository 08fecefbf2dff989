import path from 'node:path';
import type { QuartetError } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { RunExecution, RunExecutionsService } from '../../services/run-execution.ts';
import type { WorkEvent } from '../../services/work/index.ts';
import { type Handler, isVerdict, type JobContext } from '../handler.ts';
import { mineBeside } from './train-refreshes.ts';

export interface TrainHandlerDeps {
  readonly executions: RunExecutionsService;
  /** Backend of runs whose config leaves the choice open. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Trains in a child process; what it reports goes into the run's log, what it writes becomes artifacts of the run. */
export function createTrainHandler({ executions, backend = 'auto' }: TrainHandlerDeps): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error: QuartetError) => executions.giveUp(id as RunId, error),
    async run(id, context) {
      const execution = await executions.claim(id as RunId);
      if (execution === null) return;
      context.signal.addEventListener('abort', () => execution.abandon(), { once: true });
      try {
        await train(execution, context, backend);
      } catch (error) {
        context.signal.throwIfAborted();
        execution.over.throwIfAborted();
        if (!isVerdict(error)) throw error;
        await execution.fail(error);
      } finally {
        await execution.close();
      }
    },
  };
}

async function train(execution: RunExecution, context: JobContext, choice: BackendName | 'auto'): Promise<void> {
  const { run, over, pauseRequested: pause } = execution;
  const snapshotPath = await execution.snapshot();
  const resume = await execution.resumePoint();
  if (resume !== null) {
    const message = `going on from the checkpoint of step ${resume.step}`;
    await execution.record({ kind: 'log', level: 'info', message });
  }
  const mining = run.config.refresh
    ? await mineBeside(execution.refreshes, context, { snapshotPath, backend: choice })
    : null;
  const spec = {
    runId: run.id,
    config: run.config,
    snapshotPath,
    resume: resume === null ? null : { dir: resume.dir },
    guideDir: await execution.guide(),
    negatives: await execution.negatives(),
    ...(mining === null ? {} : { refreshesDir: mining.dir }),
    // Only on the backend it began with does a run go on with the same numbers.
    backend: run.backend ?? choice,
    checkpointsDir: path.join(context.workDir, 'checkpoints'),
  };
  const onEvent = async (event: WorkEvent<'train'>) => {
    if (event.kind === 'plan') return execution.plan(event);
    if (event.kind === 'refresh') return mining?.begin(event);
    if (event.kind !== 'checkpoint') return execution.record(event);
    await execution.checkpoint(event);
    context.progressed();
  };
  const signal = mining === null ? over : AbortSignal.any([over, mining.failed]);
  const trained = await context
    .runChild('train', spec, { onEvent, signal, pause })
    .catch((error) => {
      mining?.failed.throwIfAborted();
      throw error;
    })
    .finally(() => mining?.end());
  if (trained === 'paused') await execution.pause();
  else await execution.succeed(trained);
}
