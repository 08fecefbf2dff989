import { setTimeout as sleep } from 'node:timers/promises';
import type { RefinementId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { RefinementExecutionsService } from '../../services/refinement-executions.ts';
import type { Handler } from '../handler.ts';
import { attempted } from './attempted.ts';

export interface RefineHandlerDeps {
  readonly executions: RefinementExecutionsService;
  /** Backend that the comparing runs on. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Between two looks at a job that a refinement waits for. */
const LOOK_MS = 500;

/**
 * Conducts a refinement: its trainings, indexes and minings are jobs of their own queues, which this or other workers do. It only
 * compares encoders itself, in a child process.
 */
export function createRefineHandler({ executions, backend = 'auto' }: RefineHandlerDeps): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error) => executions.giveUp(id as RefinementId, error),
    async run(id, context) {
      const execution = await executions.claim(id as RefinementId);
      if (execution === null) return;
      const signal = AbortSignal.any([context.signal, execution.over]);
      await attempted(execution, context, async () => {
        for (;;) {
          signal.throwIfAborted();
          const step = await execution.next();
          if (step.kind === 'done') return;
          if (step.kind === 'wait') await sleep(LOOK_MS, undefined, { signal });
          if (step.kind === 'advanced') context.progressed();
          if (step.kind !== 'compare') continue;
          const spec = { ...step.spec, backend };
          await execution.compared(await context.runChild('compare-encoders', spec, { signal: execution.over }));
          context.progressed();
        }
      });
    },
  };
}
