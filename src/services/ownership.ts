import type { Namespace } from '../domain/ids.ts';
import type { Database } from '../store/database.ts';
import { type OwnedType, ownersOf } from '../store/ownership.ts';

export type { OwnedType };

/** Owners remembered at most, about 100 bytes each. */
const REMEMBERED = 50_000;

/**
 * Whose things are. A thing never changes its namespace and no id is given twice, so what was found out once stays true; only
 * that nothing has an id may change, and is asked for each time.
 */
export class OwnershipService {
  readonly #db: Database;
  readonly #known = new Map<string, Namespace>();

  constructor(deps: { readonly db: Database }) {
    this.#db = deps.db;
  }

  /** Those of the ids that are of this namespace: to anybody else a thing of another namespace is not there at all. */
  async ownedBy(namespace: Namespace, type: OwnedType, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = ids.filter((id) => !this.#known.has(`${type}:${id}`));
    if (unknown.length > 0) {
      const owners = await ownersOf(this.#db.pool, type, unknown);
      for (const [id, owner] of owners) this.#remember(`${type}:${id}`, owner);
      return new Set(ids.filter((id) => (owners.get(id) ?? this.#known.get(`${type}:${id}`)) === namespace));
    }
    return new Set(ids.filter((id) => this.#known.get(`${type}:${id}`) === namespace));
  }

  #remember(key: string, owner: Namespace): void {
    if (this.#known.size >= REMEMBERED) {
      // The oldest tenth, at one go: a map keeps the order in which its keys came.
      let left = REMEMBERED / 10;
      for (const old of this.#known.keys()) {
        if (left-- === 0) break;
        this.#known.delete(old);
      }
    }
    this.#known.set(key, owner);
  }
}
