import type { ApiKeyId, Namespace } from '../domain/ids.ts';
import type { Scope } from '../domain/principal.ts';
import type { Statements } from './statements.ts';

/** A row of ApiKey, without the hash. */
export interface ApiKeyRow {
  readonly id: ApiKeyId;
  readonly namespace: Namespace;
  readonly name: string;
  /** First characters of the key. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = `id, namespace, name, prefix, scopes::text[] AS scopes, "createdAt", "expiresAt", "lastUsedAt", "revokedAt"`;

/** Payload: the id of a key that was revoked. Whoever remembers keys forgets them. */
export const KEYS_CHANNEL = 'quartet_keys';

export type NewApiKey = Pick<ApiKeyRow, 'id' | 'namespace' | 'name' | 'prefix' | 'scopes' | 'expiresAt'> & {
  readonly hash: Buffer;
};

export async function insertApiKey(sql: Statements, key: NewApiKey): Promise<ApiKeyRow> {
  const { id, namespace, name, prefix, hash, scopes, expiresAt } = key;
  const { rows } = await sql.query(
    `INSERT INTO "ApiKey" (id, namespace, name, prefix, hash, scopes, "expiresAt")
     VALUES ($1, $2, $3, $4, $5, $6::"Scope"[], $7) RETURNING ${COLUMNS}`,
    [id, namespace, name, prefix, hash, scopes, expiresAt],
  );
  return rows[0];
}

/** Held to the end of the transaction. @returns whether there has never been a key */
export async function lockFirstKey(tx: Statements): Promise<boolean> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('quartet first key'))`);
  const { rows } = await tx.query('SELECT NOT EXISTS (SELECT FROM "ApiKey") AS first');
  return rows[0].first;
}

/** @returns the key of this hash unless it was revoked; notes that it was used, once a minute */
export async function useApiKey(sql: Statements, hash: Buffer): Promise<ApiKeyRow | null> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS}, "lastUsedAt" IS NULL OR "lastUsedAt" < now() - interval '1 minute' AS stale
     FROM "ApiKey" WHERE hash = $1 AND "revokedAt" IS NULL`,
    [hash],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { stale, ...key } = row;
  if (stale) await sql.query('UPDATE "ApiKey" SET "lastUsedAt" = now() WHERE id = $1', [key.id]);
  return key;
}

/** In no order; ids that are not there are left out. */
export async function findApiKeys(sql: Statements, ids: readonly ApiKeyId[]): Promise<ApiKeyRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "ApiKey" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Newest first. @param namespace null: of all @param page.before only keys older than this one */
export async function listApiKeys(
  sql: Statements,
  namespace: Namespace | null,
  page: { before?: ApiKeyId | undefined; limit: number },
): Promise<ApiKeyRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "ApiKey" WHERE ($1::text IS NULL OR namespace = $1) AND ($2::uuid IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [namespace, page.before ?? null, page.limit],
  );
  return rows;
}

/** The time of the first revocation stays. @returns null when there is no such key */
export async function revokeApiKey(sql: Statements, id: ApiKeyId): Promise<ApiKeyRow | null> {
  const { rows } = await sql.query(
    `UPDATE "ApiKey" SET "revokedAt" = COALESCE("revokedAt", now()) WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  );
  return rows[0] ?? null;
}
