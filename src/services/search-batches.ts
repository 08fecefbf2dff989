import { QuartetError } from '../domain/errors.ts';
import type { SearchResult, SearchService } from './search.ts';
import type { SearchOptions, SearchQuery, SearchRequest, SearchTarget } from './search-request.ts';

export interface SearchBatch {
  /** In the order of the queries. */
  readonly results: readonly SearchResult[];
  readonly tookMs: number;
}

const MOST_QUERIES = 1_000;
/** Under way at a time: enough that their items are read together, few enough that others get their turn. */
const AT_ONCE = 32;

/**
 * Many searches in one index version: all of them in the same one though an alias moves meanwhile.
 * @param queries 1 to 1,000
 * @throws QuartetError BAD_INPUT; what a search throws, with the query's place in its field
 */
export async function searchBatch(
  search: Pick<SearchService, 'search' | 'resolve'>,
  target: SearchTarget,
  queries: readonly SearchQuery[],
  options: Omit<SearchOptions, 'after'>,
): Promise<SearchBatch> {
  const started = performance.now();
  if (queries.length < 1 || queries.length > MOST_QUERIES) {
    throw new QuartetError('BAD_INPUT', `a batch has 1 to ${MOST_QUERIES} queries, got ${queries.length}; send parts`, {
      field: ['input', 'queries'],
    });
  }
  const indexId = await search.resolve(target);
  const results = new Array<SearchResult>(queries.length);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < queries.length; at = next++) {
      const request = { ...options, ...queries[at], indexId } as SearchRequest;
      results[at] = await search.search(request).catch((error: unknown) => {
        // The others need not be searched any more.
        next = queries.length;
        throw placed(error, at);
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queries.length) }, work));
  return { results, tookMs: Math.round((performance.now() - started) * 1_000) / 1_000 };
}

/** Fields that belong to one query. */
const OF_QUERY = new Set(['text', 'itemId', 'vector', 'image', 'storedVector', 'examples']);

function placed(error: unknown, at: number): unknown {
  if (!(error instanceof QuartetError)) return error;
  const [input, name = '', ...rest] = error.field ?? [];
  if (input !== 'input' || !OF_QUERY.has(name)) return error;
  const field = ['input', 'queries', String(at), name, ...rest];
  return new QuartetError(error.code, `query ${at}: ${error.message}`, { field, cause: error });
}
