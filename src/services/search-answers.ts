import type { IndexId } from '../domain/ids.ts';
import { span } from '../platform/spans.ts';
import { turn } from '../platform/turns.ts';
import type { SearchStrategy } from '../search-index/vector-index.ts';
import type { Database } from '../store/database.ts';
import { type FoundItem, itemReader } from '../store/found-items.ts';
import type { EncodersService } from './encoders.ts';
import { type Selected, selectHits } from './hit-selection.ts';
import { hybridRanking } from './hybrid-ranking.ts';
import type { IndexesService, IndexMoment, LoadedIndex } from './indexes.ts';
import { ItemFilters } from './item-filters.ts';
import { LexicalIndexes } from './lexical-indexes.ts';
import {
  type Candidate,
  isFound,
  type LiveQuery,
  type LiveSource,
  liveCandidates,
  liveCandidatesOfMany,
  liveVector,
} from './live-hits.ts';
import { placed } from './query-place.ts';
import { QueryVectors } from './query-vectors.ts';
import { type MonitoredRecall, RecallMonitor } from './recall-monitor.ts';
import { DEEPEST, isAfter, poolOf } from './search-cursor.ts';
import type { SearchPlan, SearchQuery } from './search-request.ts';

export interface SearchDeps {
  readonly db: Database;
  readonly indexes: IndexesService;
  readonly encoders: EncodersService;
  /** Share of graph searches repeated exactly, to watch recall. Default 0.01; 0 for none. */
  readonly monitoredShare?: number;
  /** Told the recall of each search that was repeated. */
  readonly onMonitored?: (recall: number) => void;
}

/** What was found in an index, before it is known whether the index knew all that it has to. */
export interface Found {
  /** Best first. */
  readonly hits: readonly Selected[];
  readonly strategy: SearchStrategy;
  /** Items of the index that exist. */
  readonly candidates: number;
  /** Those of them that pass the filter: all without one. */
  readonly matched: number;
  /** True when these hits are all there is: a larger k gives no more. */
  readonly exhausted: boolean;
}

/** Answers of a batch put together between two turns of the event loop. */
const PER_TURN = 64;

/** What the index has to know, and what brings it there. */
export interface Freshness {
  readonly moment: Promise<IndexMoment>;
  readonly refresh: () => Promise<boolean>;
}

/** Answers searches in an index that is in memory. */
export class SearchAnswers {
  readonly #items: ReturnType<typeof itemReader>;
  readonly #filters: ItemFilters;
  readonly #vectors: QueryVectors;
  readonly #lexical: LexicalIndexes;
  readonly #monitor: RecallMonitor;

  constructor(deps: SearchDeps) {
    this.#items = itemReader(deps.db.pool);
    this.#filters = new ItemFilters(deps.db);
    this.#vectors = new QueryVectors(deps);
    this.#lexical = new LexicalIndexes(deps.db.pool);
    this.#monitor = new RecallMonitor(deps.monitoredShare ?? 0.01, deps.onMonitored);
  }

  monitoredRecall(indexId: IndexId): MonitoredRecall | null {
    return this.#monitor.of(indexId);
  }

  async close(): Promise<void> {
    await this.#monitor.idle();
    await this.#lexical.close();
  }

  /** @returns an answer for each query, in order */
  async of(
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
          : await hybridRanking(this.#lexical, index, {
              request,
              plan,
              query,
              source,
              found,
              moment: freshness.moment,
            });
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
