import { QuartetError } from '../domain/errors.ts';
import type { EncoderId, ItemId } from '../domain/ids.ts';
import type { Side } from '../encoders/index.ts';
import type { Database } from '../store/database.ts';
import { type ItemContent, itemContent } from '../store/found-items.ts';
import { EMBED_BOUNDS, type EncodersService, type StoredContent } from './encoders.ts';
import type { LoadedIndex } from './indexes.ts';
import { placed } from './query-place.ts';
import type { SearchExamples, SearchPart, SearchQuery } from './search-request.ts';
import { storedContent } from './stored-content.ts';

export interface QueryVector {
  /** shape [D], unit norm */
  readonly vector: Float32Array;
  /** Items that must not be hits. */
  readonly without: ReadonlySet<ItemId>;
}

const MOST_EXAMPLES = 100;
const NONE: ReadonlySet<ItemId> = new Set();

/** Turns what is searched with into a vector of the index' own kind. */
export class QueryVectors {
  readonly #db: Database;
  readonly #encoders: EncodersService;

  constructor(deps: { readonly db: Database; readonly encoders: EncodersService }) {
    this.#db = deps.db;
    this.#encoders = deps.encoders;
  }

  /** @throws QuartetError BAD_INPUT, NOT_FOUND for an item, DIMENSION_MISMATCH */
  async of(query: SearchQuery, index: LoadedIndex): Promise<QueryVector> {
    if ('examples' in query) return await this.#ofExamples(query.examples, index);
    const vector = await this.#ofPart(query, index);
    return { vector, without: 'itemId' in query ? new Set([query.itemId]) : NONE };
  }

  /** As `of` for each; texts are encoded together. @throws QuartetError as `of`, naming the query's place */
  async ofMany(queries: readonly SearchQuery[], index: LoadedIndex): Promise<QueryVector[]> {
    const texts: string[] = [];
    const places: number[] = [];
    for (const [at, query] of queries.entries()) {
      if (!('text' in query)) continue;
      try {
        requireText(query.text);
      } catch (error) {
        throw placed(error, at);
      }
      texts.push(query.text);
      places.push(at);
    }
    const vectors = new Array<QueryVector>(queries.length);
    if (texts.length > 0) {
      const { vectors: rows, dimensions } = await this.#encoders.embed(index.encoderId, texts);
      for (const [row, at] of places.entries()) {
        vectors[at] = { vector: rows.subarray(row * dimensions, (row + 1) * dimensions), without: NONE };
      }
    }
    for (const [at, query] of queries.entries()) {
      if ('text' in query) continue;
      vectors[at] = await this.of(query, index).catch((error: unknown) => {
        throw placed(error, at);
      });
    }
    return vectors;
  }

  /** 2 mean(positive) - mean(negative): away from the negatives, by as much as the positives lie beyond them. */
  async #ofExamples({ positive, negative }: SearchExamples, index: LoadedIndex): Promise<QueryVector> {
    for (const [name, parts, least] of [
      ['positive', positive, 1],
      ['negative', negative, 0],
    ] as const) {
      if (parts.length >= least && parts.length <= MOST_EXAMPLES) continue;
      const message = `${name} examples must be ${least} to ${MOST_EXAMPLES}, got ${parts.length}`;
      throw new QuartetError('BAD_INPUT', message, { field: ['input', 'examples', name] });
    }
    const sum = new Float64Array(index.vectors.dimensions);
    const add = async (parts: readonly SearchPart[], weight: number) => {
      for (const part of parts) {
        const vector = await this.#ofPart(part, index);
        for (let i = 0; i < sum.length; i++)
          sum[i] = (sum[i] as number) + (weight / parts.length) * (vector[i] as number);
      }
    };
    await add(positive, negative.length === 0 ? 1 : 2);
    await add(negative, -1);
    const items = [...positive, ...negative].flatMap((part) => ('itemId' in part ? [part.itemId] : []));
    const norm = Math.hypot(...sum);
    if (norm < 1e-6) {
      throw new QuartetError('BAD_INPUT', 'the examples cancel each other out and leave no direction to search in', {
        field: ['input', 'examples'],
      });
    }
    return { vector: Float32Array.from(sum, (value) => value / norm), without: new Set(items) };
  }

  async #ofPart(part: SearchPart, { vectors, live, datasetId, encoderId }: LoadedIndex): Promise<Float32Array> {
    if ('vector' in part) return unitVector(part.vector, vectors.dimensions);
    if ('text' in part) return await this.#embed(encoderId, part.text);
    if ('image' in part) return await this.#embedStored(encoderId, part, 'image');
    if ('storedVector' in part) {
      return await this.#embedStored(encoderId, { vector: part.storedVector }, 'storedVector');
    }
    const content = Number.isSafeInteger(part.itemId) ? await itemContent(this.#db.pool, datasetId, part.itemId) : null;
    if (content === null) {
      throw new QuartetError('NOT_FOUND', `the dataset of this index has no item ${part.itemId}`, {
        field: ['input', 'itemId'],
      });
    }
    const row = vectors.rowOf(part.itemId);
    const isAsIndexed = row !== null && !live.overlay.dropped.has(row);
    const known = isAsIndexed ? vectors.vector(row) : live.overlay.vector(part.itemId);
    return known ?? (await this.#embedItem(encoderId, content));
  }

  async #embedItem(encoderId: EncoderId, { kind, content, data }: ItemContent): Promise<Float32Array> {
    if (kind === 'TEXT') return this.#embed(encoderId, content.slice(0, EMBED_BOUNDS.characters), 'item');
    return this.#embedStored(encoderId, storedContent(kind, data as Buffer), 'itemId', 'item');
  }

  /** @param name of the input's field, for what is wrong with it */
  async #embedStored(
    encoderId: EncoderId,
    content: StoredContent,
    name: string,
    side: Side = 'query',
  ): Promise<Float32Array> {
    try {
      return (await this.#encoders.embedStored(encoderId, [content], side)).vectors;
    } catch (error) {
      if (!(error instanceof QuartetError) || error.code !== 'BAD_INPUT') throw error;
      throw new QuartetError(error.code, error.message, { field: ['input', name], cause: error });
    }
  }

  async #embed(encoderId: EncoderId, text: string, side: Side = 'query'): Promise<Float32Array> {
    requireText(text);
    return (await this.#encoders.embed(encoderId, [text], side)).vectors;
  }
}

function requireText(text: string): void {
  const field = ['input', 'text'];
  if (text.length === 0 || text.length > EMBED_BOUNDS.characters) {
    const bound = `1 to ${EMBED_BOUNDS.characters} characters`;
    throw new QuartetError('BAD_INPUT', `text must have ${bound}, it has ${text.length}`, { field });
  }
  if (text.trim() === '') throw new QuartetError('BAD_INPUT', 'text is blank; say what to look for', { field });
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
  for (let at = 0; at < dimensions; at++) {
    const value = given[at] as number;
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
  for (let at = 0; at < dimensions; at++) squares += ((given[at] as number) / largest) ** 2;
  const norm = Math.sqrt(squares);
  const unit = new Float32Array(dimensions);
  for (let at = 0; at < dimensions; at++) unit[at] = (given[at] as number) / largest / norm;
  return unit;
}
