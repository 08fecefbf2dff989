import type { MapId } from '../../domain/ids.ts';
import type { MapExecutionsService } from '../../services/map-executions.ts';
import type { Handler } from '../handler.ts';
import { attempted } from './attempted.ts';

/** Draws an index in a child process. A drawing that was interrupted begins anew: it is a minute at most. */
export function createMapIndexHandler({ executions }: { readonly executions: MapExecutionsService }): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error) => executions.giveUp(id as MapId, error),
    async run(id, context) {
      const execution = await executions.claim(id as MapId);
      if (execution === null) return;
      await attempted(execution, context, async () => {
        const drawn = await context.runChild('map-index', await execution.spec(), {
          onEvent: ({ done, total }) => execution.progress(done, total),
          signal: execution.over,
        });
        await execution.succeed(drawn);
      });
    },
  };
}
