import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { DatasetId, EncoderId, IndexId } from '../../src/domain/ids.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { AliasesService } from '../../src/services/aliases.ts';
import { EncodersService } from '../../src/services/encoders.ts';
import type { Enqueue } from '../../src/services/enqueue.ts';
import { HardNegativesService } from '../../src/services/hard-negatives.ts';
import { IndexBuildsService } from '../../src/services/index-builds.ts';
import { type BuildIndex, IndexesService } from '../../src/services/indexes.ts';
import { SearchService } from '../../src/services/search.ts';
import { SnapshotsService } from '../../src/services/snapshots.ts';
import { type BuildIndexEvent, work as buildIndex } from '../../src/services/work/build-index.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import type { Database } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { saveUntrainedEncoder } from './untrained-encoder.ts';

export const DIMENSIONS = 32;

export interface SearchHouse {
  readonly db: Database;
  readonly dataDir: string;
  readonly artifacts: ArtifactStore;
  readonly snapshots: SnapshotsService;
  readonly builds: IndexBuildsService;
  readonly encoders: EncodersService;
  readonly indexes: IndexesService;
  readonly aliases: AliasesService;
  readonly negatives: HardNegativesService;
  readonly search: SearchService;
  /** What was enqueued, as `queue id`. */
  readonly jobs: string[];
}

/** The services around search on a fresh database, with real artifacts and no worker. */
export async function openHouse(t: TestContext): Promise<SearchHouse> {
  const db = await testDatabase(t);
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-test-search-'));
  const artifacts = new ArtifactStore(dataDir);
  const snapshots = new SnapshotsService({ db, artifacts });
  const jobs: string[] = [];
  const enqueue: Enqueue = async (queue, id) => void jobs.push(`${queue} ${id}`);
  const encoders = new EncodersService({ db, artifacts });
  const indexes = new IndexesService({ db, artifacts, encoders, enqueue });
  const aliases = new AliasesService({ db, enqueue });
  const search = new SearchService({ db, indexes, encoders });
  t.after(async () => {
    await search.close();
    await indexes.close();
    await encoders.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    db,
    dataDir,
    artifacts,
    snapshots,
    builds: new IndexBuildsService({ db, artifacts, snapshots }),
    encoders,
    indexes,
    aliases,
    negatives: new HardNegativesService({ db, artifacts, encoders, enqueue }),
    search,
    jobs,
  };
}

const SUBJECTS = ['heart', 'kidney', 'liver', 'lung', 'skin', 'bone', 'eye', 'ear', 'brain', 'blood'];
const MATTERS = ['disease', 'pain', 'infection', 'cancer', 'injury', 'failure', 'swelling', 'allergy'];
const ASPECTS = ['causes', 'symptoms', 'treatment', 'prevention', 'diagnosis', 'outlook', 'tests'];

/** Different sentences, up to 10 x 8 x 7 of them with a number beyond. */
export function sentences(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const subject = SUBJECTS[index % 10];
    const matter = MATTERS[Math.floor(index / 10) % 8];
    const aspect = ASPECTS[Math.floor(index / 80) % 7];
    const edition = index < 560 ? '' : ` number ${Math.floor(index / 560)}`;
    return `${aspect} of ${subject} ${matter}${edition}`;
  });
}

export interface TestDataset {
  readonly id: DatasetId;
  readonly name: string;
  /** In the order of the texts. */
  readonly itemIds: number[];
}

export async function addDataset(db: Database, texts: readonly string[]): Promise<TestDataset> {
  const id = newUuid() as DatasetId;
  const name = `dataset ${id}`;
  await db.pool.query(`INSERT INTO "Dataset" (id, name, "itemCount", "updatedAt") VALUES ($1, $2, $3, now())`, [
    id,
    name,
    texts.length,
  ]);
  return { id, name, itemIds: await addItems(db, id, texts) };
}

export async function addItems(db: Database, datasetId: DatasetId, texts: readonly string[]): Promise<number[]> {
  const { rows } = await db.pool.query(
    `INSERT INTO "Item" ("datasetId", "externalId", content, "contentHash", label, metadata)
     SELECT $1, 'doc-' || n + (SELECT count(*) FROM "Item" WHERE "datasetId" = $1), text, sha256(convert_to(text, 'UTF8')), split_part(text, ' ', 1), jsonb_build_object('n', n)
     FROM unnest($2::text[]) WITH ORDINALITY AS given (text, n) ORDER BY n RETURNING id`,
    [datasetId, texts],
  );
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [datasetId]);
  return rows.map((row) => row.id);
}

/** A real encoder of random vectors, which is a word-overlap score. */
export async function addEncoder(
  { db, artifacts }: SearchHouse,
  texts: readonly string[],
  { name = 'handbook', version = 1, seed = 1, dimensions = DIMENSIONS } = {},
): Promise<EncoderId> {
  const dir = await artifacts.tempDir('encoder');
  const card = await saveUntrainedEncoder(dir, texts, { dimensions, seed });
  const { sha256, bytes } = await artifacts.adopt('encoder', dir);
  const id = newUuid() as EncoderId;
  await db.pool.query(
    `INSERT INTO "Encoder" (id, name, version, kind, dimensions, sha256, bytes, card) VALUES ($1, $2, $3, 'text-static', $4, $5, $6, $7)`,
    [id, name, version, dimensions, sha256, bytes, JSON.stringify(card)],
  );
  return id;
}

/** Builds as the worker and its child do, in this process. */
export async function buildNow(
  house: SearchHouse,
  input: BuildIndex & { encoderId: EncoderId },
): Promise<{ id: IndexId; events: BuildIndexEvent[] }> {
  const { id } = await house.indexes.build(input);
  const build = await house.builds.claim(id);
  if (build === null) throw new Error('nobody else can have claimed it');
  const events: BuildIndexEvent[] = [];
  const workDir = await house.artifacts.tempDir('index');
  const built = await buildIndex(await build.spec(), {
    workDir,
    logger: silentLogger,
    signal: new AbortController().signal,
    pause: new AbortController().signal,
    async emit(event) {
      events.push(event);
      await build.progress(event.done, event.total);
    },
  });
  await build.succeed(built);
  await rm(workDir, { recursive: true, force: true });
  return { id, events };
}
