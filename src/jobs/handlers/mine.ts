import type { NegativeSetId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { MiningExecutionsService } from '../../services/mining-executions.ts';
import type { Handler } from '../handler.ts';
import { attempted } from './attempted.ts';

export interface MineHandlerDeps {
  readonly executions: MiningExecutionsService;
  /** What images and vectors are encoded on. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Mines hard negatives in a child process. Parts that are done are kept, so that a mining that was interrupted goes on behind them. */
export function createMineHandler({ executions, backend = 'auto' }: MineHandlerDeps): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error) => executions.giveUp(id as NegativeSetId, error),
    async run(id, context) {
      const execution = await executions.claim(id as NegativeSetId);
      if (execution === null) return;
      await attempted(execution, context, async () => {
        const mined = await context.runChild(
          'mine-negatives',
          { ...(await execution.spec()), backend },
          {
            onEvent: async (event) => {
              await execution.part(event);
              context.progressed();
            },
            signal: execution.over,
          },
        );
        await execution.succeed(mined);
      });
    },
  };
}
