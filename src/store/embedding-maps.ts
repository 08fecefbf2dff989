import type { MapSettings } from '../domain/embedding-map.ts';
import type { IndexId, ItemId, MapId } from '../domain/ids.ts';
import type { RunStatus } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** A row of EmbeddingMap without its points. */
export interface MapRow extends MapSettings {
  readonly id: MapId;
  readonly indexId: IndexId;
  readonly status: RunStatus;
  readonly attempt: number;
  /** Work done so far, and in all; 0 of 0 until something is told. */
  readonly done: number;
  readonly total: number;
  /** Of the index's files that it was made from, and how many items these hold; null until SUCCEEDED. */
  readonly generation: number | null;
  readonly items: number | null;
  /** Points drawn; 0 until SUCCEEDED. */
  readonly count: number;
  /** Two shares for `pca`, none otherwise. */
  readonly explainedVariance: readonly number[];
  readonly trustworthiness: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface MapPoint {
  readonly itemId: ItemId;
  readonly x: number;
  readonly y: number;
  /** The item's, as it is now; null without one, and where the item is gone. */
  readonly label: string | null;
}

const COLUMNS = `id, "indexId", method, sample, seed, neighbors, "minDistance", status, attempt, done, total, generation, items, count,
  "explainedVariance", trustworthiness, "errorCode", "errorMessage", "createdAt", "startedAt", "finishedAt"`;

export async function insertMap(
  tx: Statements,
  { id, indexId, method, sample, seed, neighbors, minDistance }: MapSettings & Pick<MapRow, 'id' | 'indexId'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO "EmbeddingMap" (id, "indexId", method, sample, seed, neighbors, "minDistance") VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, indexId, method, sample, seed, neighbors, minDistance],
  );
}

/** In no order; ids that are not there are left out. */
export async function findMaps(sql: Statements, ids: readonly MapId[]): Promise<MapRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "EmbeddingMap" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Newest first. @param page.before only maps older than this one, by id, which sorts by time */
export async function listMaps(
  sql: Statements,
  indexId: IndexId,
  page: { before?: MapId | undefined; limit: number },
): Promise<MapRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "EmbeddingMap" WHERE "indexId" = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [indexId, page.before ?? null, page.limit],
  );
  return rows;
}

/** Bytes of a point in its row. */
const POINT = 12;

/** @param coordinates shape [n, 2] @returns the column `points` */
export function packPoints(itemIds: Int32Array, coordinates: Float32Array): Buffer {
  const packed = Buffer.alloc(POINT * itemIds.length);
  for (const [at, id] of itemIds.entries()) {
    packed.writeInt32LE(id, POINT * at);
    packed.writeFloatLE(coordinates[2 * at] as number, POINT * at + 4);
    packed.writeFloatLE(coordinates[2 * at + 1] as number, POINT * at + 8);
  }
  return packed;
}

/** @returns at most `limit` points of items after `after`, by item; none of a map that has none */
export async function readPoints(
  sql: Statements,
  id: MapId,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<MapPoint[]> {
  const { rows } = await sql.query('SELECT points FROM "EmbeddingMap" WHERE id = $1', [id]);
  const packed: Buffer = rows[0]?.points ?? Buffer.alloc(0);
  const first = firstAfter(packed, after);
  const page = packed.subarray(POINT * first, POINT * (first + limit));
  const ids = Array.from({ length: page.length / POINT }, (_, at) => page.readInt32LE(POINT * at));
  const labelled = await sql.query('SELECT id, label FROM "Item" WHERE id = ANY($1::int[]) AND label IS NOT NULL', [
    ids,
  ]);
  const labels = new Map<number, string>(labelled.rows.map(({ id: item, label }) => [item, label]));
  return ids.map((itemId, at) => ({
    itemId: itemId as ItemId,
    x: page.readFloatLE(POINT * at + 4),
    y: page.readFloatLE(POINT * at + 8),
    label: labels.get(itemId) ?? null,
  }));
}

function firstAfter(packed: Buffer, after: number): number {
  let low = 0;
  let high = packed.length / POINT;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (packed.readInt32LE(POINT * middle) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
