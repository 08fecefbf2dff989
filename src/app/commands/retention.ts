import type { Command } from 'commander';
import { datasetNamed } from '../client/find.ts';
import { SET_RETENTION } from '../client/operations.ts';
import { type SessionOptions, withSession } from '../session.ts';
import { clientCommand, examples, whole } from './options.ts';

interface RetentionOptions extends SessionOptions {
  readonly dataset?: string;
  readonly keep?: number;
  readonly days: number;
}

export function retentionCommand(): Command {
  return clientCommand('retention')
    .description('say which old index versions of a dataset go by themselves')
    .option('--dataset <name>', 'dataset they are of (default: the only one there is)')
    .option('--keep <n>', 'newest versions that stay (default: all, nothing goes by itself)', whole)
    .option('--days <n>', 'versions stay so many days after they were built', whole, 0)
    .addHelpText(
      'after',
      `\nWhat an alias needs stays in any case, and so does what was searched in the last hour.${examples([
        'quartet retention --dataset faq --keep 3 --days 14',
        'quartet retention --dataset faq',
      ])}`,
    )
    .action((options: RetentionOptions) =>
      withSession(options, async ({ connection, output }) => {
        const { id, name } = await datasetNamed(connection, options.dataset);
        const input = { datasetId: id, keepVersions: options.keep ?? null, keepDays: options.days };
        const { dataset } = await connection.mutate<{ dataset: Retention }>('setRetention', SET_RETENTION, input);
        const { retention } = dataset;
        const said =
          retention === null
            ? 'nothing goes by itself'
            : `all but the newest ${retention.keepVersions} go once they are ${retention.keepDays} days old`;
        output.result(`Index versions of "${name}": ${said}.`, dataset);
      }),
    );
}

interface Retention {
  readonly retention: { readonly keepVersions: number; readonly keepDays: number } | null;
}
