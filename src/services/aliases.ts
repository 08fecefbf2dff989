import { QuartetError } from '../domain/errors.ts';
import type { AliasId, DatasetId, IndexId, PromotionId } from '../domain/ids.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import {
  type AliasRow,
  findAliases,
  insertAlias,
  listAliases,
  lockAlias,
  moveAlias,
  type PromotableIndex,
  promotableIndex,
} from '../store/aliases.ts';
import type { Database } from '../store/database.ts';
import type { DatasetKey } from '../store/indexes.ts';
import { findPromotions, insertPromotion, listPromotions, type PromotionRow } from '../store/promotions.ts';
import { storable } from './datasets.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { type PageOf, readPage } from './pages.ts';

export type { AliasRow, PromotionRow };

export interface AliasesDeps {
  readonly db: Database;
  readonly enqueue: Enqueue;
}

const DEFAULT_ALIAS = 'live';
const NAME_LENGTH = 200;
const REASON_LENGTH = 1_000;

export interface PromoteIndex {
  readonly indexId: IndexId;
  /** Name of the alias within the index' dataset; made when it is not there. Default `live`. */
  readonly alias?: string | null | undefined;
  /** Moves the alias whatever the encoders' quality, and is kept with the move. */
  readonly overrideReason?: string | null | undefined;
}

/** An alias to search: one name of one dataset. */
export interface AliasTarget {
  readonly name: string;
  readonly dataset: DatasetKey;
}

/**
 * Names that clients search, each pointing at one index version of its dataset. An alias moves in one statement, so every search
 * sees the old version or the new one. How a new encoder is held against the present one is in `promotion-executions.ts`.
 */
export class AliasesService {
  readonly #deps: AliasesDeps;

  constructor(deps: AliasesDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Moves an alias to an index, or queues the measuring that decides it. The alias moves at once when it is new, when the same encoder
   * made both indexes, and when a reason for an override is given.
   * @param within the caller's transaction
   * @returns the id of the promotion, SUCCEEDED or QUEUED
   * @throws QuartetError NOT_FOUND, NOT_READY for an index that can't be searched yet, BAD_INPUT for name or reason, CONFLICT when
   * the alias points there already
   */
  async promote(input: PromoteIndex, within?: Statements): Promise<PromotionId> {
    const name = requireName(input.alias ?? DEFAULT_ALIAS);
    const overrideReason = requireReason(input.overrideReason);
    const write = async (tx: Statements) => {
      const index = await this.#searchable(tx, input.indexId);
      const { datasetId } = index;
      const id = newUuid() as PromotionId;
      const aliasId = newUuid() as AliasId;
      if (await insertAlias(tx, { id: aliasId, datasetId, name, currentId: index.id })) {
        const facts = { id, aliasId, indexId: index.id, fromIndexId: null, overrideReason };
        await insertPromotion(tx, { ...facts, basis: 'FIRST' }, true);
        await this.#deps.enqueue('retire', datasetId, tx);
        return id;
      }
      const alias = (await lockAlias(tx, { datasetId, name })) as AliasRow;
      if (alias.currentId === index.id) {
        throw new QuartetError('CONFLICT', `alias "${name}" points at index ${index.id} already`, {
          field: ['input', 'indexId'],
        });
      }
      const present = (await promotableIndex(tx, alias.currentId)) as PromotableIndex;
      const basis =
        present.encoderId === index.encoderId ? 'SAME_ENCODER' : overrideReason === null ? 'MEASURED' : 'OVERRIDE';
      const facts = {
        id,
        aliasId: alias.id,
        indexId: index.id,
        fromIndexId: alias.currentId,
        basis,
        overrideReason,
      } as const;
      await insertPromotion(tx, facts, basis === 'MEASURED' ? null : true);
      if (basis === 'MEASURED') await this.#deps.enqueue('promote', id, tx);
      else {
        await moveAlias(tx, alias.id, index.id);
        await this.#deps.enqueue('retire', datasetId, tx);
      }
      return id;
    };
    return within === undefined ? await this.#deps.db.transaction(write) : await write(within);
  }

  /**
   * Points an alias at the version it had before; once more, and it is back.
   * @throws QuartetError NOT_FOUND, CONFLICT when there is no version before
   */
  async rollback(aliasId: AliasId, within?: Statements): Promise<PromotionId> {
    const write = async (tx: Statements) => {
      const alias = isUuid(aliasId) ? await lockAlias(tx, { id: aliasId }) : null;
      if (alias === null) throw aliasNotFound(aliasId);
      if (alias.previousId === null) {
        throw new QuartetError('CONFLICT', `alias "${alias.name}" has no version before this one to go back to`, {
          field: ['input', 'aliasId'],
        });
      }
      const id = newUuid() as PromotionId;
      const facts = { id, aliasId, indexId: alias.previousId, fromIndexId: alias.currentId, overrideReason: null };
      await insertPromotion(tx, { ...facts, basis: 'ROLLBACK' }, true);
      await moveAlias(tx, aliasId, alias.previousId);
      await this.#deps.enqueue('retire', alias.datasetId, tx);
      return id;
    };
    return within === undefined ? await this.#deps.db.transaction(write) : await write(within);
  }

  /** Many at once, in no order; ids that are not there are left out. */
  async getMany(ids: readonly AliasId[]): Promise<readonly AliasRow[]> {
    return await findAliases(this.#deps.db.pool, ids.filter(isUuid));
  }

  async getPromotions(ids: readonly PromotionId[]): Promise<readonly PromotionRow[]> {
    return await findPromotions(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** By name. @param page.after name of the last alias of the page before */
  async list(datasetId: DatasetId, page: PageOf<string>): Promise<{ rows: readonly AliasRow[]; hasNextPage: boolean }> {
    return await readPage(page, ({ before, limit }) =>
      listAliases(this.#deps.db.pool, datasetId, { after: before ?? null, limit }),
    );
  }

  /** Newest first. */
  async promotions(
    aliasId: AliasId,
    page: PageOf<PromotionId>,
  ): Promise<{ rows: readonly PromotionRow[]; hasNextPage: boolean }> {
    return await readPage(page, (of) => listPromotions(this.#deps.db.pool, aliasId, of));
  }

  async #searchable(tx: Statements, id: IndexId): Promise<PromotableIndex> {
    const field = ['input', 'indexId'];
    const index = isUuid(id) ? await promotableIndex(tx, id) : null;
    if (index === null) {
      throw new QuartetError('NOT_FOUND', `there is no index ${id}; list the indexes to see which there are`, {
        field,
      });
    }
    if (index.status === 'SUCCEEDED') return index;
    const remedy = index.status === 'FAILED' ? 'build another' : 'wait until it is SUCCEEDED';
    throw new QuartetError('NOT_READY', `index ${id} can't be searched, it is ${index.status}; ${remedy}`, { field });
  }
}

function aliasNotFound(id: string): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no alias ${id}; list the aliases of the dataset`, {
    field: ['input', 'aliasId'],
  });
}

function requireName(name: string): string {
  const length = [...name].length;
  if (length >= 1 && length <= NAME_LENGTH && name.trim() !== '' && storable(name)) return name;
  throw new QuartetError(
    'BAD_INPUT',
    `alias must have 1 to ${NAME_LENGTH} characters and not be blank, it has ${length}`,
    {
      field: ['input', 'alias'],
    },
  );
}

function requireReason(reason: string | null | undefined): string | null {
  if (reason === null || reason === undefined) return null;
  const { length } = [...reason];
  if (length <= REASON_LENGTH && reason.trim() !== '' && storable(reason)) return reason;
  throw new QuartetError(
    'BAD_INPUT',
    `overrideReason must have 1 to ${REASON_LENGTH} characters and say something, it has ${length}`,
    { field: ['input', 'overrideReason'] },
  );
}
