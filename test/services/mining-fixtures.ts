import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { DatasetId, EncoderId, IndexId, NegativeSetId } from '../../src/domain/ids.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { MineHardNegatives, NegativeSetRow } from '../../src/services/hard-negatives.ts';
import { MiningExecutionsService } from '../../src/services/mining-executions.ts';
import { type MineEvent, work as mineNegatives } from '../../src/services/work/mine-negatives.ts';
import type { Database } from '../../src/store/database.ts';
import { addDataset, addEncoder, buildNow, openHouse, type SearchHouse, sentences } from './search-fixtures.ts';

/** A TRAIN question of each of the first items, judged to be answered by it. */
export async function addTrainQuestions(db: Database, datasetId: DatasetId, count: number): Promise<void> {
  await db.pool.query(
    `WITH chosen AS (SELECT id, content FROM "Item" WHERE "datasetId" = $1 ORDER BY id LIMIT $2), asked AS (
       INSERT INTO "Query" ("datasetId", content, "contentHash", split)
       SELECT $1, 'what are ' || content, sha256(convert_to(content, 'UTF8')), 'TRAIN' FROM chosen ORDER BY id RETURNING id, content)
     INSERT INTO "Relevance" ("datasetId", "queryId", "itemId")
     SELECT $1, asked.id, chosen.id FROM asked JOIN chosen ON asked.content = 'what are ' || chosen.content`,
    [datasetId, count],
  );
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [datasetId]);
}

export interface MiningHouse extends SearchHouse {
  readonly dataset: { readonly id: DatasetId; readonly name: string; readonly itemIds: number[] };
  readonly encoderId: EncoderId;
  readonly indexId: IndexId;
  readonly executions: MiningExecutionsService;
  /** Mines as the worker and its child do, in this process. */
  mineNow(input?: Omit<MineHardNegatives, 'datasetId'>): Promise<NegativeSetRow>;
}

/** A dataset with an index, and questions to mine for; items are labelled by the first word of theirs. */
export async function openMine(t: TestContext, { items = 560, questions = 100 } = {}): Promise<MiningHouse> {
  const house = await openHouse(t);
  const texts = sentences(items);
  const dataset = await addDataset(house.db, texts);
  await addTrainQuestions(house.db, dataset.id, questions);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId: dataset.id, encoderId });
  const { db, artifacts, snapshots } = house;
  const executions = new MiningExecutionsService({ db, artifacts, snapshots });
  return {
    ...house,
    dataset,
    encoderId,
    indexId,
    executions,
    async mineNow(input = {}) {
      const id = await house.negatives.mine({ datasetId: dataset.id, ...input });
      await workOn(executions, house, id);
      return await house.negatives.get(id);
    },
  };
}

/** @param onPart called when a part is kept; what it throws ends the attempt, as a kill would */
export async function workOn(
  executions: MiningExecutionsService,
  { artifacts }: SearchHouse,
  id: NegativeSetId,
  onPart: (event: MineEvent) => void = () => {},
): Promise<void> {
  const execution = await executions.claim(id);
  if (execution === null) throw new Error('nobody else can have claimed it');
  const workDir = join(await artifacts.tempDir('negatives'));
  try {
    const mined = await mineNegatives(await execution.spec(), {
      workDir,
      logger: silentLogger,
      signal: new AbortController().signal,
      async emit(event) {
        await execution.part(event);
        onPart(event);
      },
    });
    await execution.succeed(mined);
  } finally {
    await execution.close();
  }
}
