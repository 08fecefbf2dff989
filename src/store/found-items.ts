import type pg from 'pg';
import type { DatasetId, ItemId } from '../domain/ids.ts';

/** An item as a search returns it. */
export interface FoundItem {
  readonly id: ItemId;
  readonly datasetId: DatasetId;
  readonly externalId: string | null;
  /** Empty where the dataset holds images or vectors. */
  readonly content: string;
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly revision: number;
}

/** Queries under way at a time: one is answered while the next is on its way. */
const AT_ONCE = 2;

/**
 * Reads items by id for many searches at once. What is asked for while queries are under way is read by one query together:
 * under load that is far fewer statements, and alone a search does not wait.
 */
export class ItemReader {
  readonly #pool: pg.Pool;
  #underWay = 0;
  #waiting: { ids: readonly number[]; resolve(items: Map<number, FoundItem>): void; reject(error: unknown): void }[] =
    [];

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** @returns by id, perhaps with others that were asked for at the same time; items that were deleted are left out */
  read(ids: readonly number[]): Promise<Map<number, FoundItem>> {
    if (ids.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ids, resolve, reject });
      this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#underWay >= AT_ONCE || this.#waiting.length === 0) return;
    const together = this.#waiting;
    this.#waiting = [];
    this.#underWay++;
    try {
      const items = await itemsById(this.#pool, [...new Set(together.flatMap(({ ids }) => ids))]);
      for (const { resolve } of together) resolve(items);
    } catch (error) {
      for (const { reject } of together) reject(error);
    } finally {
      this.#underWay--;
      this.#send();
    }
  }
}

/** One prepared statement: parsed and planned once for each connection, which halves its time. */
async function itemsById(pool: pg.Pool, ids: readonly number[]): Promise<Map<number, FoundItem>> {
  const { rows } = await pool.query<FoundItem>({
    name: 'items-by-id',
    text: 'SELECT id, "datasetId", "externalId", content, label, metadata, revision FROM "Item" WHERE id = ANY($1::int[])',
    values: [ids],
  });
  return new Map(rows.map((item) => [item.id, item]));
}

/** @returns what the item's text is, null when the dataset has no such item */
export async function itemContent(pool: pg.Pool, datasetId: DatasetId, id: ItemId): Promise<string | null> {
  const { rows } = await pool.query<{ content: string }>({
    name: 'item-content',
    text: 'SELECT content FROM "Item" WHERE id = $1::bigint AND "datasetId" = $2',
    values: [id, datasetId],
  });
  return rows[0]?.content ?? null;
}
