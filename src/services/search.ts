import { QuartetError } from '../domain/errors.ts';
import type { EncoderId, IndexId } from '../domain/ids.ts';
import { span } from '../platform/spans.ts';
import { turn } from '../platform/turns.ts';
import { cosine } from '../search-index/diversity.ts';
import { matches } from '../search-index/filter/matches.ts';
import { fuse } from '../search-index/fusion.ts';
import type { SearchStrategy } from '../search-index/vector-index.ts';
import { wordsOf } from '../search-index/words.ts';
import type { Database } from '../store/database.ts';
import { type FoundItem, itemReader } from '../store/found-items.ts';
import type { EncodersService } from './encoders.ts';
import { type Selected, selectHits } from './hit-selection.ts';
import type { IndexesService, IndexMoment, LoadedIndex } from './indexes.ts';
import { ItemFilters } from './item-filters.ts';
import { LexicalIndexes } from './lexical-indexes.ts';
import {
  type Candidate,
  isFound,
  type LiveCandidates,
  type LiveQuery,
  type LiveSource,
  liveCandidates,
  liveCandidatesOfMany,
  liveVector,
} from './live-hits.ts';
import { placed } from './query-place.ts';
import { QueryVectors } from './query-vectors.ts';
import { type MonitoredRecall, RecallMonitor } from './recall-monitor.ts';
import { cursorAfter, DEEPEST, isAfter } from './search-cursor.ts';
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
export type { FoundItem, SearchStrategy };

export interface SearchDeps {
  readonly db: Database;
  readonly indexes: IndexesService;
  readonly encoders: EncodersService;
  /** Share of graph searches repeated exactly, to watch recall. Default 0.01; 0 for none. */
  readonly monitoredShare?: number;
  /** Told the recall of each search that was repeated. */
  readonly onMonitored?: (recall: number) => void;
}

export interface SearchHit extends Selected {
  /** 1 for the best. */
  readonly rank: number;
  /** The words searched with; null where there were none. */
  readonly queryText: string | null;
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
  /** To go on after the last hit; null without hits, and where the order depends on k. */
  readonly cursor: string | null;
  readonly tookMs: number;
}

type Found = Pick<SearchResult, 'strategy' | 'candidates' | 'matched' | 'exhausted'> & {
  readonly hits: readonly Selected[];
};

/** Answers of a batch put together between two turns of the event loop. */
const PER_TURN = 64;

/** Candidates of each list that a hybrid search joins, and of a reranking, for k hits. */
const poolOf = (k: number) => Math.min(DEEPEST, Math.max(100, 4 * k));

/** Answers searches; the only place where index, encoder and items meet. */
export class SearchService {
  readonly #deps: SearchDeps;
  readonly #items: ReturnType<typeof itemReader>;
  readonly #targets: SearchTargets;
  readonly #filters: ItemFilters;
  readonly #vectors: QueryVectors;
  readonly #lexical: LexicalIndexes;
  readonly #monitor: RecallMonitor;

  constructor(deps: SearchDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#items = itemReader(deps.db.pool);
    this.#targets = new SearchTargets(deps.db);
    this.#filters = new ItemFilters(deps.db);
    this.#vectors = new QueryVectors(deps);
    this.#lexical = new LexicalIndexes(deps.db.pool);
    this.#monitor = new RecallMonitor(deps.monitoredShare ?? 0.01, deps.onMonitored);
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
    return this.#monitor.of(indexId);
  }

  async close(): Promise<void> {
    await this.#monitor.idle();
    await this.#lexical.close();
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
    let answers = await this.#answers(index, queries, plan, freshness);
    const { revision, generation } = await asked;
    if (seen < revision || index.generation < generation) {
      if (!(await freshness.refresh())) return 'renewed';
    }
    if (seen < revision) answers = await this.#answers(index, queries, plan, freshness);
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

  async #answers(
    index: LoadedIndex,
    queries: readonly SearchQuery[],
    plan: SearchPlan,
    freshness: Freshness,
  ): Promise<Found[]> {
    const reordered = plan.hybrid ?? plan.groupBy ?? plan.diversity;
    if (queries.length > 1 && reordered === null) return await this.#together(index, queries, plan, freshness);
    const answers: Found[] = [];
    for (const [at, query] of queries.entries()) {
      const answer = this.#answer(index, query, plan, freshness);
      answers.push(
        await answer.catch((error: unknown) => Promise.reject(queries.length > 1 ? placed(error, at) : error)),
      );
    }
    return answers;
  }

  /** Many searches at once that are ordered by similarity alone; one that is left with too few hits goes on by itself. */
  async #together(
    index: LoadedIndex,
    requests: readonly SearchQuery[],
    plan: SearchPlan,
    freshness: Freshness,
  ): Promise<Found[]> {
    const { ef, exact, filter, k } = plan;
    const asked = await span('encode', () => this.#vectors.ofMany(requests, index));
    const rows = filter === null ? null : await this.#filters.passing(index, filter);
    await turn();
    const passing = filter === null || rows === null ? null : { rows, filter };
    const queries = asked.map(({ vector, without }): LiveQuery => ({ vector, ef, exact, without, passing }));
    const source: LiveSource = { index: index.vectors, live: index.live };
    const all = await span('find', () => liveCandidatesOfMany(queries, k, source));
    const needed = all.map(({ candidates }) => wantedOf(candidates.map(byVector), plan));
    const items = await span('fetch', () => this.#itemsOf(index, needed.flat()));
    const answers: Found[] = [];
    for (const [at, found] of all.entries()) {
      if (at % PER_TURN === PER_TURN - 1) await turn();
      const wanted = needed[at] as Omit<Selected, 'item'>[];
      const hits = wanted.flatMap((candidate) => {
        const item = items.get(candidate.id);
        return item === undefined ? [] : [{ ...candidate, item }];
      });
      const { candidates, strategy, possible, matched } = found;
      const complete = candidates.length < k;
      const below = plan.minScore !== null && (candidates.at(-1)?.score ?? -1) < plan.minScore;
      if (hits.length < wanted.length || (hits.length < k && !complete && !below)) {
        answers.push(await this.#answer(index, requests[at] as SearchQuery, plan, freshness));
        continue;
      }
      if (at === 0) this.#monitor.sample(index, queries[0] as LiveQuery, k, { found, source });
      const last = hits.length >= matched || (hits.length < k && (complete || below));
      answers.push({ hits, strategy, candidates: possible, matched, exhausted: index.live.pending === 0 && last });
    }
    return answers;
  }

  async #answer(index: LoadedIndex, request: SearchQuery, plan: SearchPlan, freshness: Freshness): Promise<Found> {
    const { k, ef, exact, filter, after, minScore, groupBy, diversity } = plan;
    const { vector, without } = await span('encode', () => this.#vectors.of(request, index));
    const rows = filter === null ? null : await this.#filters.passing(index, filter);
    // Comparing is done in this thread, walking is not.
    if (exact || filter !== null) await turn();
    const query: LiveQuery = {
      vector,
      ef,
      exact,
      without,
      passing: filter === null || rows === null ? null : { rows, filter },
    };
    const source: LiveSource = { index: index.vectors, live: index.live };
    const reordered = plan.hybrid ?? groupBy ?? diversity;
    let depth = reordered === null ? (after === null ? 0 : after.seen + after.near.length) + k : poolOf(k);
    for (;;) {
      const found = await span('find', () => liveCandidates(query, depth, source));
      const ranked =
        plan.hybrid === null
          ? found.candidates.map(byVector)
          : await this.#hybrid(index, { request, plan, query, source, found, freshness });
      const needed = reordered === null ? wantedOf(ranked, plan) : ranked;
      const items = await span('fetch', () => this.#itemsOf(index, needed));
      const gone = needed.filter(({ id }) => !items.has(id));
      if (gone.length > 0) {
        await freshness.refresh();
        for (const { id } of gone) if (isFound(id, source)) index.live.overlay.drop(id);
        continue;
      }
      const whole = needed.map((candidate) => ({ ...candidate, item: items.get(candidate.id) as FoundItem }));
      const hits = selectHits(whole, plan, (id) => liveVector(id, source));
      const complete = found.candidates.length < depth || plan.hybrid !== null;
      const below = minScore !== null && (found.candidates.at(-1)?.score ?? -1) < minScore;
      if (hits.length < k && !complete && !below && depth < DEEPEST) {
        depth = Math.min(DEEPEST, 2 * depth);
        continue;
      }
      if (reordered === null && after === null) this.#monitor.sample(index, query, k, { found, source });
      const last = (after?.seen ?? 0) + hits.length >= found.matched || (hits.length < k && (complete || below));
      const { strategy, possible, matched } = found;
      return { hits, strategy, candidates: possible, matched, exhausted: index.live.pending === 0 && last };
    }
  }

  #itemsOf({ live }: LoadedIndex, needed: readonly { readonly id: number }[]): Promise<ReadonlyMap<number, FoundItem>> {
    return live.items.get(
      needed.map(({ id }) => id),
      (ids) => this.#items.get(ids),
    );
  }

  /** The two rankings joined, with the similarity of those that only the words found. */
  async #hybrid(
    index: LoadedIndex,
    { request, plan, query, source, found, freshness }: HybridTask,
  ): Promise<Omit<Selected, 'item'>[]> {
    const text = plan.hybrid?.text ?? ('text' in request ? request.text : null);
    if (text === null || plan.hybrid === null) {
      throw new QuartetError('BAD_INPUT', 'a hybrid search needs words; give hybrid.text, or search by text', {
        field: ['input', 'hybrid', 'text'],
      });
    }
    const { passing, vector, without } = query;
    const { overlay } = index.live;
    const accepts = (id: number) => {
      if (without.has(id) || !isFound(id, source)) return false;
      if (passing === null) return true;
      const item = overlay.item(id);
      return item === null ? passing.rows.has(index.vectors.rowOf(id) as number) : matches(passing.filter, item);
    };
    const { revision } = index.live;
    const { indexedRevision } = await freshness.moment;
    const words = await this.#lexical.at(index.datasetId, { revision, remembered: indexedRevision });
    const lexical = await words.search(text, poolOf(plan.k), accepts);
    const known = new Map(found.candidates.map((candidate) => [candidate.id, candidate]));
    const fused = fuse(
      { ids: found.candidates.map(({ id }) => id), scores: found.candidates.map(({ score }) => score) },
      { ids: lexical.map(({ id }) => id), scores: lexical.map(({ score }) => score) },
      plan.hybrid.fusion,
    );
    return fused.flatMap(({ id, score: rankedBy, vectorRank, lexicalRank }) => {
      const own = liveVector(id, source);
      if (own === null) return [];
      const candidate = known.get(id) ?? {
        id,
        score: cosine(vector, own),
        source: overlay.has(id) ? ('tail' as const) : ('index' as const),
      };
      const lexicalScore = lexicalRank === null ? null : (lexical[lexicalRank - 1]?.score ?? null);
      return [{ ...candidate, rankedBy, vectorRank, lexicalRank, lexicalScore, group: null }];
    });
  }

  /** The index version that a target names now. */
  async resolve(target: SearchTarget): Promise<IndexId> {
    return (await this.#targets.resolve(target)).indexId;
  }
}

interface HybridTask {
  readonly request: SearchQuery;
  readonly plan: SearchPlan;
  readonly query: LiveQuery;
  readonly source: LiveSource;
  readonly found: LiveCandidates;
  readonly freshness: Freshness;
}

/** What the index has to know, and what brings it there. */
interface Freshness {
  readonly moment: Promise<IndexMoment>;
  readonly refresh: () => Promise<boolean>;
}

/** Words of the search that a hit's text has too. */
export function matchedTerms({ queryText, item }: Pick<SearchHit, 'queryText' | 'item'>): string[] {
  if (queryText === null) return [];
  const words = new Set(wordsOf(item.content));
  return [...new Set(wordsOf(queryText))].filter((word) => words.has(word));
}

function byVector(candidate: Candidate, at: number): Omit<Selected, 'item'> {
  const { score } = candidate;
  return { ...candidate, rankedBy: score, vectorRank: at + 1, lexicalRank: null, lexicalScore: null, group: null };
}

/** Those whose items are worth reading. */
function wantedOf<C extends Candidate>(ranked: readonly C[], { k, minScore, after }: SearchPlan): readonly C[] {
  const wanted = ranked.filter(
    (candidate) => (minScore === null || candidate.score >= minScore) && (after === null || isAfter(after, candidate)),
  );
  return wanted.slice(0, k);
}
