import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetId, EncoderId, Namespace, RunId } from '../domain/ids.ts';
import { newUuid } from '../platform/uuid.ts';
import type { Statements } from './statements.ts';

/** A row of Encoder. */
export interface EncoderRow {
  readonly id: EncoderId;
  readonly namespace: Namespace;
  readonly name: string;
  readonly version: number;
  readonly kind: string;
  /** D */
  readonly dimensions: number;
  /** Artifact of kind `encoder`. */
  readonly sha256: string;
  readonly bytes: number;
  readonly card: Readonly<Record<string, unknown>>;
  readonly runId: RunId | null;
  readonly createdAt: Date;
}

const COLUMNS =
  'id, namespace, name, version, kind, dimensions, sha256, bytes::float8 AS bytes, card, "runId", "createdAt"';

export interface TrainedEncoder {
  readonly runId: RunId;
  readonly datasetId: DatasetId;
  readonly sha256: string;
  readonly bytes: number;
  /** The artifact's folder, for its card. */
  readonly dir: string;
}

/** Adds the next version of the encoder named like its dataset. A run has one encoder: again for the same run changes nothing. */
export async function insertTrainedEncoder(tx: Statements, trained: TrainedEncoder): Promise<void> {
  const { runId, datasetId, sha256, bytes, dir } = trained;
  const card = JSON.parse(await readFile(join(dir, 'card.json'), 'utf8'));
  // Two runs of one dataset may end at once; the second waits here for its number.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('encoder version ' || $1))`, [datasetId]);
  await tx.query(
    `INSERT INTO "Encoder" (id, namespace, name, version, kind, dimensions, sha256, bytes, card, "runId")
     SELECT $1, d.namespace, d.name,
       1 + COALESCE((SELECT max(version) FROM "Encoder" e WHERE e.namespace = d.namespace AND e.name = d.name), 0),
       $3, $4, $5, $6, $7, $8
     FROM "Dataset" d WHERE d.id = $2
     ON CONFLICT ("runId") DO NOTHING`,
    [newUuid(), datasetId, card.kind, card.dimensions, sha256, bytes, JSON.stringify(card), runId],
  );
}

export async function findEncoder(sql: Statements, id: EncoderId): Promise<EncoderRow | null> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Encoder" WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** In no order; ids that are not there are left out. */
export async function findEncoders(sql: Statements, ids: readonly EncoderId[]): Promise<EncoderRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Encoder" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** The encoders that these runs gave, in no order. */
export async function encodersOfRuns(sql: Statements, runIds: readonly RunId[]): Promise<EncoderRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Encoder" WHERE "runId" = ANY($1::uuid[])`, [runIds]);
  return rows;
}

/** The encoder trained last on this dataset. */
export async function latestEncoder(sql: Statements, datasetId: DatasetId): Promise<EncoderRow | null> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "Encoder" WHERE "runId" IN (SELECT id FROM "TrainingRun" WHERE "datasetId" = $1)
     ORDER BY id DESC LIMIT 1`,
    [datasetId],
  );
  return rows[0] ?? null;
}

export interface EncoderFilter {
  readonly namespace: Namespace;
  /** Only those trained on this dataset. */
  readonly datasetId?: DatasetId | undefined;
  readonly name?: string | undefined;
}

/** Newest first. @param page.before only encoders older than this one, by id, which sorts by time */
export async function listEncoders(
  sql: Statements,
  { namespace, datasetId, name }: EncoderFilter,
  page: { before?: EncoderId | undefined; limit: number },
): Promise<EncoderRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "Encoder"
     WHERE ($1::uuid IS NULL OR "runId" IN (SELECT id FROM "TrainingRun" WHERE "datasetId" = $1))
       AND ($2::text IS NULL OR name = $2) AND ($3::uuid IS NULL OR id < $3) AND namespace = $5
     ORDER BY id DESC LIMIT $4`,
    [datasetId ?? null, name ?? null, page.before ?? null, page.limit, namespace],
  );
  return rows;
}
