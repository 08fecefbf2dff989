import type { Statements } from '../statements.ts';
import { bulkInsert } from './bulk-insert.ts';

/** A judgement whose query or item is neither in the import nor in the dataset. */
export interface Dangling {
  readonly file: number;
  readonly line: number;
  readonly query_ext: string;
  readonly item_ext: string;
  readonly grade: number;
  readonly query_id: number | null;
  readonly item_id: number | null;
}

export interface RelevanceChanges {
  readonly added: number;
  readonly changed: boolean;
}

/**
 * Adds the judgements of an import, after its items and queries. Of several for one query and item the last row counts, and
 * a judgement that was there takes the new grade. Grade 0 is kept: judged and found not relevant.
 */
export async function mergeRelevance(tx: Statements, datasetId: string): Promise<RelevanceChanges> {
  const run = async (sql: string) => (await tx.query(sql, [datasetId])).rowCount ?? 0;
  await tx.query(`
    CREATE TEMP TABLE judged (seq int, file int, line int, query_ext text, item_ext text, grade int, query_id int, item_id int)
      ON COMMIT DROP`);
  // Rows with both sides. An id stands for its last text of this import, not for the one beside it.
  await tx.query(`
    INSERT INTO judged (seq, grade, query_id, item_id)
    SELECT s.seq, s.grade, q.id, i.id FROM staged_row s
    LEFT JOIN kept_item ki ON ki.ext = s.item_ext
    LEFT JOIN kept_query kq ON kq.ext = s.query_ext AND kq.split = s.split
    JOIN numbered_item i ON i.hash = COALESCE(ki.hash, s.item_hash)
    JOIN numbered_query q ON q.split = s.split AND q.hash = COALESCE(kq.hash, s.query_hash)
    WHERE s.grade IS NOT NULL AND s.item_hash IS NOT NULL AND s.query_hash IS NOT NULL`);
  await run(`
    INSERT INTO judged
    SELECT j.seq, j.file, j.line, j.query_ext, j.item_ext, j.grade, COALESCE(tq.id, oq.id), COALESCE(ti.id, oi.id, oa."itemId")
    FROM staged_judgement j
    LEFT JOIN kept_item ki ON ki.ext = j.item_ext LEFT JOIN numbered_item ti ON ti.hash = ki.hash
    LEFT JOIN "Item" oi ON oi."datasetId" = $1 AND oi."externalId" = j.item_ext
    LEFT JOIN "ItemAlias" oa ON oa."datasetId" = $1 AND oa."externalId" = j.item_ext
    LEFT JOIN kept_query kq ON kq.ext = j.query_ext AND kq.split = j.split
    LEFT JOIN numbered_query tq ON tq.split = kq.split AND tq.hash = kq.hash
    LEFT JOIN (SELECT DISTINCT ON (split, "externalId") split, "externalId", id FROM "Query"
               WHERE "datasetId" = $1 AND "externalId" IS NOT NULL AND EXISTS (SELECT FROM staged_judgement)
               ORDER BY split, "externalId", id) oq
      ON oq."externalId" = j.query_ext AND oq.split = j.split`);
  await tx.query(`
    CREATE TEMP TABLE last_judged ON COMMIT DROP AS
      SELECT DISTINCT ON (query_id, item_id) query_id, item_id, grade FROM judged
      WHERE query_id IS NOT NULL AND item_id IS NOT NULL ORDER BY query_id, item_id, seq DESC;
    ANALYZE last_judged`);
  const regraded = await run(`
    UPDATE "Relevance" r SET grade = j.grade FROM last_judged j
    WHERE r."queryId" = j.query_id AND r."itemId" = j.item_id AND r."datasetId" = $1 AND r.grade <> j.grade`);
  const added = await bulkInsert(
    tx,
    `
     INSERT INTO "Relevance" ("datasetId", "queryId", "itemId", grade)
     SELECT $1, j.query_id, j.item_id, j.grade FROM last_judged j
     WHERE NOT EXISTS (SELECT FROM "Relevance" r WHERE r."queryId" = j.query_id AND r."itemId" = j.item_id)
     ORDER BY j.query_id, j.item_id`,
    [datasetId],
  );
  return { added, changed: regraded + added > 0 };
}

/** In the order of the files, `limit` at a time, after the row numbered `after`. */
export async function danglingJudgements(
  tx: Statements,
  after: number,
  limit: number,
): Promise<(Dangling & { readonly seq: number })[]> {
  const { rows } = await tx.query(
    `SELECT seq, file, line, query_ext, item_ext, grade, query_id, item_id FROM judged
     WHERE (query_id IS NULL OR item_id IS NULL) AND seq > $1 ORDER BY seq LIMIT $2`,
    [after, limit],
  );
  return rows;
}
