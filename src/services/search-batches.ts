import { QuartetError } from '../domain/errors.ts';
import type { SearchResult, SearchService } from './search.ts';
import type { SearchOptions, SearchQuery, SearchTarget } from './search-request.ts';

export interface SearchBatch {
  /** In the order of the queries. */
  readonly results: readonly SearchResult[];
  readonly tookMs: number;
}

const MOST_QUERIES = 1_000;

/**
 * Many searches in one index version: all of them in the same one though an alias moves meanwhile.
 * @param queries 1 to 1,000
 * @throws QuartetError BAD_INPUT; what a search throws, with the query's place in its field
 */
export async function searchBatch(
  search: Pick<SearchService, 'searchMany' | 'resolve'>,
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
  const results = await search.searchMany(indexId, queries, options);
  return { results, tookMs: Math.round((performance.now() - started) * 1_000) / 1_000 };
}
