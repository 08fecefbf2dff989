import type { IndexId } from '../../domain/ids.ts';
import type { IndexBuildsService } from '../../services/index-builds.ts';
import { type Handler, isVerdict } from '../handler.ts';

/** Builds an index version in a child process. A build that was interrupted begins anew: it is minutes, not hours. */
export function createBuildIndexHandler({ builds }: { readonly builds: IndexBuildsService }): Handler {
  return {
    unfinished: () => builds.unfinished(),
    giveUp: (id, error) => builds.giveUp(id as IndexId, error),
    async run(id, context) {
      const build = await builds.claim(id as IndexId);
      if (build === null) return;
      try {
        const built = await context.runChild('build-index', await build.spec(), {
          onEvent: ({ done, total }) => build.progress(done, total),
        });
        await build.succeed(built);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!isVerdict(error)) throw error;
        await build.fail(error);
      }
    },
  };
}
