import type { IndexRebuildId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { IndexRebuildsService } from '../../services/index-rebuilds.ts';
import { type Handler, isVerdict } from '../handler.ts';

export interface RebuildIndexHandlerDeps {
  readonly rebuilds: IndexRebuildsService;
  /** Backend that images and vectors are encoded on. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Makes the files of an index version anew, in a child process; the old ones serve until the new ones are there. */
export function createRebuildIndexHandler({ rebuilds, backend = 'auto' }: RebuildIndexHandlerDeps): Handler {
  return {
    unfinished: () => rebuilds.unfinished(),
    giveUp: (id, error) => rebuilds.giveUp(id as IndexRebuildId, error),
    async run(id, context) {
      const rebuild = await rebuilds.claim(id as IndexRebuildId);
      if (rebuild === null) return;
      try {
        const built = await context.runChild(
          'build-index',
          { ...(await rebuild.spec()), backend },
          {
            onEvent: ({ done, total }) => rebuild.progress(done, total),
          },
        );
        await rebuild.succeed(built);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!isVerdict(error)) throw error;
        await rebuild.fail(error);
      }
    },
  };
}
