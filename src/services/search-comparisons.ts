import type { FoundItem, SearchResult, SearchService } from './search.ts';
import type { SearchOptions, SearchQuery, SearchRequest, SearchTarget } from './search-request.ts';

export interface ComparedHit {
  readonly item: FoundItem;
  /** Null when it is not among the hits. */
  readonly firstRank: number | null;
  readonly secondRank: number | null;
}

export interface SearchComparison {
  readonly first: SearchResult;
  readonly second: SearchResult;
  /** Those in both over those of the longer list; 1 when both are empty. */
  readonly overlap: number;
  /** The best rank in either first, then the better rank in the first. */
  readonly items: readonly ComparedHit[];
}

/** The same search in two indexes, of two encoders or of two sets of parameters. @throws QuartetError as a search does */
export async function compareSearch(
  search: Pick<SearchService, 'search'>,
  targets: readonly [SearchTarget, SearchTarget],
  query: SearchQuery,
  options: Omit<SearchOptions, 'after'>,
): Promise<SearchComparison> {
  const [first, second] = await Promise.all(
    targets.map((target) => search.search({ ...options, ...query, ...target } as SearchRequest)),
  );
  return { first, second, ...held(first as SearchResult, second as SearchResult) } as SearchComparison;
}

function held(first: SearchResult, second: SearchResult): Pick<SearchComparison, 'overlap' | 'items'> {
  const byId = new Map<number, ComparedHit>();
  for (const { item, rank } of first.hits) byId.set(item.id, { item, firstRank: rank, secondRank: null });
  let common = 0;
  for (const { item, rank } of second.hits) {
    const known = byId.get(item.id);
    if (known !== undefined) common++;
    byId.set(item.id, { item, firstRank: known?.firstRank ?? null, secondRank: rank });
  }
  const longer = Math.max(first.hits.length, second.hits.length);
  const rankOf = (rank: number | null) => rank ?? Number.POSITIVE_INFINITY;
  const best = ({ firstRank, secondRank }: ComparedHit) => Math.min(rankOf(firstRank), rankOf(secondRank));
  const items = [...byId.values()].sort((a, b) => best(a) - best(b) || rankOf(a.firstRank) - rankOf(b.firstRank) || 0);
  return { overlap: longer === 0 ? 1 : common / longer, items };
}
