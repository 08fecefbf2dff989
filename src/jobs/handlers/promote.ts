import type { PromotionId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { PromotionExecutionsService } from '../../services/promotion-executions.ts';
import { type Handler, isVerdict } from '../handler.ts';

export interface PromoteHandlerDeps {
  readonly executions: PromotionExecutionsService;
  /** Backend that the measuring runs on. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Holds a new encoder against the present one in a child process, and moves the alias when it is better. */
export function createPromoteHandler({ executions, backend = 'auto' }: PromoteHandlerDeps): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error) => executions.giveUp(id as PromotionId, error),
    async run(id, context) {
      const execution = await executions.claim(id as PromotionId);
      if (execution === null) return;
      try {
        const verdict = await context.runChild('compare-encoders', { ...(await execution.spec()), backend });
        await execution.conclude(verdict);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!isVerdict(error)) throw error;
        await execution.fail(error);
      }
    },
  };
}
