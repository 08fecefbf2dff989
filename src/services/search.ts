import type { EncoderId, IndexId } from '../domain/ids.ts';
import { turn } from '../platform/turns.ts';
import type { SearchStrategy } from '../search-index/vector-index.ts';
import { wordsOf } from '../search-index/words.ts';
import type { FoundItem } from '../store/found-items.ts';
import type { Selected } from './hit-selection.ts';
import type { IndexMoment, LoadedIndex } from './indexes.ts';
import type { MonitoredRecall } from './recall-monitor.ts';
import { type Found, type Freshness, SearchAnswers, type SearchDeps } from './search-answers.ts';
import { cursorAfter } from './search-cursor.ts';
import {
  planOf,
  type SearchOptions,
  type SearchPlan,
  type SearchQuery,
  type SearchRequest,
  type SearchTarget,
} from './search-request.ts';
import { type ResolvedTarget, SearchTargets } from './search-targets.ts';

export type { Attribute, AttributeTest, Filter, FilterValue, ValueRange } from '../search-index/filter/filter.ts';
export type { Fusion } from '../search-index/fusion.ts';
export type { MonitoredRecall } from './recall-monitor.ts';
export type {
  SearchExamples,
  SearchOptions,
  SearchPart,
  SearchQuery,
  SearchRequest,
  SearchTarget,
} from './search-request.ts';
export type { FoundItem, SearchDeps, SearchStrategy };

export interface SearchHit extends Selected {
  /** 1 for the best. */
  readonly rank: number;
  /** The words searched with; null where there were none. */
  readonly queryText: string | null;
}

export interface SearchResult extends Omit<Found, 'hits'> {
  /** Best first, at most k. */
  readonly hits: readonly SearchHit[];
  readonly indexId: IndexId;
  readonly encoderId: EncoderId;
  /** New items that can't be found yet: more than can be compared one by one, until the rebuild they caused is done. */
  readonly pending: number;
  /** To go on after the last hit; null without hits, and where the order depends on k. */
  readonly cursor: string | null;
  readonly tookMs: number;
}

/** Answers searches; the only place where index, encoder and items meet. */
export class SearchService {
  readonly #deps: SearchDeps;
  readonly #targets: SearchTargets;
  readonly #answers: SearchAnswers;

  constructor(deps: SearchDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#targets = new SearchTargets(deps.db);
    this.#answers = new SearchAnswers(deps);
  }

  /**
   * Always k hits while as many exist, whatever the graph finds and whatever changed since it was built: a change that was
   * acknowledged before this call, to whichever process, is seen.
   * @throws QuartetError BAD_INPUT naming the option, NOT_FOUND (index, dataset, item), NOT_READY, DIMENSION_MISMATCH naming both,
   * CORRUPT_ARTIFACT
   */
  async search(request: SearchRequest): Promise<SearchResult> {
    const plan = planOf(request);
    const target = plan.after === null ? await this.#targets.resolve(request) : { ...plan.after, moment: null };
    const [result] = await this.#searchAll(target, [request], plan);
    return result as SearchResult;
  }

  /**
   * Many searches of one moment in one index version.
   * @returns an answer for each, in order
   * @throws QuartetError as `search`, with the query's place in its field
   */
  async searchMany(
    indexId: IndexId,
    queries: readonly SearchQuery[],
    options: Omit<SearchOptions, 'after'>,
  ): Promise<SearchResult[]> {
    return await this.#searchAll({ indexId, moment: null }, queries, planOf(options));
  }

  async #searchAll(
    { indexId, moment }: ResolvedTarget,
    queries: readonly SearchQuery[],
    plan: SearchPlan,
  ): Promise<SearchResult[]> {
    const started = performance.now();
    for (let known = moment; ; known = null) {
      const results = await this.#deps.indexes.use(indexId, (index) => this.#searchIn(index, queries, plan, known));
      if (results === 'renewed') continue;
      // Items come for many searches together, and each answer has still to be put into words.
      await turn();
      const tookMs = Math.round((performance.now() - started) * 1_000) / 1_000;
      return results.map((result) => ({ ...result, tookMs }));
    }
  }

  /** What sampled searches in an index of this process found of the true nearest; null before the first. */
  monitoredRecall(indexId: IndexId): MonitoredRecall | null {
    return this.#answers.monitoredRecall(indexId);
  }

  async close(): Promise<void> {
    await this.#answers.close();
  }

  async #searchIn(
    index: LoadedIndex,
    queries: readonly SearchQuery[],
    plan: SearchPlan,
    known: IndexMoment | null,
  ): Promise<Omit<SearchResult, 'tookMs'>[] | 'renewed'> {
    const { indexes } = this.#deps;
    // On its way while the search goes on with what is known: nearly always that is all there is.
    const asked = known === null ? indexes.moment(index.id) : Promise.resolve(known);
    asked.catch(() => {});
    const freshness: Freshness = { moment: asked, refresh: async () => indexes.reach(index, await asked) };
    const seen = index.live.revision;
    let answers = await this.#answers.of(index, queries, plan, freshness);
    const { revision, generation } = await asked;
    if (seen < revision || index.generation < generation) {
      if (!(await freshness.refresh())) return 'renewed';
    }
    if (seen < revision) answers = await this.#answers.of(index, queries, plan, freshness);
    const reordered = plan.groupBy ?? plan.diversity ?? plan.hybrid;
    return answers.map((found, at) => {
      const request = queries[at] as SearchQuery;
      const queryText = plan.hybrid?.text ?? ('text' in request ? request.text : null);
      return {
        ...found,
        hits: found.hits.map((hit, place) => ({ ...hit, rank: (plan.after?.seen ?? 0) + place + 1, queryText })),
        pending: index.live.pending,
        cursor: reordered === null ? cursorAfter(index.id, plan.after, found.hits) : null,
        indexId: index.id,
        encoderId: index.encoderId,
      };
    });
  }

  /** The index version that a target names now. */
  async resolve(target: SearchTarget): Promise<IndexId> {
    return (await this.#targets.resolve(target)).indexId;
  }
}

/** Words of the search that a hit's text has too. */
export function matchedTerms({ queryText, item }: Pick<SearchHit, 'queryText' | 'item'>): string[] {
  if (queryText === null) return [];
  const words = new Set(wordsOf(item.content));
  return [...new Set(wordsOf(queryText))].filter((word) => words.has(word));
}
