import type pg from 'pg';
import type { DatasetId, EncoderId, IndexId, Namespace } from '../domain/ids.ts';
import type { IndexTuning } from '../domain/index-tuning.ts';
import type { RunStatus } from '../domain/training.ts';
import type { Statements } from './statements.ts';

/** A row of IndexVersion. */
export interface IndexRow {
  readonly id: IndexId;
  readonly datasetId: DatasetId;
  readonly encoderId: EncoderId;
  readonly status: RunStatus;
  readonly attempt: number;
  readonly m: number;
  readonly efConstruction: number;
  readonly efSearch: number;
  readonly storage: 'float32' | 'int8';
  /** Not null: the parameters are chosen by measurement, and told in `tuning` once SUCCEEDED. */
  readonly targetRecall: number | null;
  readonly tuning: IndexTuning | null;
  readonly count: number;
  readonly built: number;
  readonly recallAt10: number | null;
  readonly recallLoss: number | null;
  readonly datasetHash: string | null;
  /** Dataset.revision that its files hold, and the highest item id of that moment. */
  readonly datasetRevision: number;
  readonly lastItemId: number;
  /** 1 for the files of the build, one more with each rebuild. */
  readonly generation: number;
  /** Artifact of kind `index`; null until SUCCEEDED. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "datasetId", "encoderId", status, attempt, m, "efConstruction", "efSearch", storage, "targetRecall", tuning, count, built,
  "recallAt10", "recallLoss", "datasetHash", "datasetRevision", "lastItemId", generation, sha256, bytes::float8 AS bytes, "errorCode", "errorMessage", "createdAt", "startedAt", "finishedAt"`;

export type NewIndex = Pick<
  IndexRow,
  'id' | 'datasetId' | 'encoderId' | 'm' | 'efConstruction' | 'efSearch' | 'storage' | 'targetRecall' | 'count'
>;

export async function insertIndex(sql: Statements, index: NewIndex): Promise<IndexRow> {
  const { id, datasetId, encoderId, m, efConstruction, efSearch, storage, targetRecall, count } = index;
  const { rows } = await sql.query(
    `INSERT INTO "IndexVersion" (id, "datasetId", "encoderId", m, "efConstruction", "efSearch", count, storage, "targetRecall")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
    [id, datasetId, encoderId, m, efConstruction, efSearch, count, storage, targetRecall],
  );
  return rows[0];
}

export async function findIndex(sql: Statements, id: IndexId): Promise<IndexRow | null> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "IndexVersion" WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** In no order; ids that are not there are left out. */
export async function findIndexes(sql: Statements, ids: readonly IndexId[]): Promise<IndexRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "IndexVersion" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

export interface IndexFilter {
  readonly namespace: Namespace;
  readonly datasetId?: DatasetId | undefined;
  readonly encoderId?: EncoderId | undefined;
  readonly status?: RunStatus | undefined;
}

/** Newest first. @param page.before only indexes older than this one, by id, which sorts by time */
export async function listIndexes(
  sql: Statements,
  { namespace, datasetId, encoderId, status }: IndexFilter,
  page: { before?: IndexId | undefined; limit: number },
): Promise<IndexRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "IndexVersion"
     WHERE ($1::uuid IS NULL OR "datasetId" = $1) AND ($2::uuid IS NULL OR "encoderId" = $2)
       AND ($3::text IS NULL OR status::text = $3) AND ($4::uuid IS NULL OR id < $4)
       AND "datasetId" IN (SELECT id FROM "Dataset" WHERE namespace = $6)
     ORDER BY id DESC LIMIT $5`,
    [datasetId ?? null, encoderId ?? null, status ?? null, page.before ?? null, page.limit, namespace],
  );
  return rows;
}

/** What names a dataset. */
export type DatasetKey = { readonly id: DatasetId } | { readonly namespace: Namespace; readonly name: string };

/** Whether a version is QUEUED or RUNNING. */
export async function isBuildingIndex(sql: Statements, datasetId: DatasetId): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT EXISTS (SELECT FROM "IndexVersion" WHERE "datasetId" = $1 AND status IN ('QUEUED', 'RUNNING')) AS building`,
    [datasetId],
  );
  return rows[0].building;
}

/** What a search has to know of an index as it is now. */
export interface IndexMoment {
  /** Of its dataset: every change up to it must be found. */
  readonly revision: number;
  /** Of its files. */
  readonly generation: number;
  /** Of the dataset, as its files hold it. Earlier changes may be forgotten. */
  readonly indexedRevision: number;
}

/**
 * By id; those that are not there are left out. One prepared statement: it is asked with every search. The ids are a table of their
 * own, because for `= ANY` PostgreSQL makes a new plan each time, which takes three times what the rest does.
 */
export async function indexMoments(
  sql: Pick<pg.Pool, 'query'>,
  ids: readonly IndexId[],
): Promise<Map<IndexId, IndexMoment>> {
  const { rows } = await sql.query({
    name: 'index-moments',
    text: `SELECT i.id, d.revision, i.generation, i."datasetRevision" AS "indexedRevision"
           FROM unnest($1::uuid[]) AS asked (id) JOIN "IndexVersion" i USING (id) JOIN "Dataset" d ON d.id = i."datasetId"`,
    values: [ids],
  });
  return new Map(rows.map(({ id, ...moment }) => [id, moment]));
}

/** @returns null when there is no such dataset */
export async function itemCountOf(sql: Statements, datasetId: DatasetId): Promise<number | null> {
  const { rows } = await sql.query('SELECT "itemCount" FROM "Dataset" WHERE id = $1', [datasetId]);
  return rows[0]?.itemCount ?? null;
}
