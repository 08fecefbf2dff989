import { createHash, randomBytes } from 'node:crypto';
import { QuartetError } from '../domain/errors.ts';
import type { ApiKeyId, Namespace } from '../domain/ids.ts';
import {
  DEFAULT_NAMESPACE,
  isOperator,
  NAMESPACE_PATTERN,
  type Principal,
  principal,
  type Scope,
} from '../domain/principal.ts';
import { type Clock, SECOND, systemClock } from '../platform/clock.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import {
  type ApiKeyRow,
  findApiKeys,
  insertApiKey,
  KEYS_CHANNEL,
  listApiKeys,
  lockFirstKey,
  revokeApiKey,
  useApiKey,
} from '../store/api-keys.ts';
import type { Database } from '../store/database.ts';
import { notify } from '../store/notifications.ts';
import type { Statements } from './enqueue.ts';
import { type PageOf, readPage } from './pages.ts';

export type { ApiKeyRow };

export interface KeysDeps {
  readonly db: Database;
  readonly clock?: Clock;
}

export interface NewKey {
  /** For people, 1 to 100 characters. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Default: the creator's. */
  readonly namespace?: string | null | undefined;
  /** Null: never. */
  readonly expiresAt?: Date | null | undefined;
}

export interface CreatedKey {
  readonly row: ApiKeyRow;
  /** The key itself, which is nowhere kept: now or never. */
  readonly secret: string;
}

const KEY_BYTES = 32;
/** `qk_` and five more characters: 30 of 256 bits. */
const PREFIX_LENGTH = 8;
const MAX_NAME = 100;
/** How long a key is taken for good without a look at its row. A revocation is told at once to every server that listens. */
const TRUSTED = 30 * SECOND;
const REMEMBERED = 10_000;

/** Keys of the API: `qk_` and 256 random bits. A row holds their SHA-256 and first characters, never the key. */
export class KeysService {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #trusted = new Map<string, { readonly who: Principal; readonly until: number }>();
  readonly #listeners = new Set<() => void>();
  #revocations = 0;

  constructor({ db, clock = systemClock }: KeysDeps) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * @param within the caller's transaction
   * @throws QuartetError BAD_INPUT; FORBIDDEN for a namespace that is not the creator's, unless the creator runs the installation
   */
  async create(creator: Principal, asked: NewKey, within: Statements = this.#db.pool): Promise<CreatedKey> {
    const namespace = this.#namespaceOf(creator, asked.namespace);
    const { name, scopes, expiresAt = null } = asked;
    if (name.trim() === '' || name.length > MAX_NAME || /\p{Cc}/u.test(name) || !name.isWellFormed()) {
      const message = `a key's name has 1 to ${MAX_NAME} characters, none of them a control character`;
      throw new QuartetError('BAD_INPUT', message, { field: ['input', 'name'] });
    }
    if (scopes.length === 0) {
      throw new QuartetError('BAD_INPUT', 'a key without a scope can do nothing; name one or more', {
        field: ['input', 'scopes'],
      });
    }
    if (expiresAt !== null && expiresAt.getTime() <= this.#clock()) {
      throw new QuartetError('BAD_INPUT', `expiresAt is ${expiresAt.toISOString()}, which is past`, {
        field: ['input', 'expiresAt'],
      });
    }
    const secret = `qk_${randomBytes(KEY_BYTES).toString('base64url')}`;
    const row = await insertApiKey(within, {
      id: newUuid() as ApiKeyId,
      namespace,
      name,
      prefix: secret.slice(0, PREFIX_LENGTH),
      hash: hashOf(secret),
      scopes: [...new Set(scopes)],
      expiresAt,
    });
    return { row, secret };
  }

  /** The key of whoever runs the installation, made when there has never been any. @returns null when there has been one */
  async createFirst(): Promise<string | null> {
    return this.#db.transaction(async (tx) => {
      if (!(await lockFirstKey(tx))) return null;
      const operator = principal(DEFAULT_NAMESPACE, ['ADMIN']);
      return (await this.create(operator, { name: 'first key', scopes: ['ADMIN'] }, tx)).secret;
    });
  }

  /** @returns whose key it is; null for one that never was, was revoked, or has expired */
  async authenticate(secret: string): Promise<Principal | null> {
    const hash = hashOf(secret);
    const id = hash.toString('base64');
    const now = this.#clock();
    const trusted = this.#trusted.get(id);
    if (trusted !== undefined && trusted.until > now) return trusted.who;
    this.#trusted.delete(id);
    const before = this.#revocations;
    const row = await useApiKey(this.#db.pool, hash);
    if (row === null) return null;
    const expiry = row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    if (expiry <= now) return null;
    const who = principal(row.namespace, row.scopes, { keyId: row.id, expiresAt: row.expiresAt });
    if (this.#trusted.size >= REMEMBERED) this.#trusted.clear();
    // Not when a key was revoked meanwhile: it may be this one.
    if (this.#revocations === before) this.#trusted.set(id, { who, until: Math.min(now + TRUSTED, expiry) });
    return who;
  }

  /** Calls back when a key was revoked, here or by another server. @returns a function that ends it */
  onRevoked(callback: () => void): () => void {
    this.#listeners.add(callback);
    return () => void this.#listeners.delete(callback);
  }

  /** In no order; ids that are not there are left out. */
  getMany(ids: readonly ApiKeyId[]): Promise<ApiKeyRow[]> {
    return findApiKeys(this.#db.pool, ids.filter(isUuid));
  }

  /** Newest first. @param namespace default: the asker's; null: all, for whoever runs the installation */
  list(
    asker: Principal,
    namespace: string | undefined,
    page: PageOf<ApiKeyId>,
  ): Promise<{ rows: readonly ApiKeyRow[]; hasNextPage: boolean }> {
    const of = namespace === undefined && isOperator(asker) ? null : this.#namespaceOf(asker, namespace);
    return readPage(page, ({ before, limit }) => listApiKeys(this.#db.pool, of, { before, limit }));
  }

  /** Ends a key for good, at once and on every server; again changes nothing. @throws QuartetError NOT_FOUND */
  async revoke(id: ApiKeyId): Promise<ApiKeyRow> {
    const row = await this.#db.transaction(async (tx) => {
      const revoked = await revokeApiKey(tx, id);
      if (revoked !== null) await notify(tx, KEYS_CHANNEL, id);
      return revoked;
    });
    this.#forget();
    if (row !== null) return row;
    throw new QuartetError('NOT_FOUND', `there is no key ${id}; list the keys to see which there are`, {
      field: ['input', 'apiKeyId'],
    });
  }

  /** From now on no revocation by another process is missed. @returns a function that ends it */
  watch(): Promise<() => Promise<void>> {
    return this.#db.listen(KEYS_CHANNEL, () => this.#forget());
  }

  #forget(): void {
    this.#revocations++;
    this.#trusted.clear();
    for (const callback of this.#listeners) callback();
  }

  #namespaceOf(who: Principal, asked: string | null | undefined): Namespace {
    if (asked === null || asked === undefined || asked === who.namespace) return who.namespace;
    const field = ['input', 'namespace'];
    if (!NAMESPACE_PATTERN.test(asked)) {
      const rule = 'lower-case letters, digits and hyphens inside, 1 to 63 characters';
      throw new QuartetError('BAD_INPUT', `${JSON.stringify(asked.slice(0, 80))} can be no namespace: ${rule}`, {
        field,
      });
    }
    if (isOperator(who)) return asked as Namespace;
    throw new QuartetError('FORBIDDEN', `keys of other namespaces than "${who.namespace}" are not yours to manage`, {
      field,
    });
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
