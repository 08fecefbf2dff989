import { totalmem } from 'node:os';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId, IndexId, IndexRebuildId } from '../domain/ids.ts';
import { Coalesced } from '../platform/coalesced.ts';
import { LeasedCache } from '../platform/leased-cache.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import { VectorIndex } from '../search-index/vector-index.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { type IndexRebuildRow, insertRebuild, latestRebuild } from '../store/index-rebuilds.ts';
import {
  findIndex,
  findIndexes,
  type IndexFilter,
  type IndexMoment,
  type IndexRow,
  indexMoments,
  insertIndex,
  listIndexes,
} from '../store/indexes.ts';
import { CHANGES_CHANNEL, type IndexDistance, indexDistance } from '../store/item-changes.ts';
import type { EncodersService } from './encoders.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { type IndexEstimate, requireRoom } from './index-estimates.ts';
import { type BuildIndex, IndexPlans } from './index-plans.ts';
import { type Retired, retireIndexes } from './index-retention.ts';
import { cancelJob } from './job-cancellation.ts';
import { LiveIndex, type LiveIndexDeps } from './live-index.ts';
import { type PageOf, readPage } from './pages.ts';
import { SearchedIndexes } from './searched-indexes.ts';

export type { BuildIndex, IndexDistance, IndexEstimate, IndexFilter, IndexMoment, IndexRebuildRow, IndexRow };

export interface IndexesDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly encoders: EncodersService;
  readonly enqueue: Enqueue;
  /** Bytes of indexes kept loaded. Default a quarter of the machine's memory. */
  readonly memoryBytes?: number | undefined;
  /** When a tail gets too long. Default `LIVE_LIMITS`. */
  readonly liveLimits?: LiveIndexDeps['limits'];
}

/** An index version in memory, with the encoder that its vectors came from. */
export interface LoadedIndex {
  readonly id: IndexId;
  readonly datasetId: DatasetId;
  readonly encoderId: EncoderId;
  readonly vectors: VectorIndex;
  /** What changed since its files were made. */
  readonly live: LiveIndex;
  readonly generation: number;
}

/** Turns of the event loop in which searches gather for one look at what they are for, or at the state of their indexes. */
export const GATHERING = 8;

/** Index versions as their callers see them. How one is built is in `index-builds.ts`. */
export class IndexesService {
  readonly #deps: IndexesDeps;
  readonly #plans: IndexPlans;
  readonly #loaded: LeasedCache<LoadedIndex>;
  /** Of the files that each index is searched in. */
  readonly #generations = new Map<IndexId, number>();
  readonly #moments: Coalesced<IndexId, IndexMoment>;
  readonly #renewing = new Map<IndexId, Promise<void>>();
  readonly #searched: SearchedIndexes;
  #listening: Promise<() => Promise<void>> | undefined;

  constructor(deps: IndexesDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#moments = new Coalesced((ids) => indexMoments(deps.db.pool, ids), { atOnce: 1, turns: GATHERING });
    this.#searched = new SearchedIndexes(deps.db);
    const memoryBytes = deps.memoryBytes ?? totalmem() / 4;
    this.#plans = new IndexPlans(deps, memoryBytes);
    this.#loaded = new LeasedCache({
      capacity: memoryBytes,
      sizeOf: ({ vectors, live }) => vectors.bytes + live.overlay.bytes + live.items.bytes,
      dispose: ({ vectors }) => vectors.release(),
    });
  }

  /**
   * Queues the building of a new version.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT naming the bound, or what it takes where that does not fit, DISK_FULL, NOT_FOUND for dataset or
   * encoder, NOT_READY for a dataset without items or without an encoder
   */
  async build(asked: BuildIndex, within?: Statements): Promise<IndexRow> {
    const { db, enqueue } = this.#deps;
    const planned = await this.#plans.plan(asked);
    requireRoom(await this.#plans.estimate(planned));
    const { encoder, ...columns } = planned;
    const write = async (tx: Statements) => {
      const id = newUuid() as IndexId;
      const index = await insertIndex(tx, { id, encoderId: encoder.id, ...columns });
      await enqueue('build-index', id, tx);
      return index;
    };
    return within === undefined ? await db.transaction(write) : await write(within);
  }

  /** What such an index will take, and whether it fits. @throws QuartetError as `build`, but for what does not fit */
  async estimate(asked: BuildIndex): Promise<IndexEstimate> {
    return await this.#plans.estimate(await this.#plans.plan(asked));
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: IndexId): Promise<IndexRow> {
    const row = isUuid(id) ? await findIndex(this.#deps.db.pool, id) : null;
    if (row !== null) return row;
    throw new QuartetError('NOT_FOUND', `there is no index ${id}; list the indexes to see which there are`, {
      field: ['input', 'indexId'],
    });
  }

  /** Many at once, in no order; ids that are not there are left out. */
  async getMany(ids: readonly IndexId[]): Promise<readonly IndexRow[]> {
    return await findIndexes(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** Newest first. */
  async list(
    filter: IndexFilter,
    page: PageOf<IndexId>,
  ): Promise<{ indexes: readonly IndexRow[]; hasNextPage: boolean }> {
    const { rows, hasNextPage } = await readPage(page, (of) => listIndexes(this.#deps.db.pool, filter, of));
    return { indexes: rows, hasNextPage };
  }

  /**
   * Runs `fn` with an index in memory. It is loaded once however many ask, and kept while there is room.
   * @throws QuartetError NOT_FOUND, NOT_READY while it is not built, CORRUPT_ARTIFACT
   */
  async use<T>(id: IndexId, fn: (index: LoadedIndex) => Promise<T>): Promise<T> {
    this.#searched.note(id);
    return await this.#use(id, fn);
  }

  async #use<T>(id: IndexId, fn: (index: LoadedIndex) => Promise<T>): Promise<T> {
    const generation = this.#generations.get(id) ?? (await this.#firstUse(id));
    return await this.#loaded.use(keyOf(id, generation), () => this.#load(id), fn);
  }

  /**
   * What an index has to know by now, read after this call: a search that compares it with what it has seen can't miss a
   * change that was acknowledged before.
   * @throws QuartetError NOT_FOUND when the index is gone, and lets go of it then
   */
  async moment(id: IndexId): Promise<IndexMoment> {
    const moment = (await this.#moments.get([id])).get(id);
    if (moment !== undefined) return moment;
    await this.requireExisting(id);
    throw new QuartetError('NOT_FOUND', `index ${id} was deleted a moment ago`, { field: ['input', 'indexId'] });
  }

  /**
   * Brings a loaded index up to a moment; new files are loaded while the old ones serve.
   * @returns false when it can't: it has slept through changes that nobody remembers any more, because the new files hold them.
   * Then `use` gives the new ones.
   */
  async reach({ id, live, generation }: LoadedIndex, moment: IndexMoment): Promise<boolean> {
    const renewing = moment.generation > generation ? this.#renew(id, moment) : undefined;
    if (renewing !== undefined && live.revision < moment.indexedRevision) {
      await renewing;
      if (this.#generations.get(id) !== generation) return false;
      throw new QuartetError('RETRY_LATER', `the new files of index ${id} can't be loaded yet; search again`);
    }
    await live.reach(moment.revision);
    return true;
  }

  /** How far the files of an index are behind its dataset, and the last rebuild. */
  async distance(id: IndexId): Promise<IndexDistance & { readonly rebuild: IndexRebuildRow | null }> {
    const { pool } = this.#deps.db;
    const [distance, rebuild] = await Promise.all([indexDistance(pool, id), latestRebuild(pool, id)]);
    return { tail: 0, tombstones: 0, ...distance, rebuild };
  }

  /** Lets go of old versions of a dataset, as told in index-retention.ts. */
  async retire(datasetId: DatasetId, keep: number): Promise<Retired> {
    return await retireIndexes(this.#deps, { datasetId, keep });
  }

  /** Ends a build that has not ended. Once more changes nothing. @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise */
  async cancel(id: IndexId): Promise<void> {
    await cancelJob(this.#deps.db, 'IndexVersion', id, { called: `index ${id}`, field: ['input', 'indexId'] });
  }

  /** Loads an index and its encoder ahead of the first search. */
  async load(id: IndexId): Promise<void> {
    await this.#use(id, ({ encoderId }) => this.#deps.encoders.load(encoderId));
  }

  /** @throws QuartetError NOT_FOUND when the row is gone, and lets go of the loaded index then */
  async requireExisting(id: IndexId): Promise<void> {
    try {
      await this.get(id);
    } catch (error) {
      const generation = this.#generations.get(id);
      this.#generations.delete(id);
      if (generation !== undefined) await this.#loaded.drop(keyOf(id, generation));
      throw error;
    }
  }

  async close(): Promise<void> {
    const stop = await this.#listening?.catch(() => undefined);
    this.#listening = undefined;
    await stop?.();
    await Promise.all(this.#renewing.values());
    this.#generations.clear();
    await this.#loaded.clear();
  }

  async #firstUse(id: IndexId): Promise<number> {
    const { generation } = await this.get(id);
    // Somebody else may have been faster, and may have renewed it since.
    const known = this.#generations.get(id);
    if (known !== undefined) return known;
    this.#generations.set(id, generation);
    this.#listening ??= this.#deps.db.listen(CHANGES_CHANNEL, (datasetId) => this.#heard(datasetId));
    // Changes are found without it too, only later: by the search that needs them.
    this.#listening.catch(() => {
      this.#listening = undefined;
    });
    return generation;
  }

  /** Encodes changes ahead of the next search. @param datasetId empty after a lost connection: any may have changed */
  #heard(datasetId: string): void {
    for (const [id, generation] of this.#generations) {
      const loaded = this.#loaded.peek(keyOf(id, generation));
      if (loaded === undefined || (datasetId !== '' && loaded.datasetId !== datasetId)) continue;
      this.#use(id, async (index) => this.reach(index, await this.moment(id))).catch(() => {
        // The next search tries again, and reports it.
      });
    }
  }

  /** Loads the files of a rebuild, brings them up to date, and has searches go to them from then on. */
  #renew(id: IndexId, moment: IndexMoment): Promise<void> {
    const begun = this.#renewing.get(id);
    if (begun !== undefined) return begun;
    const renewing = (async () => {
      const before = this.#generations.get(id);
      const { generation, revision } = moment;
      try {
        await this.#loaded.use(
          keyOf(id, generation),
          () => this.#load(id),
          ({ live }) => live.reach(revision),
        );
      } catch (error) {
        // Where two do not fit side by side, the old files make room, and the next search loads the new ones.
        if (!(error instanceof QuartetError && error.code === 'RETRY_LATER')) return;
      }
      if (before === undefined || this.#generations.get(id) !== before) return;
      this.#generations.set(id, generation);
      await this.#loaded.drop(keyOf(id, before));
    })();
    const whole = renewing.finally(() => this.#renewing.delete(id));
    this.#renewing.set(id, whole);
    return whole;
  }

  async #rebuild(id: IndexId, generation: number): Promise<void> {
    const { db, enqueue } = this.#deps;
    await db.transaction(async (tx) => {
      const rebuildId = newUuid() as IndexRebuildId;
      if (await insertRebuild(tx, rebuildId, { id, generation })) await enqueue('rebuild-index', rebuildId, tx);
    });
  }

  async #load(id: IndexId): Promise<LoadedIndex> {
    const { db, artifacts, encoders, liveLimits } = this.#deps;
    const { datasetId, encoderId, status, sha256, errorMessage, generation, ...row } = await this.get(id);
    if (sha256 === null) {
      const state = errorMessage === null ? status : `${status}: ${errorMessage}`;
      const remedy = status === 'FAILED' ? 'build another' : 'wait until it is SUCCEEDED';
      throw new QuartetError('NOT_READY', `index ${id} can't be searched, it is ${state}; ${remedy}`, {
        field: ['input', 'indexId'],
      });
    }
    const vectors = await VectorIndex.load(await artifacts.use('index', sha256), {
      present: () => artifacts.use('index', sha256),
    });
    const encoder = await encoders.get(encoderId);
    if (vectors.card.encoderSha256 !== encoder.sha256) {
      await vectors.release();
      throw new QuartetError(
        'CORRUPT_ARTIFACT',
        `index ${id} holds vectors of another encoder than ${encoderId}; build it again`,
      );
    }
    let asked = false;
    const live = new LiveIndex(
      {
        sql: db.pool,
        encoders,
        ...(liveLimits === undefined ? {} : { limits: liveLimits }),
        onWorn: () => {
          if (asked) return;
          asked = true;
          this.#rebuild(id, generation).catch(() => {
            asked = false;
          });
        },
      },
      { datasetId, encoderId, vectors, revision: row.datasetRevision, lastItemId: row.lastItemId },
    );
    return { id, datasetId, encoderId, vectors, live, generation };
  }
}

/** Files of two generations are two values of the cache: one is loaded while the other serves. */
function keyOf(id: IndexId, generation: number): string {
  return `${id} ${generation}`;
}
