import type { EvaluationId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { EvaluationExecutionsService } from '../../services/evaluation-executions.ts';
import type { Handler } from '../handler.ts';
import { attempted } from './attempted.ts';

export interface EvaluateHandlerDeps {
  readonly executions: EvaluationExecutionsService;
  /** Backend that the measuring runs on. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Measures an encoder in a child process. */
export function createEvaluateHandler({ executions, backend = 'auto' }: EvaluateHandlerDeps): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error) => executions.giveUp(id as EvaluationId, error),
    async run(id, context) {
      const execution = await executions.claim(id as EvaluationId);
      if (execution === null) return;
      await attempted(execution, context, async () => {
        const spec = { ...(await execution.spec()), backend };
        await execution.succeed(await context.runChild('evaluate', spec, { signal: execution.over }));
      });
    },
  };
}
