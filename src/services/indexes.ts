import { totalmem } from 'node:os';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId, IndexId } from '../domain/ids.ts';
import { LeasedCache } from '../platform/leased-cache.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import { indexParameters } from '../search-index/parameters.ts';
import { VectorIndex } from '../search-index/vector-index.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import {
  findIndex,
  findIndexes,
  type IndexFilter,
  type IndexRow,
  insertIndex,
  itemCountOf,
  listIndexes,
  type SearchableIndex,
  searchableIndex,
} from '../store/indexes.ts';
import { storable } from './datasets.ts';
import type { EncodersService } from './encoders.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { type PageOf, readPage } from './pages.ts';

export type { IndexFilter, IndexRow };

export interface IndexesDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly encoders: EncodersService;
  readonly enqueue: Enqueue;
  /** Bytes of indexes kept loaded. Default a quarter of the machine's memory. */
  readonly memoryBytes?: number | undefined;
}

export interface BuildIndex {
  readonly datasetId: DatasetId;
  /** Default: the encoder trained last on the dataset. */
  readonly encoderId?: EncoderId | null | undefined;
  /** Default, minimum and maximum of these: `INDEX_BOUNDS`. */
  readonly m?: number | null | undefined;
  readonly efConstruction?: number | null | undefined;
  readonly efSearch?: number | null | undefined;
}

/** An index version in memory, with the encoder that its vectors came from. */
export interface LoadedIndex {
  readonly id: IndexId;
  readonly datasetId: DatasetId;
  readonly encoderId: EncoderId;
  readonly vectors: VectorIndex;
}

/** Index versions as their callers see them. How one is built is in `index-builds.ts`. */
export class IndexesService {
  readonly #deps: IndexesDeps;
  readonly #loaded: LeasedCache<LoadedIndex>;

  constructor(deps: IndexesDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#loaded = new LeasedCache({
      capacity: deps.memoryBytes ?? totalmem() / 4,
      sizeOf: ({ vectors }) => vectors.bytes,
      dispose: ({ vectors }) => vectors.release(),
    });
  }

  /**
   * Queues the building of a new version.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT naming the bound, NOT_FOUND for dataset or encoder, NOT_READY for a dataset without items or
   * without an encoder
   */
  async build({ datasetId, encoderId, ...asked }: BuildIndex, within?: Statements): Promise<IndexRow> {
    const { db, encoders, enqueue } = this.#deps;
    const parameters = indexParameters(asked);
    const count = isUuid(datasetId) ? await itemCountOf(db.pool, datasetId) : null;
    if (count === null) throw datasetNotFound(datasetId);
    const encoder = await encoders.choose(datasetId, encoderId);
    if (count === 0) {
      throw new QuartetError('NOT_READY', `dataset ${datasetId} has no items to index yet; import some first`, {
        field: ['input', 'datasetId'],
      });
    }
    const write = async (tx: Statements) => {
      const id = newUuid() as IndexId;
      const index = await insertIndex(tx, { id, datasetId, encoderId: encoder.id, count, ...parameters });
      await enqueue('build-index', id, tx);
      return index;
    };
    return within === undefined ? await db.transaction(write) : await write(within);
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
   * The newest version of a dataset that can be searched.
   * @throws QuartetError NOT_FOUND for the dataset, NOT_READY while it has none
   */
  async latest(dataset: { readonly id: DatasetId } | { readonly name: string }): Promise<IndexId> {
    const named = 'name' in dataset;
    const possible = named ? storable(dataset.name) : isUuid(dataset.id);
    const found = possible ? await searchableIndex(this.#deps.db.pool, dataset) : null;
    if (found === null) throw named ? datasetNotFound(dataset.name, 'datasetName') : datasetNotFound(dataset.id);
    return found.indexId ?? refuseUnindexed(found, named ? 'datasetName' : 'datasetId');
  }

  /**
   * Runs `fn` with an index in memory. It is loaded once however many ask, and kept while there is room.
   * @throws QuartetError NOT_FOUND, NOT_READY while it is not built, CORRUPT_ARTIFACT
   */
  async use<T>(id: IndexId, fn: (index: LoadedIndex) => Promise<T>): Promise<T> {
    return await this.#loaded.use(id, () => this.#load(id), fn);
  }

  /** Loads an index ahead of its first search. */
  async load(id: IndexId): Promise<void> {
    await this.use(id, async () => {});
  }

  /** @throws QuartetError NOT_FOUND when the row is gone, and lets go of the loaded index then */
  async requireExisting(id: IndexId): Promise<void> {
    try {
      await this.get(id);
    } catch (error) {
      await this.#loaded.drop(id);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#loaded.clear();
  }

  async #load(id: IndexId): Promise<LoadedIndex> {
    const { artifacts, encoders } = this.#deps;
    const { datasetId, encoderId, status, sha256, errorMessage } = await this.get(id);
    if (sha256 === null) {
      const state = errorMessage === null ? status : `${status}: ${errorMessage}`;
      const remedy = status === 'FAILED' ? 'build another' : 'wait until it is SUCCEEDED';
      throw new QuartetError('NOT_READY', `index ${id} can't be searched, it is ${state}; ${remedy}`, {
        field: ['input', 'indexId'],
      });
    }
    const vectors = await VectorIndex.load(artifacts.path('index', sha256));
    const encoder = await encoders.get(encoderId);
    if (vectors.card.encoderSha256 !== encoder.sha256) {
      await vectors.release();
      throw new QuartetError(
        'CORRUPT_ARTIFACT',
        `index ${id} holds vectors of another encoder than ${encoderId}; build it again`,
      );
    }
    return { id, datasetId, encoderId, vectors };
  }
}

function datasetNotFound(which: string, field = 'datasetId'): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no dataset ${which}; list the datasets to see which there are`, {
    field: ['input', field],
  });
}

function refuseUnindexed({ datasetName, building }: SearchableIndex, field: string): never {
  const remedy = building ? 'one is being built, wait until it is SUCCEEDED' : 'build one first';
  throw new QuartetError('NOT_READY', `dataset "${datasetName}" has no index to search yet; ${remedy}`, {
    field: ['input', field],
  });
}
