import type pg from 'pg';
import { QuartetError } from '../domain/errors.ts';
import type { Namespace } from '../domain/ids.ts';
import { sha256 } from '../platform/hash.ts';

export interface IdempotentRequest {
  /** Whose key it is: two tenants may well hit upon the same. */
  readonly namespace: Namespace;
  /** The caller's key, 1 to 200 characters. */
  readonly key: string;
  /** Name of the mutation, so that one key can't stand for two things. */
  readonly mutation: string;
  /** The input as given, without the key itself. */
  readonly input: unknown;
}

export interface IdempotentResult {
  /** Id of what was created, now or the first time. */
  readonly resultId: string;
  /** True when an earlier request with this key had created it. */
  readonly replayed: boolean;
}

/**
 * Runs `create` once for a key, however often and from however many processes the request comes. The key is recorded in the
 * transaction that creates, so both are there or neither.
 * @param create creates within `tx` and returns the id of what it created
 * @throws QuartetError BAD_INPUT for a key out of bounds; CONFLICT when the key was used for another mutation or input
 */
export async function once(
  tx: Pick<pg.ClientBase, 'query'>,
  request: IdempotentRequest,
  create: () => Promise<string>,
): Promise<IdempotentResult> {
  const { namespace, key, mutation, input } = request;
  const field = ['input', 'idempotencyKey'];
  if (key.length < 1 || key.length > 200) {
    throw new QuartetError('BAD_INPUT', `an idempotency key has 1 to 200 characters, got ${key.length}`, { field });
  }
  if (/\p{Cc}/u.test(key) || !key.isWellFormed()) {
    throw new QuartetError('BAD_INPUT', 'an idempotency key has no control characters and no halves of characters', {
      field,
    });
  }
  const inputHash = sha256(canonicalJson(input));
  // Held to the end of the transaction: a second request with the key waits and then finds the first one's row.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('quartet idempotency ' || $1 || ' ' || $2, 0))`, [
    namespace,
    key,
  ]);
  const { rows } = await tx.query<{ mutation: string; inputHash: string; resultId: string }>(
    `SELECT mutation, "inputHash", "resultId" FROM "IdempotencyKey" WHERE namespace = $1 AND key = $2`,
    [namespace, key],
  );
  const known = rows[0];
  if (known === undefined) {
    const resultId = await create();
    await tx.query(
      `INSERT INTO "IdempotencyKey" (namespace, key, mutation, "inputHash", "resultId") VALUES ($1, $2, $3, $4, $5)`,
      [namespace, key, mutation, inputHash, resultId],
    );
    return { resultId, replayed: false };
  }
  if (known.mutation === mutation && known.inputHash === inputHash) return { resultId: known.resultId, replayed: true };
  const difference = known.mutation === mutation ? 'with other input' : `for ${known.mutation}`;
  throw new QuartetError('CONFLICT', `the idempotency key "${key}" was used ${difference}; take a new key`, { field });
}

/** Forgets keys that came before this moment. @returns how many */
export async function forgetIdempotencyKeys(sql: Pick<pg.ClientBase, 'query'>, before: Date): Promise<number> {
  const { rowCount } = await sql.query('DELETE FROM "IdempotencyKey" WHERE "createdAt" < $1', [before]);
  return rowCount ?? 0;
}

/** JSON whose text does not depend on the order of keys; a key without value is as good as none. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
