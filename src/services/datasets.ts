import type { DatasetKind } from '../domain/contents.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, ItemId, Namespace, QueryId } from '../domain/ids.ts';
import type { Split } from '../domain/training.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import {
  type DatasetRow,
  deleteDataset,
  deleteUnusedDataset,
  findDatasetByName,
  findDatasets,
  findItemByExternalId,
  findItems,
  findQueries,
  type ItemRow,
  insertDataset,
  type JudgementRow,
  judgementsOf,
  listDatasets,
  listItems,
  listQueries,
  type QueryRow,
} from '../store/datasets.ts';
import type { Statements } from './enqueue.ts';
import { type PageOf, readPage } from './pages.ts';

export type { DatasetRow, ItemRow, JudgementRow, QueryRow };

export interface DatasetsDeps {
  readonly db: Database;
}

const MAX_NAME = 200;
/** Of one query, at most; a query of a real collection has a few. */
const JUDGEMENTS_SHOWN = 100;

/** Datasets with their items, queries and judgements, as their callers see them. */
export class DatasetsService {
  readonly #db: Database;

  constructor(deps: DatasetsDeps) {
    this.#db = deps.db;
  }

  /**
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT for a name that can't be one, CONFLICT for one that is taken
   */
  async create(
    {
      namespace,
      name,
      kind = 'TEXT',
    }: Pick<DatasetRow, 'namespace' | 'name'> & { readonly kind?: DatasetKind | undefined },
    within: Statements = this.#db.pool,
  ): Promise<DatasetRow> {
    const field = ['input', 'name'];
    if (
      name.trim() !== name ||
      name.length < 1 ||
      name.length > MAX_NAME ||
      /\p{Cc}/u.test(name) ||
      !name.isWellFormed()
    ) {
      const rule = `1 to ${MAX_NAME} characters, none of them a control character, no space at either end`;
      throw new QuartetError(
        'BAD_INPUT',
        `a dataset can not be called ${JSON.stringify(name.slice(0, MAX_NAME))}: a name has ${rule}`,
        {
          field,
        },
      );
    }
    const dataset = await insertDataset(within, { id: newUuid() as DatasetId, namespace, name, kind });
    if (dataset !== null) return dataset;
    const remedy = 'import into that one, or take another name';
    throw new QuartetError('CONFLICT', `there is a dataset called ${JSON.stringify(name)} already; ${remedy}`, {
      field,
    });
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: DatasetId): Promise<DatasetRow> {
    const [dataset] = await this.getMany([id]);
    if (dataset === undefined) throw datasetNotFound(id);
    return dataset;
  }

  /** In no order; ids that are not there are left out. */
  getMany(ids: readonly DatasetId[]): Promise<DatasetRow[]> {
    return findDatasets(this.#db.pool, ids.filter(isUuid));
  }

  byName(namespace: Namespace, name: string): Promise<DatasetRow | null> {
    return storable(name) ? findDatasetByName(this.#db.pool, namespace, name) : Promise.resolve(null);
  }

  /** Those of a namespace by name. @param page.after name of the last dataset of the page before */
  list(namespace: Namespace, page: PageOf<string>): Promise<{ rows: readonly DatasetRow[]; hasNextPage: boolean }> {
    return readPage(page, ({ before, limit }) => listDatasets(this.#db.pool, namespace, before ?? null, limit));
  }

  /**
   * Deletes it with its items, queries, imports, runs and indexes. Work on it that is under way ends.
   * @param options.onlyIfUnused default false; refuses to delete a dataset into which an import succeeded or is under way, or
   *   on which a run, an index or an evaluation hangs
   * @throws QuartetError NOT_FOUND, CONFLICT
   */
  async delete(id: DatasetId, { onlyIfUnused = false }: { readonly onlyIfUnused?: boolean } = {}): Promise<void> {
    if (!isUuid(id)) throw datasetNotFound(id);
    if (!onlyIfUnused) {
      if (!(await this.#db.transaction((tx) => deleteDataset(tx, id)))) throw datasetNotFound(id);
      return;
    }
    const fate = await this.#db.transaction((tx) => deleteUnusedDataset(tx, id));
    if (fate === 'missing') throw datasetNotFound(id);
    if (fate === 'used') {
      throw new QuartetError('CONFLICT', `dataset ${id} is in use; delete it without onlyIfUnused if you mean to`, {
        field: ['input', 'onlyIfUnused'],
      });
    }
  }

  /** In the order of import. @param page.after id of the last item of the page before */
  items(datasetId: DatasetId, page: PageOf<ItemId>): Promise<{ rows: readonly ItemRow[]; hasNextPage: boolean }> {
    return readPage(page, ({ before, limit }) => listItems(this.#db.pool, datasetId, before ?? null, limit));
  }

  /** In the order of import. @param page.after id of the last query of the page before */
  queries(
    { datasetId, split }: { readonly datasetId: DatasetId; readonly split?: Split | null | undefined },
    page: PageOf<QueryId>,
  ): Promise<{ rows: readonly QueryRow[]; hasNextPage: boolean }> {
    const filter = { datasetId, split: split ?? null };
    return readPage(page, ({ before, limit }) => listQueries(this.#db.pool, filter, before ?? null, limit));
  }

  /** In no order; ids that are not there are left out. */
  getItems(ids: readonly ItemId[]): Promise<ItemRow[]> {
    return findItems(this.#db.pool, ids.filter(isRowId));
  }

  /** The item imported under this id, be it the item's own or another row's with the same text. */
  itemByExternalId(datasetId: DatasetId, externalId: string): Promise<ItemRow | null> {
    if (!isUuid(datasetId) || !storable(externalId)) return Promise.resolve(null);
    return findItemByExternalId(this.#db.pool, datasetId, externalId);
  }

  /** In no order; ids that are not there are left out. */
  getQueries(ids: readonly QueryId[]): Promise<QueryRow[]> {
    return findQueries(this.#db.pool, ids.filter(isRowId));
  }

  /** For many queries at once: at most 100 judgements of each, best grade first. */
  judgements(queryIds: readonly QueryId[]): Promise<JudgementRow[]> {
    return judgementsOf(this.#db.pool, queryIds.filter(isRowId), JUDGEMENTS_SHOWN);
  }
}

export function datasetNotFound(id: string): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no dataset ${id}; list the datasets to see which there are`, {
    field: ['input', 'datasetId'],
  });
}

/** What PostgreSQL's int holds; anything else is no row's id. */
function isRowId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id < 2 ** 31;
}

/** Whether PostgreSQL can hold it; nothing is called anything else. */
export function storable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
