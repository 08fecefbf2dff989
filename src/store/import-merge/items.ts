import { isUuid } from '../../platform/uuid.ts';
import type { Statements } from '../statements.ts';
import { bulkInsert } from './bulk-insert.ts';

/*
 * How an import changes the items of a dataset. An external id stands for one text, and a text is one item, so:
 * - For each id the last row that has it counts. Rows without id count each.
 * - An item whose text is stated keeps its number. The first id of a text is the item's own, further ones are aliases.
 * - An id that now has another text leaves its item. Where others stay (an alias, or a row of this import with the old
 *   text), the item stays with its text and judgements. Where nobody stays, the item takes the new text and keeps its number
 *   and judgements; but when the new text is an item already, the judgements move there (the higher grade counts) and the old
 *   item goes.
 * - Label and metadata are those of the last row with the text; what a row does not state stays as it is.
 * No statement can meet a unique constraint: only texts that no item has are written, ids are taken away before given, and
 * numbers are drawn for new items only, in the order of the rows.
 */

export interface ItemChanges {
  readonly added: number;
  readonly updated: number;
  /** Items that went, because their only id now stands for another item's text. */
  readonly removed: number;
  /** Whether anything at all changed, ids and deleted items included. */
  readonly changed: boolean;
}

/** A statement of the merge. */
interface Step {
  readonly sql: string;
  /** What the number of its rows is. */
  readonly counts?: keyof Counts;
  /** Worth its time only with many rows: figures for the planner. */
  readonly forMany?: true;
  /** Without effect when no id leaves its item. */
  readonly ofLeavers?: true;
  /** Inserts rows whose foreign keys are right for certain. */
  readonly inserts?: true;
}

interface Counts {
  leavers: number;
  removed: number;
  updated: number;
  added: number;
  named: number;
  aliased: number;
}

/**
 * From the staged rows into the dataset, many at a time: one statement after another, each planned by what the one before left.
 * Leaves `kept_item (seq, ext, hash)` and `numbered_item (hash, …, id)` for the judgements.
 */
export async function mergeItems(tx: Statements, datasetId: string): Promise<ItemChanges> {
  const counts = nothing();
  for (const { sql, counts: name, inserts, ofLeavers } of steps(datasetId)) {
    if (ofLeavers && counts.leavers === 0) continue;
    const rows = inserts ? await bulkInsert(tx, sql) : ((await tx.query(sql)).rowCount ?? 0);
    if (name !== undefined) counts[name] = rows;
  }
  return changesOf(counts);
}

/**
 * The same for a few rows, in one message: where other work keeps the machine busy, it is the way to and fro between the
 * statements that takes long, and whoever else changes the dataset waits for it.
 */
export async function mergeFewItems(tx: Statements, datasetId: string): Promise<ItemChanges> {
  const sent = steps(datasetId).filter(({ forMany }) => !forMany);
  const results = (await tx.query(sent.map(({ sql }) => sql).join(';'))) as unknown as { rowCount: number | null }[];
  const counts = nothing();
  for (const [at, { counts: name }] of sent.entries()) {
    if (name !== undefined) counts[name] = results[at]?.rowCount ?? 0;
  }
  return changesOf(counts);
}

const nothing = (): Counts => ({ leavers: 0, removed: 0, updated: 0, added: 0, named: 0, aliased: 0 });

function changesOf({ leavers, removed, updated, added, named, aliased }: Counts): ItemChanges {
  return { added, updated, removed, changed: leavers + updated + added + named + aliased > 0 };
}

function steps(datasetId: string): readonly Step[] {
  // It stands in the statements' text, because several in one message take no parameters.
  if (!isUuid(datasetId)) throw new Error(`${datasetId} is no dataset's id`);
  const dataset = `'${datasetId}'::uuid`;
  return [
    {
      sql: `
      INSERT INTO kept_item
      SELECT seq, NULL::text, item_hash FROM staged_row WHERE item_hash IS NOT NULL AND item_ext IS NULL
      UNION ALL
      (SELECT DISTINCT ON (item_ext COLLATE "C") seq, item_ext, item_hash FROM staged_row
       WHERE item_hash IS NOT NULL AND item_ext IS NOT NULL ORDER BY item_ext COLLATE "C", seq DESC)`,
    },
    { sql: 'ANALYZE kept_item', forMany: true },
    {
      sql: `
      INSERT INTO text_item
      SELECT t.hash, t.first, t.last, t.first_with_ext, t.exts, i.id, i.id IS NULL
      FROM (SELECT hash, min(seq) AS first, max(seq) AS last, min(seq) FILTER (WHERE ext IS NOT NULL) AS first_with_ext,
              count(ext) AS exts FROM kept_item GROUP BY hash) t
      LEFT JOIN "Item" i ON i."datasetId" = ${dataset} AND i."contentHash" = t.hash`,
    },
    { sql: 'ANALYZE text_item', forMany: true },
    ...leaverSteps(dataset),
    // A table anew, because an update in the order of hashes would touch its pages at random.
    {
      sql: `
      INSERT INTO numbered_item
      SELECT hash, last, first_with_ext, exts, added,
        COALESCE(id, nextval((SELECT pg_get_serial_sequence('"Item"', 'id'))::regclass)::int)
      FROM (SELECT * FROM text_item ORDER BY first) ordered`,
    },
    { sql: 'ANALYZE numbered_item', forMany: true },
    {
      counts: 'updated',
      sql: `
      UPDATE "Item" i SET content = COALESCE(s.item_text, ''), data = s.item_data, "contentHash" = t.hash, label = COALESCE(s.label, i.label),
        metadata = COALESCE(s.metadata, i.metadata), revision = i.revision + 1
      FROM numbered_item t JOIN staged_row s ON s.seq = t.last
      WHERE NOT t.added AND i.id = t.id AND i."datasetId" = ${dataset} AND (i."contentHash" <> t.hash
        OR (s.label IS NOT NULL AND i.label IS DISTINCT FROM s.label)
        OR (s.metadata IS NOT NULL AND i.metadata <> s.metadata))`,
    },
    {
      counts: 'added',
      inserts: true,
      sql: `
      INSERT INTO "Item" (id, "datasetId", "externalId", content, data, "contentHash", label, metadata)
      SELECT t.id, ${dataset}, e.ext, COALESCE(s.item_text, ''), s.item_data, t.hash, s.label, COALESCE(s.metadata, '{}')
      FROM numbered_item t JOIN staged_row s ON s.seq = t.last LEFT JOIN kept_item e ON e.seq = t.first_with_ext
      WHERE t.added`,
    },
    {
      counts: 'named',
      sql: `
      UPDATE "Item" i SET "externalId" = e.ext
      FROM numbered_item t JOIN kept_item e ON e.seq = t.first_with_ext
      WHERE NOT t.added AND i.id = t.id AND i."datasetId" = ${dataset} AND i."externalId" IS NULL`,
    },
    {
      counts: 'aliased',
      sql: `
      INSERT INTO "ItemAlias" ("datasetId", "externalId", "itemId")
      SELECT ${dataset}, k.ext, t.id FROM kept_item k JOIN numbered_item t ON t.hash = k.hash JOIN "Item" i ON i.id = t.id
      WHERE k.ext IS NOT NULL AND (t.exts > 1 OR NOT t.added) AND i."externalId" <> k.ext
        AND NOT EXISTS (SELECT FROM "ItemAlias" a WHERE a."datasetId" = ${dataset} AND a."externalId" = k.ext)`,
    },
  ];
}

/** Takes ids from items whose text they no longer have; finds which of these items are renamed and which are merged. */
function leaverSteps(dataset: string): readonly Step[] {
  const merged = `(SELECT v.id AS old, t.id AS new FROM vacant v JOIN text_item t ON t.hash = v.hash AND t.id <> v.id)`;
  const moves: readonly Step[] = [
    { sql: 'ANALYZE leaver', forMany: true },
    {
      sql: `DELETE FROM "ItemAlias" a USING leaver l WHERE l.is_alias AND a."datasetId" = ${dataset} AND a."externalId" = l.ext`,
    },
    {
      sql: `UPDATE "Item" i SET "externalId" = NULL FROM leaver l WHERE NOT l.is_alias AND i.id = l.item_id AND i."datasetId" = ${dataset}`,
    },
    // The alias that comes first becomes the id of an item that lost its own.
    {
      sql: `
      WITH promoted AS (
        SELECT DISTINCT ON (a."itemId") a."itemId", a."externalId" FROM "ItemAlias" a
        JOIN leaver l ON l.item_id = a."itemId" AND NOT l.is_alias
        WHERE a."datasetId" = ${dataset} ORDER BY a."itemId", a."externalId" COLLATE "C"
      ), gone AS (
        DELETE FROM "ItemAlias" a USING promoted p WHERE a."datasetId" = ${dataset} AND a."externalId" = p."externalId"
      )
      UPDATE "Item" i SET "externalId" = p."externalId" FROM promoted p WHERE i.id = p."itemId"`,
    },
    {
      sql: `
      INSERT INTO vacant
      SELECT i.id, l.hash, l.seq FROM leaver l JOIN "Item" i ON i.id = l.item_id AND i."datasetId" = ${dataset}
      WHERE NOT l.is_alias AND i."externalId" IS NULL AND NOT EXISTS (SELECT FROM text_item t WHERE t.hash = i."contentHash")`,
    },
    {
      sql: `
      UPDATE text_item t SET id = v.id, added = false
      FROM (SELECT DISTINCT ON (hash) hash, id FROM vacant ORDER BY hash, seq) v WHERE t.hash = v.hash AND t.id IS NULL`,
    },
    {
      sql: `
      UPDATE "Relevance" r SET grade = m.grade
      FROM (SELECT o."queryId", m.new, max(o.grade) AS grade FROM ${merged} m JOIN "Relevance" o ON o."itemId" = m.old
            WHERE o."datasetId" = ${dataset} GROUP BY 1, 2) m
      WHERE r."queryId" = m."queryId" AND r."itemId" = m.new AND r.grade < m.grade`,
    },
    {
      sql: `
      INSERT INTO "Relevance" ("datasetId", "queryId", "itemId", grade)
      SELECT ${dataset}, o."queryId", m.new, max(o.grade) FROM ${merged} m JOIN "Relevance" o ON o."itemId" = m.old
      WHERE NOT EXISTS (SELECT FROM "Relevance" r WHERE r."queryId" = o."queryId" AND r."itemId" = m.new) GROUP BY 2, 3`,
    },
    {
      counts: 'removed',
      sql: `DELETE FROM "Item" i USING ${merged} m WHERE i.id = m.old AND i."datasetId" = ${dataset}`,
    },
  ];
  return [
    {
      counts: 'leavers',
      sql: `
      INSERT INTO leaver
      SELECT k.ext, k.hash, k.seq, i.id, false FROM kept_item k
      JOIN "Item" i ON i."datasetId" = ${dataset} AND i."externalId" = k.ext WHERE i."contentHash" <> k.hash
      UNION ALL
      SELECT k.ext, k.hash, k.seq, i.id, true FROM kept_item k
      JOIN "ItemAlias" a ON a."datasetId" = ${dataset} AND a."externalId" = k.ext
      JOIN "Item" i ON i.id = a."itemId" WHERE i."contentHash" <> k.hash`,
    },
    ...moves.map((step) => ({ ...step, ofLeavers: true as const })),
  ];
}
