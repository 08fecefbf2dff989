import { QuartetError } from '../domain/errors.ts';
import { note, span } from '../platform/spans.ts';
import { type SearchDeps, type SearchRequest, type SearchResult, SearchService } from '../services/search.ts';
import type { ServerMetrics } from './metrics.ts';

/** The searches, each with its time and strategy in the metrics and a span of its own. */
export class MeasuredSearchService extends SearchService {
  readonly #metrics: Pick<ServerMetrics, 'observeSearch' | 'observeSearchError' | 'observeRecall'>;

  constructor(
    deps: SearchDeps,
    metrics: Pick<ServerMetrics, 'observeSearch' | 'observeSearchError' | 'observeRecall'>,
  ) {
    super({ ...deps, onMonitored: (recall) => metrics.observeRecall(recall) });
    this.#metrics = metrics;
  }

  override search(request: SearchRequest): Promise<SearchResult> {
    const started = performance.now();
    return span('search', async () => {
      try {
        const result = await super.search(request);
        const { strategy, hits, candidates } = result;
        this.#metrics.observeSearch({ strategy, seconds: (performance.now() - started) / 1_000 });
        note({ 'quartet.strategy': strategy, 'quartet.hits': hits.length, 'quartet.candidates': candidates });
        return result;
      } catch (error) {
        this.#metrics.observeSearchError(error instanceof QuartetError ? error.code : 'INTERNAL');
        throw error;
      }
    });
  }
}
