import type { DatasetId, EncoderId, IndexId, NegativeSetId } from '../domain/ids.ts';
import type { MiningReport, MiningSpec } from '../domain/mining.ts';
import type { RunStatus } from '../domain/training.ts';
import type { Statements } from './statements.ts';

export type MiningSourceName = 'ENCODER' | 'LEXICAL' | 'BOTH';

/** A row of HardNegativeSet. */
export interface NegativeSetRow {
  readonly id: NegativeSetId;
  readonly datasetId: DatasetId;
  readonly source: MiningSourceName;
  readonly encoderId: EncoderId | null;
  readonly indexId: IndexId | null;
  readonly judgeId: EncoderId | null;
  /** Where positives come from; by `label` the queries are items. */
  readonly positives: 'relevance' | 'label';
  readonly spec: MiningSpec;
  readonly status: RunStatus;
  readonly attempt: number;
  readonly queriesDone: number;
  readonly queriesTotal: number | null;
  readonly parts: readonly string[];
  readonly snapshotSha256: string | null;
  readonly datasetHash: string | null;
  readonly candidates: number;
  readonly report: MiningReport | null;
  readonly sha256: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "datasetId", source, "encoderId", "indexId", "judgeId", positives, spec, status, attempt, "queriesDone",
  "queriesTotal", parts, "snapshotSha256", "datasetHash", candidates, report, sha256, "errorCode", "errorMessage", "createdAt",
  "startedAt", "finishedAt"`;

export type NewNegativeSet = Pick<
  NegativeSetRow,
  'id' | 'datasetId' | 'source' | 'encoderId' | 'indexId' | 'judgeId' | 'positives' | 'spec'
>;

export async function insertNegativeSet(tx: Statements, set: NewNegativeSet): Promise<void> {
  const { id, datasetId, source, encoderId, indexId, judgeId, positives, spec } = set;
  await tx.query(
    `INSERT INTO "HardNegativeSet" (id, "datasetId", source, "encoderId", "indexId", "judgeId", positives, spec)
     VALUES ($1, $2, $3::"MiningSource", $4, $5, $6, $7, $8)`,
    [id, datasetId, source, encoderId, indexId, judgeId, positives, JSON.stringify(spec)],
  );
}

/** Lets go of the parts of a mining that ended without a set: nothing will go on behind them. */
export async function dropParts(sql: Statements, id: NegativeSetId): Promise<void> {
  await sql.query(
    `UPDATE "HardNegativeSet" SET parts = '{}', "snapshotSha256" = NULL WHERE id = $1 AND status IN ('CANCELLED', 'FAILED')`,
    [id],
  );
}

/** In no order; ids that are not there are left out. */
export async function findNegativeSets(sql: Statements, ids: readonly NegativeSetId[]): Promise<NegativeSetRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "HardNegativeSet" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Newest first. @param page.before only sets older than this one, by id, which sorts by time */
export async function listNegativeSets(
  sql: Statements,
  datasetId: DatasetId,
  page: { before?: NegativeSetId | undefined; limit: number },
): Promise<NegativeSetRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "HardNegativeSet" WHERE "datasetId" = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [datasetId, page.before ?? null, page.limit],
  );
  return rows;
}

/** The newest index of a dataset that can be searched, of one encoder or of any. */
export async function minableIndex(
  sql: Statements,
  datasetId: DatasetId,
  encoderId: EncoderId | null,
): Promise<{ id: IndexId; encoderId: EncoderId; count: number } | null> {
  const { rows } = await sql.query(
    `SELECT id, "encoderId", count FROM "IndexVersion" WHERE "datasetId" = $1 AND status = 'SUCCEEDED'
       AND ($2::uuid IS NULL OR "encoderId" = $2) ORDER BY id DESC LIMIT 1`,
    [datasetId, encoderId],
  );
  return rows[0] ?? null;
}

export async function datasetKind(sql: Statements, datasetId: DatasetId): Promise<string | null> {
  const { rows } = await sql.query('SELECT kind::text AS kind FROM "Dataset" WHERE id = $1', [datasetId]);
  return rows[0]?.kind ?? null;
}

/** How much of a dataset has moved on since a set was mined. */
export interface Staleness {
  readonly mined: Date;
  /** Encoders trained on the dataset since. */
  readonly newerEncoders: number;
  /** Name and version of the encoder that mined it; null for words alone, or where it is gone. */
  readonly encoder: string | null;
}

export async function stalenessOf(sql: Statements, id: NegativeSetId): Promise<Staleness | null> {
  const { rows } = await sql.query(
    `SELECT s."createdAt" AS mined, e.name || '@' || e.version AS encoder,
       (SELECT count(*)::int FROM "Encoder" n JOIN "TrainingRun" r ON r.id = n."runId"
        WHERE r."datasetId" = s."datasetId" AND n.id > COALESCE(e.id, '00000000-0000-0000-0000-000000000000')
          AND (e.id IS NOT NULL OR n."createdAt" > s."createdAt")) AS "newerEncoders"
     FROM "HardNegativeSet" s LEFT JOIN "Encoder" e ON e.id = s."encoderId" WHERE s.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
