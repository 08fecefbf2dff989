import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId, IndexId, ItemId, Namespace } from '../domain/ids.ts';
import { span } from '../platform/spans.ts';
import { turn } from '../platform/turns.ts';
import { type Filter, requireFilter } from '../search-index/filter/filter.ts';
import { bounded } from '../search-index/parameters.ts';
import type { SearchStrategy } from '../search-index/vector-index.ts';
import type { Database } from '../store/database.ts';
import { type FoundItem, type ItemContent, itemContent, itemReader } from '../store/found-items.ts';
import type { AliasesService, AliasTarget } from './aliases.ts';
import { EMBED_BOUNDS, type EncodersService, type StoredContent } from './encoders.ts';
import type { IndexesService, LoadedIndex } from './indexes.ts';
import { ItemFilters } from './item-filters.ts';
import { liveHits } from './live-hits.ts';
import { storedContent } from './stored-content.ts';

export type { Attribute, AttributeTest, Filter, FilterValue, ValueRange } from '../search-index/filter/filter.ts';
export type { FoundItem, SearchStrategy };

export interface SearchDeps {
  readonly db: Database;
  readonly indexes: IndexesService;
  readonly aliases: Pick<AliasesService, 'resolve'>;
  readonly encoders: EncodersService;
}

/** Where to search: one version, the newest searchable version of a dataset, or the one that an alias points at. */
export type SearchTarget =
  | { readonly indexId: IndexId }
  | { readonly datasetId: DatasetId }
  | { readonly namespace: Namespace; readonly datasetName: string }
  | { readonly alias: AliasTarget };

/** What to search with. A vector has any length but zero; an item finds its neighbours, itself left out. */
export type SearchQuery =
  | { readonly text: string }
  | { readonly itemId: ItemId }
  /** Bytes of an image file. */
  | { readonly image: Uint8Array }
  /** As the dataset holds them: the encoder makes an embedding of it. */
  | { readonly storedVector: Float32Array }
  | { readonly vector: readonly number[] | Float32Array };

export type SearchRequest = SearchTarget &
  SearchQuery & {
    /** Default 10, 1 to 1,000. */
    readonly k?: number | null | undefined;
    /** Candidates kept by the graph, 1 to 5,000, raised to k. Default: the index's own. */
    readonly ef?: number | null | undefined;
    /** Only items that pass are found. Default: all. */
    readonly filter?: Filter | null | undefined;
  };

export interface SearchHit {
  readonly item: FoundItem;
  /** Cosine similarity, -1 to 1. */
  readonly score: number;
  /** 1 for the best. */
  readonly rank: number;
}

export interface SearchResult {
  /** Best first, at most k. */
  readonly hits: readonly SearchHit[];
  readonly indexId: IndexId;
  readonly encoderId: EncoderId;
  readonly strategy: SearchStrategy;
  /** Items of the index that exist. */
  readonly candidates: number;
  /** Those of them that pass the filter: all without one. */
  readonly matched: number;
  /** True when these hits are all there is: a larger k gives no more. */
  readonly exhausted: boolean;
  /** New items that can't be found yet: more than can be compared one by one, until the rebuild they caused is done. */
  readonly pending: number;
  readonly tookMs: number;
}

/** Answers searches; the only place where index, encoder and items meet. */
export class SearchService {
  readonly #deps: SearchDeps;
  readonly #items: ReturnType<typeof itemReader>;
  readonly #filters: ItemFilters;

  constructor(deps: SearchDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#items = itemReader(deps.db.pool);
    this.#filters = new ItemFilters(deps.db);
  }

  /**
   * Always k hits while as many exist, whatever the graph finds and whatever changed since it was built: a change that was
   * acknowledged before this call, to whichever process, is seen.
   * @throws QuartetError BAD_INPUT (k, ef, filter, text, zero or not finite vector), NOT_FOUND (index, dataset, item), NOT_READY,
   * DIMENSION_MISMATCH naming both, CORRUPT_ARTIFACT
   */
  async search(request: SearchRequest): Promise<SearchResult> {
    const started = performance.now();
    const k = bounded('k', request.k);
    const ef = request.ef === null || request.ef === undefined ? null : bounded('efSearch', request.ef, 'ef');
    if (request.filter) requireFilter(request.filter);
    const indexId = await this.#resolve(request);
    const { indexes } = this.#deps;
    return await indexes.use(indexId, async (index) => {
      // On its way while the search goes on with what is known: nearly always that is all there is.
      const asked = indexes.moment(indexId);
      asked.catch(() => {});
      const refresh = async () => indexes.reach(index, await asked);
      const source = {
        index: index.vectors,
        live: index.live,
        items: (ids: readonly number[]) => span('fetch', () => this.#items.get(ids)),
        refresh,
      };
      const answer = async () => {
        const { vector, without } = await span('encode', () => this.#vectorOf(request, index));
        const rows = request.filter ? await this.#filters.passing(index, request.filter) : null;
        await turn();
        const passing = request.filter && rows !== null ? { rows, filter: request.filter } : null;
        return await span('find', () => liveHits({ k, ef, vector, without, passing }, source));
      };
      const seen = index.live.revision;
      let found = await answer();
      const { revision, generation } = await asked;
      if (seen < revision || index.generation < generation) await refresh();
      if (seen < revision) found = await answer();
      // Items come for many searches together, and each answer has still to be put into words.
      await turn();
      return {
        ...found,
        pending: index.live.pending,
        indexId,
        encoderId: index.encoderId,
        tookMs: Math.round((performance.now() - started) * 1_000) / 1_000,
      };
    });
  }

  async #resolve(target: SearchTarget): Promise<IndexId> {
    if ('indexId' in target) return target.indexId;
    if ('alias' in target) return await this.#deps.aliases.resolve(target.alias);
    const dataset =
      'datasetId' in target ? { id: target.datasetId } : { namespace: target.namespace, name: target.datasetName };
    return await this.#deps.indexes.latest(dataset);
  }

  /** @returns the query's unit vector, and the item that must not be a hit */
  async #vectorOf(
    query: SearchQuery,
    { vectors, live, datasetId, encoderId }: LoadedIndex,
  ): Promise<{ vector: Float32Array; without: ItemId | null }> {
    if ('vector' in query) return { vector: unitVector(query.vector, vectors.dimensions), without: null };
    if ('text' in query) return { vector: await this.#embed(encoderId, query.text), without: null };
    if ('image' in query) return { vector: await this.#embedStored(encoderId, query, 'image'), without: null };
    if ('storedVector' in query) {
      const content = { vector: query.storedVector };
      return { vector: await this.#embedStored(encoderId, content, 'storedVector'), without: null };
    }
    const content = Number.isSafeInteger(query.itemId)
      ? await itemContent(this.#deps.db.pool, datasetId, query.itemId)
      : null;
    if (content === null) {
      throw new QuartetError('NOT_FOUND', `the dataset of this index has no item ${query.itemId}`, {
        field: ['input', 'itemId'],
      });
    }
    const row = vectors.rowOf(query.itemId);
    const isAsIndexed = row !== null && !live.overlay.dropped.has(row);
    const known = isAsIndexed ? vectors.vector(row) : live.overlay.vector(query.itemId);
    return { vector: known ?? (await this.#embedItem(encoderId, content)), without: query.itemId };
  }

  async #embedItem(encoderId: EncoderId, { kind, content, data }: ItemContent): Promise<Float32Array> {
    if (kind === 'TEXT') return this.#embed(encoderId, content.slice(0, EMBED_BOUNDS.characters));
    return this.#embedStored(encoderId, storedContent(kind, data as Buffer), 'itemId');
  }

  /** @param name of the input's field, for what is wrong with it */
  async #embedStored(encoderId: EncoderId, content: StoredContent, name: string): Promise<Float32Array> {
    try {
      return (await this.#deps.encoders.embedStored(encoderId, [content])).vectors;
    } catch (error) {
      if (!(error instanceof QuartetError) || error.code !== 'BAD_INPUT') throw error;
      throw new QuartetError(error.code, error.message, { field: ['input', name], cause: error });
    }
  }

  async #embed(encoderId: EncoderId, text: string): Promise<Float32Array> {
    const field = ['input', 'text'];
    if (text.length === 0 || text.length > EMBED_BOUNDS.characters) {
      const bound = `1 to ${EMBED_BOUNDS.characters} characters`;
      throw new QuartetError('BAD_INPUT', `text must have ${bound}, it has ${text.length}`, { field });
    }
    if (text.trim() === '') throw new QuartetError('BAD_INPUT', 'text is blank; say what to look for', { field });
    return (await this.#deps.encoders.embed(encoderId, [text])).vectors;
  }
}

function unitVector(given: readonly number[] | Float32Array, dimensions: number): Float32Array {
  const field = ['input', 'vector'];
  if (given.length !== dimensions) {
    throw new QuartetError(
      'DIMENSION_MISMATCH',
      `the vector has ${given.length} dimensions, the index has ${dimensions}; use the encoder that built the index`,
      { field },
    );
  }
  let largest = 0;
  for (const value of given) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new QuartetError('BAD_INPUT', `the vector has the value ${value}; every value must be a finite number`, {
        field,
      });
    }
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest === 0) {
    throw new QuartetError('BAD_INPUT', 'the vector is zero and has no direction to search in', { field });
  }
  // Scaled first: the squares of very large or small values would overflow or vanish.
  let squares = 0;
  for (const value of given) squares += (value / largest) ** 2;
  const norm = Math.sqrt(squares);
  return Float32Array.from(given as ArrayLike<number>, (value) => value / largest / norm);
}
