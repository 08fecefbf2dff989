import type { IndexId } from '../../domain/ids.ts';
import type { BackendName } from '../../domain/training.ts';
import type { IndexBuildsService } from '../../services/index-builds.ts';
import type { Handler } from '../handler.ts';
import { attempted } from './attempted.ts';

export interface BuildIndexHandlerDeps {
  readonly builds: IndexBuildsService;
  /** Backend that images and vectors are encoded on. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/** Builds an index version in a child process. A build that was interrupted begins anew: it is minutes, not hours. */
export function createBuildIndexHandler({ builds, backend = 'auto' }: BuildIndexHandlerDeps): Handler {
  return {
    unfinished: () => builds.unfinished(),
    giveUp: (id, error) => builds.giveUp(id as IndexId, error),
    async run(id, context) {
      const build = await builds.claim(id as IndexId);
      if (build === null) return;
      await attempted(build, context, async () => {
        const built = await context.runChild(
          'build-index',
          { ...(await build.spec()), backend },
          {
            onEvent: ({ done, total }) => build.progress(done, total),
            signal: build.over,
          },
        );
        await build.succeed(built);
      });
    },
  };
}
