import { parseImage } from '../data/contents/image-value.ts';
import { parseVector } from '../data/contents/vector-value.ts';
import { imageFault } from '../data/images/decode.ts';
import { MAX_ID_BYTES, MAX_LABEL_BYTES, MAX_METADATA_BYTES, MAX_TEXT_BYTES } from '../data/limits.ts';
import { metadataJson, textFault } from '../data/staging/storable.ts';
import { CONTENTS_OF, type DatasetKind } from '../domain/contents.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, ItemId } from '../domain/ids.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { findDatasets } from '../store/datasets.ts';
import { type IdempotentRequest, once } from '../store/idempotency.ts';
import { forgetItemChanges } from '../store/item-changes.ts';
import { deleteItems, type StatedItem, upsertItems } from '../store/live-items.ts';
import { DatasetTurns } from './dataset-turns.ts';
import { datasetNotFound } from './datasets.ts';

/** Items of one call, from 1. More belong into an import. */
const MOST_CHANGES = 1_000;

export interface GivenItem {
  /** 1 byte to 1 MiB; this or one of the next two, as the dataset is. */
  readonly text?: string | null | undefined;
  /** Bytes of an image file. */
  readonly image?: Uint8Array | null | undefined;
  /** Of the dataset's length, which the first one sets. */
  readonly vector?: Float32Array | null | undefined;
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
    const [dataset] = await findDatasets(this.#db.pool, [datasetId]);
    if (dataset === undefined) throw datasetNotFound(datasetId);
    const items: StatedItem[] = [];
    for (const [at, item] of given.entries()) items.push(await statedItem(item, at, dataset.kind));
    refuseTwice(items);
    const dimensions = dataset.kind === 'VECTOR' ? sharedLength(given, dataset.dimensions) : null;
    return await this.#change(datasetId, request, (tx) =>
      upsertItems(tx, datasetId, items, dimensions).then(({ ids, ...counts }) => ({ itemIds: ids, ...counts })),
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

async function statedItem(item: GivenItem, at: number, kind: DatasetKind): Promise<StatedItem> {
  const { externalId, label, metadata } = item;
  const field = (name: string) => ['input', 'items', String(at), name];
  const content = await contentOf(item, kind, field);
  if (externalId) requireText(externalId, MAX_ID_BYTES, field('externalId'));
  if (label) requireText(label, MAX_LABEL_BYTES, field('label'));
  return {
    ...content,
    externalId: externalId || null,
    label: label || null,
    metadata: metadata === null || metadata === undefined ? null : requireMetadata(metadata, field('metadata')),
  };
}

const NAMES = { TEXT: 'text', IMAGE: 'image', VECTOR: 'vector' } as const satisfies Record<
  DatasetKind,
  keyof GivenItem
>;

/** What the item is: exactly what the items of its dataset are. */
async function contentOf(
  item: GivenItem,
  kind: DatasetKind,
  field: (name: string) => readonly string[],
): Promise<Pick<StatedItem, 'text' | 'data'>> {
  const name = NAMES[kind];
  const stated = Object.values(NAMES).filter((one) => item[one] !== null && item[one] !== undefined);
  if (stated.length !== 1 || stated[0] !== name) {
    const found = stated.length === 0 ? 'nothing' : stated.join(' and ');
    const message = `items of this dataset are ${CONTENTS_OF[kind]}: give \`${name}\` and nothing else, got ${found}`;
    throw new QuartetError('BAD_INPUT', message, { field: field(stated.find((one) => one !== name) ?? name) });
  }
  if (kind === 'TEXT') {
    requireText(item.text as string, MAX_TEXT_BYTES, field('text'));
    return { text: item.text as string, data: null };
  }
  const parsed = kind === 'IMAGE' ? parseImage(item.image) : parseVector(item.vector);
  // Now, not when it is encoded: what can't be decoded would keep every index of the dataset from going on.
  const fault = 'fault' in parsed ? parsed.fault : kind === 'IMAGE' ? await imageFault(parsed.bytes) : null;
  if (fault !== null) {
    throw new QuartetError('BAD_INPUT', `${field(name).slice(1).join('.')} ${fault}`, { field: field(name) });
  }
  return { text: null, data: 'bytes' in parsed ? parsed.bytes : null };
}

/** @param known of the dataset, null while it has no vector @throws QuartetError DIMENSION_MISMATCH naming item and lengths */
function sharedLength(given: readonly GivenItem[], known: number | null): number {
  const wanted = known ?? (given[0]?.vector?.length as number);
  for (const [at, { vector }] of given.entries()) {
    if (vector?.length === wanted) continue;
    const message = `items.${at}.vector has ${vector?.length} numbers, the vectors of this dataset have ${wanted}`;
    throw new QuartetError('DIMENSION_MISMATCH', message, { field: ['input', 'items', String(at), 'vector'] });
  }
  return wanted;
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
