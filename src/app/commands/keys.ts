import { Command, InvalidArgumentError } from 'commander';
import { DAY } from '../../platform/clock.ts';
import { API_KEYS, type ApiKeyFields, CREATE_API_KEY, REVOKE_API_KEY } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { clientCommand, examples, given } from './options.ts';

interface CreateOptions extends SessionOptions {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly namespace?: string;
  readonly expires?: number;
}

interface ListOptions extends SessionOptions {
  readonly namespace?: string;
}

const SCOPES = ['READ', 'WRITE', 'TRAIN', 'ADMIN'];

export function keysCommand(): Command {
  return new Command('keys')
    .description('create, list and revoke the keys that clients of the API send')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
    .addHelpText(
      'after',
      `
A client sends its key as "Authorization: Bearer qk_…". A key reaches one namespace and nothing of any other; a namespace is
there as soon as a key names it. On the machine of the data directory commands need no key.${examples([
        'quartet keys create --name "search page" --scopes read',
        'quartet keys create --name acme --namespace acme --scopes write,train --expires 90',
        'quartet keys list',
        'quartet keys revoke KEY',
      ])}`,
    );
}

function createCommand(): Command {
  return clientCommand('create')
    .description('create a key; it is shown once and kept nowhere')
    .requiredOption('--name <text>', 'what it is for')
    .option('--scopes <list>', 'what it may do: read, write, train (both with read), admin', scopesOf, ['READ'])
    .option('--namespace <name>', 'what it reaches (default: "default")')
    .option('--expires <days>', 'days until it ends (default: never)', days)
    .addHelpText('after', examples(['quartet keys create --name "search page" --scopes read']))
    .action((options: CreateOptions) => withSession(options, (session) => create(session, options)));
}

function listCommand(): Command {
  return clientCommand('list')
    .description('list keys, newest first, with those that have ended')
    .option('--namespace <name>', 'only those of this namespace')
    .addHelpText('after', examples(['quartet keys list --namespace acme']))
    .action((options: ListOptions) => withSession(options, (session) => list(session, options)));
}

function revokeCommand(): Command {
  return clientCommand('revoke')
    .description('end a key at once')
    .argument('<key>', 'its id, as `quartet keys list` shows it')
    .addHelpText('after', examples(['quartet keys revoke KEY']))
    .action((apiKeyId: string, options: SessionOptions) =>
      withSession(options, async ({ connection, output }) => {
        const { apiKey } = await connection.mutate<{ apiKey: ApiKeyFields }>('revokeApiKey', REVOKE_API_KEY, {
          apiKeyId,
        });
        output.result(`Key ${apiKey.prefix}… (${apiKey.name}) is revoked.`, apiKey);
      }),
    );
}

async function create({ connection, output }: Session, options: CreateOptions): Promise<void> {
  const { name, scopes, namespace, expires } = options;
  const expiresAt = expires === undefined ? undefined : new Date(Date.now() + expires * DAY).toISOString();
  const input = { name, scopes, ...given({ namespace, expiresAt }) };
  const { apiKey, secret } = await connection.mutate<{ apiKey: ApiKeyFields; secret: string }>(
    'createApiKey',
    CREATE_API_KEY,
    input,
  );
  output.note(`Key of namespace "${apiKey.namespace}" with ${apiKey.scopes.join(', ')}, shown this once:`);
  output.result(secret, { ...apiKey, secret });
}

async function list({ connection, output }: Session, { namespace }: ListOptions): Promise<void> {
  const keys: ApiKeyFields[] = [];
  let after: string | null = null;
  do {
    const { apiKeys }: ApiKeysPage = await connection.query(API_KEYS, { namespace, after });
    keys.push(...apiKeys.nodes);
    after = apiKeys.pageInfo.hasNextPage ? apiKeys.pageInfo.endCursor : null;
  } while (after !== null);
  const lines = keys.map((key) => {
    const state = key.revokedAt === null ? (key.expiresAt === null ? '' : `until ${key.expiresAt}`) : 'revoked';
    const used = key.lastUsedAt === null ? 'never used' : `used ${key.lastUsedAt}`;
    return [`${key.prefix}…`, key.namespace, key.scopes.join(','), JSON.stringify(key.name), used, state, key.id]
      .filter((part) => part !== '')
      .join('  ');
  });
  output.result(lines.join('\n') || 'There are no keys yet.', keys);
}

interface ApiKeysPage {
  readonly apiKeys: {
    readonly nodes: readonly ApiKeyFields[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

function scopesOf(text: string): string[] {
  const scopes = text.split(',').map((scope) => scope.trim().toUpperCase());
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of read, write, train, admin.`);
  return scopes;
}

function days(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 36_500)) throw new InvalidArgumentError('It must be a number of days.');
  return value;
}
