import type { IdempotentRequest } from '../services/idempotency.ts';

/** The key of a mutation's input and what it stands for, null when the caller gave none. */
export function idempotent(
  mutation: string,
  { idempotencyKey, ...input }: { readonly idempotencyKey?: string | null | undefined },
): IdempotentRequest | null {
  return idempotencyKey === null || idempotencyKey === undefined ? null : { key: idempotencyKey, mutation, input };
}
