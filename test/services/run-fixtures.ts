import type { DatasetId } from '../../src/domain/ids.ts';
import type { RetrievalMetrics, RunEventBody } from '../../src/domain/training.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import type { Database } from '../../src/store/database.ts';

/** A dataset of `pairs` queries, each with one relevant item of its own. */
export async function insertDataset(db: Database, pairs = 2): Promise<DatasetId> {
  const id = newUuid() as DatasetId;
  await db.pool.query(`INSERT INTO "Dataset" (id, name, "updatedAt") VALUES ($1, $2, now())`, [id, `dataset ${id}`]);
  await db.pool.query(
    `WITH q AS (
       INSERT INTO "Query" ("datasetId", content, "contentHash", split)
       SELECT $1, n::text, sha256(convert_to(n::text, 'UTF8')), 'TRAIN' FROM generate_series(1, $2::int) n
       RETURNING id, content
     ), i AS (
       INSERT INTO "Item" ("datasetId", content, "contentHash")
       SELECT $1, n::text, sha256(convert_to(n::text, 'UTF8')) FROM generate_series(1, $2::int) n
       RETURNING id, content
     )
     INSERT INTO "Relevance" ("datasetId", "queryId", "itemId") SELECT $1, q.id, i.id FROM q JOIN i USING (content)`,
    [id, pairs],
  );
  return id;
}

export function stepEvent(step: number): Extract<RunEventBody, { kind: 'step' }> {
  return { kind: 'step', step, epoch: 0, loss: 1 / step, learningRate: 0.1, pairsPerSecond: 100 };
}

export function metrics(ndcgAt10: number): RetrievalMetrics {
  return {
    queries: 1,
    corpus: 1,
    accuracyAt1: 0,
    recallAt: { 10: 1 },
    mrrAt10: 0,
    ndcgAt10,
    mapAt100: 0,
    queriesWithoutPositives: 0,
  };
}

export function evaluationEvent(step: number, ndcgAt10: number, baseline = false): RunEventBody {
  return { kind: 'evaluation', step, split: 'VALIDATION', baseline, metrics: metrics(ndcgAt10) };
}
