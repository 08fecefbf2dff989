import type { IdempotentRequest, OwnIdempotentRequest } from '../services/idempotency.ts';
import type { Context } from './context.ts';

/** The key of a mutation's input and what it stands for, null when the caller gave none. */
export function idempotent(
  mutation: string,
  { idempotencyKey, ...input }: { readonly idempotencyKey?: string | null | undefined },
): IdempotentRequest | null {
  return idempotencyKey === null || idempotencyKey === undefined ? null : { key: idempotencyKey, mutation, input };
}

/** The same as one of the caller's namespace, for a service that records it by itself. */
export function ownIdempotent(
  { principal: { namespace } }: Context,
  mutation: string,
  input: { readonly idempotencyKey?: string | null | undefined },
): OwnIdempotentRequest | null {
  const request = idempotent(mutation, input);
  return request === null ? null : { namespace, ...request };
}
