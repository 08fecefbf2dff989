import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Services } from '../api/context.ts';
import { toGlobalId } from '../api/global-ids.ts';
import type { Config } from '../config/index.ts';
import type { Limits } from '../domain/limits.ts';
import { createBuildIndexHandler } from '../jobs/handlers/build-index.ts';
import { createEvaluateHandler } from '../jobs/handlers/evaluate.ts';
import { createImportHandler } from '../jobs/handlers/import.ts';
import { createMapIndexHandler } from '../jobs/handlers/map-index.ts';
import { createMineHandler } from '../jobs/handlers/mine.ts';
import { createPromoteHandler } from '../jobs/handlers/promote.ts';
import { createRebuildIndexHandler } from '../jobs/handlers/rebuild-index.ts';
import { createRefineHandler } from '../jobs/handlers/refine.ts';
import { createRetireHandler } from '../jobs/handlers/retire.ts';
import { createTrainHandler } from '../jobs/handlers/train.ts';
import { JobQueue } from '../jobs/queue.ts';
import { startWorker, type Worker } from '../jobs/worker.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { AliasesService } from '../services/aliases.ts';
import { DatasetsService } from '../services/datasets.ts';
import { EmbeddingMapsService } from '../services/embedding-maps.ts';
import { EncodersService } from '../services/encoders.ts';
import { EvaluationExecutionsService } from '../services/evaluation-executions.ts';
import { EvaluationsService } from '../services/evaluations.ts';
import { ExportsService } from '../services/exports.ts';
import { GarbageService } from '../services/garbage.ts';
import { HardNegativesService } from '../services/hard-negatives.ts';
import { IdempotencyService } from '../services/idempotency.ts';
import { ImportExecutionsService } from '../services/import-executions.ts';
import { ImportsService } from '../services/imports.ts';
import { IndexBuildsService } from '../services/index-builds.ts';
import { IndexRebuildsService } from '../services/index-rebuilds.ts';
import { IndexRetentionService } from '../services/index-retention.ts';
import { IndexesService } from '../services/indexes.ts';
import { ItemsService } from '../services/items.ts';
import { KeysService } from '../services/keys.ts';
import { MapExecutionsService } from '../services/map-executions.ts';
import { MiningExecutionsService } from '../services/mining-executions.ts';
import { OwnershipService } from '../services/ownership.ts';
import { PromotionExecutionsService } from '../services/promotion-executions.ts';
import { RefinementExecutionsService } from '../services/refinement-executions.ts';
import { RefinementsService } from '../services/refinements.ts';
import { RunExecutionsService } from '../services/run-execution.ts';
import { RunsService } from '../services/runs.ts';
import { SnapshotsService } from '../services/snapshots.ts';
import { UploadsService } from '../services/uploads.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { openArtifacts } from '../store/open-artifacts.ts';
import { isAlive, takeLease } from '../store/worker-leases.ts';
import { placeOf } from './artifacts-place.ts';
import { MeasuredSearchService } from './measured-search.ts';
import { createMetrics, type ServerMetrics } from './metrics.ts';
import { VERSION } from './version.ts';

/** Of the requests of one process. */
const REQUESTS = { name: 'quartet', size: 12 } as const;
/** Of its jobs, most of which need one now and then. */
const JOBS = { name: 'quartet jobs', size: 8 } as const;

/** A statement ends with its request; sooner when what it waits for is another's lock, so that its sender can come again. */
function timeoutsOf({ seconds }: Limits) {
  return { statementTimeout: seconds * SECOND, lockTimeout: (seconds * SECOND) / 2 };
}

/** The wired house of one process. */
export interface App {
  readonly config: Config;
  /** What requests are answered with: statements have a time limit. */
  readonly db: Database;
  /** What jobs work with: long statements, on connections that no request waits for. */
  readonly jobDb: Database;
  readonly artifacts: ArtifactStore;
  readonly queue: JobQueue;
  readonly metrics: ServerMetrics;
  /** What the API and the handlers use, in layers: each is given those above it. */
  readonly services: Omit<Services, 'server' | 'spending'>;
  readonly snapshots: SnapshotsService;
  readonly garbage: GarbageService;
  /** Lets go of everything, last opened first. Stop servers and workers before. */
  close(): Promise<void>;
}

/**
 * Opens the database, then the queue in it, then wires the services on top.
 * @throws QuartetError DATABASE_UNAVAILABLE, DISK_FULL
 */
export async function openServices(config: Config, logger: Logger): Promise<App> {
  const { dataDir, databaseUrl, limits } = config;
  const db = await openDatabase({ dataDir, databaseUrl, logger, connections: { ...REQUESTS, ...timeoutsOf(limits) } });
  const jobDb = db.apart(JOBS);
  let opened: JobQueue | undefined;
  try {
    const queue = await JobQueue.open(jobDb, logger);
    opened = queue;
    const { enqueue } = queue;
    const metrics = createMetrics({ db, jobDb }, logger);
    const artifacts = await openArtifacts(placeOf(config));
    await artifacts.check();
    const encoders = new EncodersService({ db, artifacts });
    const indexes = new IndexesService({ db, artifacts, encoders, enqueue });
    const aliases = new AliasesService({ db, enqueue });
    const search = new MeasuredSearchService({ db, indexes, encoders }, metrics);
    return {
      config,
      db,
      jobDb,
      artifacts,
      queue,
      metrics,
      snapshots: new SnapshotsService({ db: jobDb, artifacts }),
      garbage: new GarbageService({ db: jobDb, artifacts }),
      services: {
        datasets: new DatasetsService({ db }),
        uploads: new UploadsService({ db, dataDir, artifacts, maxBytes: limits.uploadBytes }),
        exports: new ExportsService({ db: jobDb, dataDir, artifacts, globalId: toGlobalId }),
        imports: new ImportsService({ db, artifacts, enqueue }),
        items: new ItemsService({ db }),
        runs: new RunsService({ db, enqueue, artifacts }),
        encoders,
        indexes,
        retention: new IndexRetentionService({ db, artifacts }),
        maps: new EmbeddingMapsService({ db, enqueue }),
        aliases,
        refinements: new RefinementsService({ db, enqueue }),
        negatives: new HardNegativesService({ db, artifacts, encoders, enqueue }),
        evaluations: new EvaluationsService({ db, encoders, enqueue }),
        search,
        idempotency: new IdempotencyService({ db }),
        keys: new KeysService({ db }),
        ownership: new OwnershipService({ db }),
      },
      async close() {
        await search.close();
        await indexes.close();
        await encoders.close();
        await queue.close();
        artifacts.close();
        await jobDb.close();
        await db.close();
      },
    };
  } catch (error) {
    // Left open, it would go on looking, and keep the process that can't serve from ending.
    await opened?.close();
    await jobDb.close();
    await db.close();
    throw error;
  }
}

/** Works on jobs until it is stopped. */
export function startWorking(
  { config, jobDb: db, artifacts, queue, services, snapshots }: App,
  logger: Logger,
): Worker {
  const deps = { db, artifacts, snapshots };
  return startWorker({
    db,
    queue,
    logger,
    workRoot: join(config.dataDir, 'work'),
    leases: { take: () => takeLease(db), isAlive: (workerId) => isAlive(db, workerId) },
    handlers: {
      import: createImportHandler(new ImportExecutionsService({ ...deps, uploads: services.uploads })),
      train: createTrainHandler({ executions: new RunExecutionsService(deps), backend: config.backend }),
      'build-index': createBuildIndexHandler({ builds: new IndexBuildsService(deps), backend: config.backend }),
      'rebuild-index': createRebuildIndexHandler({ rebuilds: new IndexRebuildsService(deps), backend: config.backend }),
      'map-index': createMapIndexHandler({ executions: new MapExecutionsService(deps) }),
      evaluate: createEvaluateHandler({ executions: new EvaluationExecutionsService(deps), backend: config.backend }),
      refine: createRefineHandler({
        executions: new RefinementExecutionsService({ ...deps, ...services }),
        backend: config.backend,
      }),
      mine: createMineHandler({ executions: new MiningExecutionsService(deps), backend: config.backend }),
      promote: createPromoteHandler({
        executions: new PromotionExecutionsService({ ...deps, enqueue: queue.enqueue }),
        backend: config.backend,
      }),
      retire: createRetireHandler({ retention: new IndexRetentionService(deps) }),
    },
  });
}

/** What this process tells about itself. */
export function serverState(
  { db }: Pick<App, 'db'>,
  runsJobs: boolean,
  instance: string = randomUUID(),
): Services['server'] {
  return {
    version: VERSION,
    instance,
    startedAt: new Date(),
    runsJobs,
    databaseReachable: () =>
      db.pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
  };
}
