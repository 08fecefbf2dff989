import type { Statements } from '../statements.ts';
import { bulkInsert } from './bulk-insert.ts';

/*
 * How an import changes the queries of a dataset: by split, a text is one query. As with items the last row of an id counts,
 * and an id with a new text gives it to its query (or the judgements to the query that has the text already), unless a row of
 * this import states the old text as well. Queries have no aliases: of several ids of one text the first is kept.
 */

export interface QueryChanges {
  readonly added: number;
  readonly changed: boolean;
}

/** Leaves `kept_query (seq, ext, split, hash)` and `numbered_query (split, hash, …, id)` for the judgements. */
export async function mergeQueries(tx: Statements, datasetId: string): Promise<QueryChanges> {
  const run = async (sql: string) => (await tx.query(sql, [datasetId])).rowCount ?? 0;

  await tx.query(`
    CREATE TEMP TABLE kept_query ON COMMIT DROP AS
      WITH stated AS (
        SELECT seq, query_ext AS ext, split, query_hash AS hash FROM staged_row
        WHERE query_hash IS NOT NULL AND split IS NOT NULL
        UNION ALL
        SELECT s.seq, s.query_ext, j.split, s.query_hash FROM staged_row s
        JOIN (SELECT DISTINCT split, query_ext FROM staged_judgement) j ON j.query_ext = s.query_ext
        WHERE s.query_hash IS NOT NULL AND s.split IS NULL
      )
      SELECT * FROM stated WHERE ext IS NULL
      UNION ALL
      (SELECT DISTINCT ON (split, ext COLLATE "C") * FROM stated WHERE ext IS NOT NULL ORDER BY split, ext COLLATE "C", seq DESC);
    CREATE TEMP TABLE text_query (
      split "Split", hash bytea, first int, first_with_ext int, id int, added boolean
    ) ON COMMIT DROP;
    CREATE TEMP TABLE vacant_query (id int, split "Split", hash bytea, seq int) ON COMMIT DROP;
    ANALYZE kept_query`);
  await run(`
    INSERT INTO text_query
    SELECT t.split, t.hash, t.first, t.first_with_ext, q.id, q.id IS NULL
    FROM (SELECT split, hash, min(seq) AS first, min(seq) FILTER (WHERE ext IS NOT NULL) AS first_with_ext
          FROM kept_query GROUP BY split, hash) t
    LEFT JOIN "Query" q ON q."datasetId" = $1 AND q.split = t.split AND q."contentHash" = t.hash`);
  await tx.query('ANALYZE text_query');

  const moved = await moveIds(run, tx);
  await tx.query(`
    CREATE TEMP TABLE numbered_query ON COMMIT DROP AS
      SELECT split, hash, first, first_with_ext, added,
        COALESCE(id, nextval((SELECT pg_get_serial_sequence('"Query"', 'id'))::regclass)::int) AS id
      FROM (SELECT * FROM text_query ORDER BY first, split) ordered;
    ANALYZE numbered_query`);
  const renamed = await run(`
    UPDATE "Query" q SET content = COALESCE(s.query_text, ''), data = s.query_data, "contentHash" = t.hash
    FROM numbered_query t JOIN staged_row s ON s.seq = t.first
    WHERE NOT t.added AND q.id = t.id AND q."datasetId" = $1 AND q."contentHash" <> t.hash`);
  const added = await bulkInsert(
    tx,
    `
     INSERT INTO "Query" (id, "datasetId", "externalId", content, data, "contentHash", split)
     SELECT t.id, $1, e.ext, COALESCE(s.query_text, ''), s.query_data, t.hash, t.split
     FROM numbered_query t JOIN staged_row s ON s.seq = t.first
     LEFT JOIN kept_query e ON e.seq = t.first_with_ext AND e.split = t.split
     WHERE t.added`,
    [datasetId],
  );
  const named = await run(`
    UPDATE "Query" q SET "externalId" = e.ext
    FROM numbered_query t JOIN kept_query e ON e.seq = t.first_with_ext AND e.split = t.split
    WHERE NOT t.added AND q.id = t.id AND q."datasetId" = $1 AND q."externalId" IS NULL`);
  return { added, changed: moved + renamed + added + named > 0 };
}

async function moveIds(run: (sql: string) => Promise<number>, tx: Statements): Promise<number> {
  const left = await run(`
    WITH leaver AS (
      SELECT q.id, k.split, k.hash, k.seq, q."contentHash" AS old FROM kept_query k
      JOIN "Query" q ON q."datasetId" = $1 AND q."externalId" = k.ext AND q.split = k.split
      WHERE q."contentHash" <> k.hash
    ), nameless AS (
      UPDATE "Query" q SET "externalId" = NULL FROM leaver l WHERE q.id = l.id RETURNING q.id
    ), emptied AS (
      INSERT INTO vacant_query SELECT l.id, l.split, l.hash, l.seq FROM leaver l
      WHERE NOT EXISTS (SELECT FROM text_query t WHERE t.split = l.split AND t.hash = l.old)
    )
    SELECT id FROM nameless`);
  if (left === 0) return 0;
  await tx.query(`
    UPDATE text_query t SET id = v.id, added = false
    FROM (SELECT DISTINCT ON (split, hash) split, hash, id FROM vacant_query ORDER BY split, hash, seq) v
    WHERE t.split = v.split AND t.hash = v.hash AND t.id IS NULL`);
  const merged = `(SELECT v.id AS old, t.id AS new FROM vacant_query v
    JOIN text_query t ON t.split = v.split AND t.hash = v.hash AND t.id <> v.id)`;
  await run(`
    UPDATE "Relevance" r SET grade = m.grade
    FROM (SELECT o."itemId", m.new, max(o.grade) AS grade FROM ${merged} m JOIN "Relevance" o ON o."queryId" = m.old
          WHERE o."datasetId" = $1 GROUP BY 1, 2) m
    WHERE r."itemId" = m."itemId" AND r."queryId" = m.new AND r.grade < m.grade`);
  await run(`
    INSERT INTO "Relevance" ("datasetId", "queryId", "itemId", grade)
    SELECT $1, m.new, o."itemId", max(o.grade) FROM ${merged} m JOIN "Relevance" o ON o."queryId" = m.old
    WHERE NOT EXISTS (SELECT FROM "Relevance" r WHERE r."itemId" = o."itemId" AND r."queryId" = m.new) GROUP BY 2, 3`);
  await run(`DELETE FROM "Query" q USING ${merged} m WHERE q.id = m.old AND q."datasetId" = $1`);
  return left;
}
