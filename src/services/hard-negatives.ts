import { join } from 'node:path';
import { findNegatives, NEGATIVES_FILE, type NegativeRecord } from '../data/negatives-file.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId, IndexId, NegativeSetId } from '../domain/ids.ts';
import type { CandidateFate } from '../domain/mining.ts';
import { type MiningInput, resolveMining, windowOf } from '../mining/settings.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import {
  type FalseNegativeRow,
  type FalseNegativeUse,
  isPairOf,
  markFalseNegative,
  marksOfPairs,
} from '../store/false-negatives.ts';
import {
  datasetKind,
  dropParts,
  findNegativeSets,
  insertNegativeSet,
  listNegativeSets,
  type MiningSourceName,
  minableIndex,
  type NegativeSetRow,
} from '../store/hard-negatives.ts';
import { findIndex, itemCountOf } from '../store/indexes.ts';
import { trainability } from '../store/runs.ts';
import { datasetNotFound } from './datasets.ts';
import type { EncodersService } from './encoders.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { cancelJob } from './job-cancellation.ts';
import { type PageOf, readPage } from './pages.ts';

export type { FalseNegativeUse, NegativeSetRow };

export interface HardNegativesDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly encoders: EncodersService;
  readonly enqueue: Enqueue;
}

export interface MineHardNegatives {
  readonly datasetId: DatasetId;
  /** Default ENCODER where the dataset has an index, else LEXICAL. */
  readonly source?: MiningSourceName | null | undefined;
  /** Default: the newest that can be searched. Its encoder mines. */
  readonly indexId?: IndexId | null | undefined;
  /** Instead of an index: the newest index of this encoder. */
  readonly encoderId?: EncoderId | null | undefined;
  /** A second encoder; what it finds nearly as near as the positive is dropped too. */
  readonly judgeId?: EncoderId | null | undefined;
  /** Default relevance. */
  readonly positives?: 'relevance' | 'label' | null | undefined;
  readonly settings?: MiningInput | undefined;
}

/** A record of a set, with what people have made of it since. */
export interface HardNegative extends NegativeRecord {
  /** Position in the set. */
  readonly position: number;
  readonly queryIsItem: boolean;
  readonly marked: FalseNegativeUse | null;
}

/** Mined sets as their callers see them. How one is mined is in `mining-executions.ts`. */
export class HardNegativesService {
  readonly #deps: HardNegativesDeps;

  constructor(deps: HardNegativesDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Queues a mining.
   * @param within the caller's transaction
   * @throws QuartetError BAD_INPUT naming the bound, or the window that can't be filled; NOT_FOUND; NOT_READY without a positive, or
   * without an index that can be searched
   */
  async mine(input: MineHardNegatives, within?: Statements): Promise<NegativeSetId> {
    const { db, encoders, enqueue } = this.#deps;
    const { datasetId } = input;
    const positives = input.positives ?? 'relevance';
    const { exists, hasPairs } = isUuid(datasetId)
      ? await trainability(db.pool, datasetId, positives)
      : { exists: false, hasPairs: false };
    if (!exists) throw datasetNotFound(datasetId);
    if (!hasPairs) {
      const lacking = positives === 'label' ? 'two items of one label' : 'a TRAIN query with a relevant item';
      throw new QuartetError('NOT_READY', `dataset ${datasetId} lacks ${lacking} to mine for; import some`, {
        field: ['input', 'datasetId'],
      });
    }
    const kind = await datasetKind(db.pool, datasetId);
    const index = input.source === 'LEXICAL' ? null : await this.#indexFor(input);
    const source = input.source ?? (index === null ? 'LEXICAL' : 'ENCODER');
    if (kind !== 'TEXT' && source !== 'ENCODER') {
      const remedy = index === null ? 'build an index, then mine with its encoder' : 'mine by ENCODER';
      throw new QuartetError('BAD_INPUT', `dataset ${datasetId} holds ${kind} items, which have no words; ${remedy}`, {
        field: ['input', 'source'],
      });
    }
    if (input.judgeId != null) await encoders.get(input.judgeId);
    const given = input.settings ?? {};
    // Margins count from a positive's cosine. By words alone it may share none with its query, and a margin would leave nothing.
    const spec = resolveMining(
      source === 'LEXICAL' && given.relativeMargin === undefined ? { ...given, relativeMargin: null } : given,
    );
    const items = (await itemCountOf(db.pool, datasetId)) ?? 0;
    // Items that came since the index was built have no rank in it.
    windowOf(spec, source === 'ENCODER' && index !== null ? Math.min(items, index.count) : items);
    const write = async (tx: Statements) => {
      const id = newUuid() as NegativeSetId;
      const facts = { source, encoderId: index?.encoderId ?? null, indexId: index?.id ?? null };
      await insertNegativeSet(tx, { id, datasetId, ...facts, judgeId: input.judgeId ?? null, positives, spec });
      await enqueue('mine', id, tx);
      return id;
    };
    return within === undefined ? await db.transaction(write) : await write(within);
  }

  /**
   * Ends a mining that is not finished; what it has found so far goes. Once more changes nothing.
   * @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise
   */
  async cancel(id: NegativeSetId): Promise<void> {
    const also = (tx: Statements) => dropParts(tx, id);
    await cancelJob(this.#deps.db, 'HardNegativeSet', id, { called: `set ${id}`, field: ['input', 'setId'], also });
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: NegativeSetId): Promise<NegativeSetRow> {
    const [set] = await this.getMany([id]);
    if (set !== undefined) return set;
    throw new QuartetError(
      'NOT_FOUND',
      `there is no set of hard negatives ${id}; mine one, or list those of the dataset`,
      {
        field: ['input', 'setId'],
      },
    );
  }

  /** Many at once, in no order; ids that are not there are left out. */
  async getMany(ids: readonly NegativeSetId[]): Promise<readonly NegativeSetRow[]> {
    return await findNegativeSets(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** Newest first. */
  async list(
    datasetId: DatasetId,
    page: PageOf<NegativeSetId>,
  ): Promise<{ rows: readonly NegativeSetRow[]; hasNextPage: boolean }> {
    return await readPage(page, (of) => listNegativeSets(this.#deps.db.pool, datasetId, of));
  }

  /**
   * A page of a set's rows, by query, then by rank.
   * @param fate only rows of this fate; null: all
   * @param page.after position of the last row of the page before
   * @throws QuartetError NOT_READY while it is not mined
   */
  async rows(
    set: NegativeSetRow,
    fate: CandidateFate | null,
    page: { readonly first: number; readonly after?: number | undefined },
  ): Promise<{ rows: readonly HardNegative[]; hasNextPage: boolean }> {
    const { db, artifacts } = this.#deps;
    if (set.sha256 === null) {
      throw new QuartetError(
        'NOT_READY',
        `set ${set.id} has no rows, it is ${set.status}; wait until it is SUCCEEDED`,
        {
          field: ['setId'],
        },
      );
    }
    const path = join(await artifacts.use('negatives', set.sha256), NEGATIVES_FILE);
    // One more than the page has, to know whether there is another.
    const found = await findNegatives(path, { first: (page.after ?? -1) + 1, limit: page.first + 1, fate });
    const shown = found.slice(0, page.first);
    const queryIsItem = set.positives === 'label';
    const pairs = shown.map(({ record }) => record);
    const marks = new Map(
      (await marksOfPairs(db.pool, set.datasetId, queryIsItem, pairs)).map((mark) => [pairKey(mark), mark.use]),
    );
    const rows = shown.map(({ position, record }) => ({
      ...record,
      position,
      queryIsItem,
      marked: marks.get(pairKey(record)) ?? null,
    }));
    return { rows, hasNextPage: found.length > page.first };
  }

  /**
   * Says that an item is no negative of a query: it becomes a positive, or is excluded. The next mining and the next training respect it.
   * @throws QuartetError NOT_FOUND for a pair that is not of the set's dataset, BAD_INPUT for a positive where labels decide
   */
  async mark(
    set: NegativeSetRow,
    { queryId, itemId, use }: Pick<FalseNegativeRow, 'queryId' | 'itemId' | 'use'>,
  ): Promise<void> {
    const { db } = this.#deps;
    const pair = { datasetId: set.datasetId, queryIsItem: set.positives === 'label', queryId, itemId };
    if (pair.queryIsItem && use === 'POSITIVE') {
      throw new QuartetError(
        'BAD_INPUT',
        'use is POSITIVE, but the positives of this set come from labels: exclude the pair, or import the item with another label',
        { field: ['input', 'use'] },
      );
    }
    await db.transaction(async (tx) => {
      if (!(await isPairOf(tx, pair))) {
        throw new QuartetError('NOT_FOUND', `the dataset of set ${set.id} has no such query and item`, {
          field: ['input', 'itemId'],
        });
      }
      await markFalseNegative(tx, { ...pair, use });
    });
  }

  async #indexFor(input: MineHardNegatives): Promise<{ id: IndexId; encoderId: EncoderId; count: number } | null> {
    const { db } = this.#deps;
    const { datasetId, indexId } = input;
    if (indexId == null) {
      const encoderId = input.encoderId ?? null;
      const newest = await minableIndex(db.pool, datasetId, encoderId);
      if (newest !== null || (input.source == null && encoderId === null)) return newest;
      const of = encoderId === null ? '' : ` by encoder ${encoderId}`;
      throw new QuartetError(
        'NOT_READY',
        `dataset ${datasetId} has no index${of} that can be searched; build one, or mine by words with source LEXICAL`,
        { field: ['input', encoderId === null ? 'datasetId' : 'encoderId'] },
      );
    }
    const field = ['input', 'indexId'];
    const index = isUuid(indexId) ? await findIndex(db.pool, indexId) : null;
    if (index === null || index.datasetId !== datasetId) {
      throw new QuartetError('NOT_FOUND', `dataset ${datasetId} has no index ${indexId}`, { field });
    }
    if (index.status !== 'SUCCEEDED') {
      throw new QuartetError('NOT_READY', `index ${indexId} is ${index.status}; wait until it is SUCCEEDED`, { field });
    }
    return index;
  }
}

function pairKey({ queryId, itemId }: { readonly queryId: number; readonly itemId: number }): string {
  return `${queryId} ${itemId}`;
}
