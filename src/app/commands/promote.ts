import type { Command } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import { datasetNamed } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import {
  ALIASES,
  NEWEST_INDEX,
  PROMOTE_INDEX,
  PROMOTION,
  type PromotionFields,
  ROLLBACK_ALIAS,
} from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { digits } from '../terminal/output.ts';
import { clientCommand, examples, given } from './options.ts';

interface AliasOptions extends SessionOptions {
  readonly dataset?: string;
  readonly alias: string;
}

interface PromoteOptions extends AliasOptions {
  readonly index?: string;
  readonly override?: string;
}

const DEFAULT_ALIAS = 'live';

export function promoteCommand(): Command {
  return clientCommand('promote')
    .description('point an alias at an index, if its encoder is better on the validation split than the present one')
    .option('--dataset <name>', 'dataset of the alias (default: the only one there is)')
    .option('--index <id>', 'index to promote (default: the newest of the dataset)')
    .option('--alias <name>', 'alias to move; made when it is not there', DEFAULT_ALIAS)
    .option('--override <reason>', 'move it whatever the figures; the reason is kept')
    .addHelpText(
      'after',
      examples([
        'quartet promote --dataset faq',
        'quartet promote --dataset faq --alias staging --override "new answers have to be found today"',
        'quartet search "reset my password" --dataset faq --alias live',
      ]),
    )
    .action((options: PromoteOptions) => withSession(options, (session) => promote(session, options)));
}

export function rollbackCommand(): Command {
  return clientCommand('rollback')
    .description('point an alias at the index it had before')
    .option('--dataset <name>', 'dataset of the alias (default: the only one there is)')
    .option('--alias <name>', 'alias to move back', DEFAULT_ALIAS)
    .addHelpText('after', examples(['quartet rollback --dataset faq']))
    .action((options: AliasOptions) => withSession(options, (session) => rollback(session, options)));
}

async function promote({ connection, output }: Session, options: PromoteOptions): Promise<void> {
  const { name } = await datasetNamed(connection, options.dataset);
  const { alias, override } = options;
  const indexId = options.index ?? (await newestIndex(connection, name));
  const input = { indexId, alias, ...given({ overrideReason: override }) };
  const { promotion } = await connection.mutate<{ promotion: PromotionFields }>('promoteIndex', PROMOTE_INDEX, input);
  if (promotion.status === 'QUEUED') output.note('Comparing the encoders …');
  const done = await untilFinal(
    { connection, output },
    promotion,
    async () =>
      (await connection.query<{ promotion: PromotionFields | null }>(PROMOTION, { id: promotion.id })).promotion,
    () => {},
  );
  output.result(describe(done, name), done);
  if (done.moved !== true) process.exitCode = 1;
}

function describe({ moved, verdict, alias, basis }: PromotionFields, dataset: string): string {
  const figures =
    verdict === null
      ? `(${basis.toLowerCase().replace('_', ' ')})`
      : `${verdict.metric} ${digits(verdict.baseline)} -> ${digits(verdict.best)}, 95 % interval of the difference ${digits(verdict.low)} to ${digits(verdict.high)}`;
  return moved === true
    ? `"${alias.name}" of "${dataset}" has moved: ${figures}\nNext: quartet search "your words" --dataset ${dataset} --alias ${alias.name}`
    : `"${alias.name}" of "${dataset}" stays where it is, the new encoder is not better: ${figures}`;
}

async function newestIndex(connection: Session['connection'], name: string): Promise<string> {
  const { dataset } = await connection.query<{ dataset: { indexes: { nodes: readonly { id: string }[] } } | null }>(
    NEWEST_INDEX,
    { name },
  );
  const [newest] = dataset?.indexes.nodes ?? [];
  if (newest !== undefined) return newest.id;
  throw new QuartetError(
    'NOT_READY',
    `"${name}" has no index yet. Build one with \`quartet index --dataset ${name}\`.`,
  );
}

async function rollback({ connection, output }: Session, options: AliasOptions): Promise<void> {
  const { name } = await datasetNamed(connection, options.dataset);
  const { dataset } = await connection.query<{
    dataset: { aliases: { nodes: readonly { id: string; name: string }[] } } | null;
  }>(ALIASES, { name });
  const aliases = dataset?.aliases.nodes ?? [];
  const found = aliases.find((alias) => alias.name === options.alias);
  if (found === undefined) {
    const names = aliases.map((alias) => alias.name).join(', ') || 'none yet';
    throw new QuartetError('NOT_FOUND', `"${name}" has no alias "${options.alias}". Aliases here: ${names}.`);
  }
  const { promotion } = await connection.mutate<{ promotion: PromotionFields & { readonly index: { id: string } } }>(
    'rollbackAlias',
    ROLLBACK_ALIAS,
    { aliasId: found.id },
  );
  output.result(`"${options.alias}" of "${name}" is back at index ${promotion.index.id}.`, promotion);
}
