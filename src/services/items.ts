import { MAX_ID_BYTES, MAX_LABEL_BYTES, MAX_METADATA_BYTES, MAX_TEXT_BYTES } from '../data/limits.ts';
import { metadataJson, textFault } from '../data/staging/storable.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, ItemId } from '../domain/ids.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { type IdempotentRequest, once } from '../store/idempotency.ts';
import { forgetItemChanges } from '../store/item-changes.ts';
import { deleteItems, type StatedItem, upsertItems } from '../store/live-items.ts';
import { DatasetTurns } from './dataset-turns.ts';
import { datasetNotFound } from './datasets.ts';

/** Items of one call, from 1. More belong into an import. */
export const MOST_CHANGES = 1_000;

export interface GivenItem {
  /** 1 byte to 1 MiB. */
  readonly text: string;
  readonly externalId?: string | null | undefined;
  /** Null or left out: stays as it is. So with metadata. */
  readonly label?: string | null | undefined;
  readonly metadata?: unknown;
}

export interface Upserted {
  readonly itemIds: readonly ItemId[];
  readonly added: number;
  readonly updated: number;
  readonly revision: number;
}

export interface Deleted {
  readonly itemIds: readonly ItemId[];
  readonly revision: number;
}

/**
 * Single items, changed while indexes over them are searched. When a call returns, its changes are committed; the next search,
 * in whichever process, finds them (live-index.ts).
 */
export class ItemsService {
  readonly #db: Database;
  readonly #turns = new DatasetTurns();

  constructor(deps: { readonly db: Database }) {
    this.#db = deps.db;
  }

  /**
   * Adds items, and changes those whose external id or text is there already. All of them or none.
   * @param request the caller's idempotency key; null: none
   * @throws QuartetError BAD_INPUT naming item and bound, NOT_FOUND, CONFLICT for a key that was used for something else, RETRY_LATER
   */
  async upsert(
    datasetId: DatasetId,
    given: readonly GivenItem[],
    request: IdempotentRequest | null = null,
  ): Promise<Upserted> {
    if (!isUuid(datasetId)) throw datasetNotFound(datasetId);
    requireCount(given.length, 'items');
    const items = given.map((item, at) => statedItem(item, at));
    refuseTwice(items);
    return await this.#change(datasetId, request, (tx) =>
      upsertItems(tx, datasetId, items).then(({ ids, ...counts }) => ({ itemIds: ids, ...counts })),
    );
  }

  /**
   * Deletes items with their judgements. An item's own id deletes it; an external id takes that id away, and the item goes with
   * its last one. What is not there is passed over. All of it or nothing.
   * @returns the items that went
   * @throws QuartetError BAD_INPUT, NOT_FOUND for the dataset, CONFLICT as `upsert`
   */
  async delete(
    datasetId: DatasetId,
    {
      itemIds = [],
      externalIds = [],
    }: { readonly itemIds?: readonly ItemId[]; readonly externalIds?: readonly string[] },
    request: IdempotentRequest | null = null,
  ): Promise<Deleted> {
    if (!isUuid(datasetId)) throw datasetNotFound(datasetId);
    requireCount(itemIds.length + externalIds.length, 'itemIds');
    for (const [at, externalId] of externalIds.entries()) {
      requireText(externalId, MAX_ID_BYTES, ['input', 'externalIds', String(at)]);
    }
    return await this.#change(datasetId, request, (tx) =>
      deleteItems(tx, datasetId, { ids: itemIds, externalIds }).then(({ ids, revision }) => ({
        itemIds: ids,
        revision,
      })),
    );
  }

  /** Forgets which items changed where the files of every index hold it. @returns how many changes */
  async forgetOldChanges(): Promise<number> {
    return await forgetItemChanges(this.#db.pool);
  }

  /** The answer is kept with the key, so that the same call once more gives the same answer and changes nothing. */
  #change<T extends object>(
    datasetId: DatasetId,
    request: IdempotentRequest | null,
    change: (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => Promise<T>,
  ): Promise<T> {
    return this.#turns.run(datasetId, () =>
      this.#db.transaction(async (tx) => {
        if (request === null) return await change(tx);
        const { resultId } = await once(tx, request, async () => JSON.stringify(await change(tx)));
        return JSON.parse(resultId) as T;
      }),
    );
  }
}

function requireCount(count: number, name: string): void {
  if (count >= 1 && count <= MOST_CHANGES) return;
  throw new QuartetError(
    'BAD_INPUT',
    `1 to ${MOST_CHANGES} items can be changed by one call, got ${count}; send them in parts, or import them`,
    { field: ['input', name] },
  );
}

function statedItem({ text, externalId, label, metadata }: GivenItem, at: number): StatedItem {
  const field = (name: string) => ['input', 'items', String(at), name];
  requireText(text, MAX_TEXT_BYTES, field('text'));
  if (externalId) requireText(externalId, MAX_ID_BYTES, field('externalId'));
  if (label) requireText(label, MAX_LABEL_BYTES, field('label'));
  return {
    text,
    externalId: externalId || null,
    label: label || null,
    metadata: metadata === null || metadata === undefined ? null : requireMetadata(metadata, field('metadata')),
  };
}

function requireText(text: string, maxBytes: number, field: readonly string[]): void {
  const fault = textFault(text, maxBytes);
  if (fault !== null) throw new QuartetError('BAD_INPUT', `${field.slice(1).join('.')} ${fault}`, { field });
}

function requireMetadata(metadata: unknown, field: readonly string[]): string {
  const refuse = (fault: string) => new QuartetError('BAD_INPUT', `${field.slice(1).join('.')} ${fault}`, { field });
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw refuse('must be an object, e.g. {"source": "handbook"}');
  }
  const checked = metadataJson(metadata as Record<string, unknown>, MAX_METADATA_BYTES);
  if ('fault' in checked) throw refuse(checked.fault);
  return checked.json;
}

/** Of two items with one id, one would be lost without a word. */
function refuseTwice(items: readonly StatedItem[]): void {
  const ids = new Map<string, number>();
  for (const [at, { externalId }] of items.entries()) {
    if (externalId === null) continue;
    const before = ids.get(externalId);
    if (before !== undefined) {
      throw new QuartetError('BAD_INPUT', `items ${before} and ${at} have the same externalId; give each id once`, {
        field: ['input', 'items', String(at), 'externalId'],
      });
    }
    ids.set(externalId, at);
  }
}
