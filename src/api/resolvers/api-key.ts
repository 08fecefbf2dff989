import type { ApiKeyId } from '../../domain/ids.ts';
import { toConnection, uuidKey } from '../connections.ts';
import { payload } from '../errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { ApiKeyModel } from '../models.ts';
import { made, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

export const apiKeyResolvers = {
  ApiKey: { id: ({ id }) => toGlobalId('ApiKey', id) },
  Query: {
    viewer: (_root, _args, { principal }) => ({
      namespace: principal.namespace,
      scopes: [...principal.scopes],
      expiresAt: principal.expiresAt,
    }),
    apiKeys: (_root, { namespace, ...page }, { services, principal }) =>
      toConnection<ApiKeyModel, ApiKeyId>(
        page,
        uuidKey(),
        ({ id }) => id,
        (of) => services.keys.list(principal, namespace ?? undefined, of),
      ),
  },
  Mutation: {
    createApiKey: (_root, { input }, context) =>
      payload(async () => {
        const { services, principal } = context;
        let secret: string | null = null;
        const id = await services.idempotency.create(idempotent('createApiKey', input), async (tx) => {
          const created = await services.keys.create(principal, input, tx);
          secret = created.secret;
          return created.row.id;
        });
        return { apiKey: await made(context, 'ApiKey', id), secret };
      }),
    revokeApiKey: (_root, { input }, context) =>
      payload(async () => {
        const { id } = await required(context, 'ApiKey', input.apiKeyId, ['input', 'apiKeyId']);
        return { apiKey: await context.services.keys.revoke(id) };
      }),
  },
} satisfies Pick<Resolvers, 'ApiKey'> & RootFields;
