import type { DatasetId } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

export interface LabelCount {
  /** null: of the items without one. */
  readonly label: string | null;
  readonly count: number;
}

/** Labels of the items up to `lastItemId` with how many have them, in a fixed order. */
export async function countLabels(
  sql: Statements,
  { datasetId, lastItemId }: { readonly datasetId: DatasetId; readonly lastItemId: number },
): Promise<LabelCount[]> {
  const { rows } = await sql.query(
    `SELECT label, count(*)::int AS count FROM "Item" WHERE "datasetId" = $1 AND id <= $2
     GROUP BY label ORDER BY label COLLATE "C" NULLS FIRST`,
    [datasetId, lastItemId],
  );
  return rows;
}

/** So many items of each label, by a hash of id and seed: the same each time. @returns their ids, ascending */
export async function sampleByLabel(
  sql: Statements,
  { datasetId, lastItemId }: { readonly datasetId: DatasetId; readonly lastItemId: number },
  { labels, seats, seed }: { readonly labels: readonly LabelCount[]; readonly seats: readonly number[]; seed: number },
): Promise<number[]> {
  const { rows } = await sql.query(
    `WITH seats AS (SELECT * FROM unnest($3::text[], $4::int[]) AS s (label, count)), ranked AS (
       SELECT id, label, row_number() OVER (PARTITION BY label ORDER BY hashint8extended(id, $5::bigint), id) AS rank
       FROM "Item" WHERE "datasetId" = $1 AND id <= $2)
     SELECT id FROM ranked JOIN seats ON seats.label IS NOT DISTINCT FROM ranked.label WHERE rank <= seats.count ORDER BY id`,
    [datasetId, lastItemId, labels.map(({ label }) => label), seats, seed],
  );
  return rows.map(({ id }) => id);
}
