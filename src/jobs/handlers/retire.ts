import type { DatasetId } from '../../domain/ids.ts';
import type { IndexRetentionService } from '../../services/index-retention.ts';
import type { Handler } from '../handler.ts';

/** Lets go of a dataset's old index versions once an alias has moved. What is missed here is done within the hour: housekeeping does it too. */
export function createRetireHandler({ retention }: { readonly retention: IndexRetentionService }): Handler {
  return {
    unfinished: async () => [],
    giveUp: async () => {},
    async run(id, { logger }) {
      const { indexIds, bytes } = await retention.apply(id as DatasetId);
      if (indexIds.length > 0) logger.info({ indexes: indexIds, bytes }, 'let go of old index versions');
    },
  };
}
