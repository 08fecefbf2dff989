import type { ApiKeyId, Namespace } from './ids.ts';

/** What a key may do. `READ` is part of `WRITE` and of `TRAIN`, and `ADMIN` has all. */
export type Scope = 'READ' | 'WRITE' | 'TRAIN' | 'ADMIN';

const includes: Readonly<Record<Scope, readonly Scope[]>> = {
  READ: ['READ'],
  WRITE: ['READ', 'WRITE'],
  TRAIN: ['READ', 'TRAIN'],
  ADMIN: ['READ', 'WRITE', 'TRAIN', 'ADMIN'],
};

/** Where data is that nobody named a namespace for, all from before there were namespaces included. */
export const DEFAULT_NAMESPACE = 'default' as Namespace;

/** What a namespace may be called. */
export const NAMESPACE_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whoever asks. Everything that it reaches is in its namespace. */
export interface Principal {
  readonly namespace: Namespace;
  /** With those that they include. */
  readonly scopes: ReadonlySet<Scope>;
  /** Null for who is let in without a key, and for the key of the data directory. */
  readonly keyId: ApiKeyId | null;
  readonly expiresAt: Date | null;
}

export function principal(
  namespace: Namespace,
  scopes: readonly Scope[],
  { keyId = null, expiresAt = null }: { readonly keyId?: ApiKeyId | null; readonly expiresAt?: Date | null } = {},
): Principal {
  return { namespace, scopes: new Set(scopes.flatMap((scope) => includes[scope])), keyId, expiresAt };
}

/** Whoever runs the installation: may make, see and revoke keys of every namespace, and reaches data of its own alone. */
export function isOperator({ namespace, scopes }: Principal): boolean {
  return namespace === DEFAULT_NAMESPACE && scopes.has('ADMIN');
}

export const OPERATOR: Principal = principal(DEFAULT_NAMESPACE, ['ADMIN']);
