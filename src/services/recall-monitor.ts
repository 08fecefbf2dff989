import type { IndexId } from '../domain/ids.ts';
import type { LoadedIndex } from './indexes.ts';
import { type LiveCandidates, type LiveQuery, type LiveSource, liveCandidates } from './live-hits.ts';

export interface MonitoredRecall {
  /** Searches repeated exactly since this process loaded the index' present files. */
  readonly samples: number;
  /** Share of the true k nearest that these searches found, k as asked: the mean over the last thousand of them. */
  readonly recall: number;
}

/** Older samples fade beyond so many. */
const WINDOW = 1_000;
/** The graph adds in another order than the scan. */
const SLACK = 1e-6;

/**
 * Watches recall in live traffic: a share of the searches that walked a graph is repeated exactly, one at a time and after the
 * answer has gone out, and never for a larger share of the time either. A search that comes meanwhile is not sampled, so a busy
 * server does no more of it.
 */
export class RecallMonitor {
  readonly #share: number;
  readonly #onMeasured: (recall: number) => void;
  readonly #of = new Map<IndexId, MonitoredRecall & { readonly generation: number }>();
  #turn = 0;
  #running: Promise<void> | undefined;
  /** When the next one may begin, by `performance.now()`. */
  #rest = 0;

  /** @param share of searches, 0 to 1 @param onMeasured told of each search that was repeated, what it had found */
  constructor(share: number, onMeasured: (recall: number) => void = () => {}) {
    this.#share = share;
    this.#onMeasured = onMeasured;
  }

  of(indexId: IndexId): MonitoredRecall | null {
    return this.#of.get(indexId) ?? null;
  }

  /** Resolves when nothing is being repeated. */
  async idle(): Promise<void> {
    await this.#running;
  }

  sample(
    index: LoadedIndex,
    query: LiveQuery,
    k: number,
    { found, source }: { found: LiveCandidates; source: LiveSource },
  ): void {
    if (found.strategy === 'exact' || this.#running !== undefined) return;
    // Every so manyeth, the first one too: what is rare is seen as well.
    this.#turn += this.#share;
    if (this.#share === 0) return;
    if (this.#of.has(index.id) && (this.#turn < 1 || performance.now() < this.#rest)) return;
    this.#turn %= 1;
    const { revision } = index.live;
    this.#running = new Promise<void>((resolve) => setTimeout(resolve, 0).unref())
      .then(async () => {
        const begun = performance.now();
        const truth = await liveCandidates({ ...query, exact: true }, k, source);
        const ended = performance.now();
        this.#rest = ended + (ended - begun) * (1 / this.#share - 1);
        // What changed meanwhile is no fault of the graph.
        if (index.live.revision === revision) this.#record(index, found, truth, k);
      })
      // No memory for it, or the index was let go of: nothing was learnt.
      .catch(() => {})
      .finally(() => {
        this.#running = undefined;
      });
  }

  #record({ id, generation }: LoadedIndex, found: LiveCandidates, truth: LiveCandidates, k: number): void {
    const worst = truth.candidates.at(-1)?.score;
    if (worst === undefined) return;
    const right = found.candidates.slice(0, k).filter(({ score }) => score >= worst - SLACK).length;
    const recall = Math.min(1, right / truth.candidates.length);
    this.#onMeasured(recall);
    const known = this.#of.get(id);
    const before = known?.generation === generation ? known : { samples: 0, recall: 0 };
    const weight = Math.min(before.samples, WINDOW - 1);
    this.#of.set(id, {
      generation,
      samples: before.samples + 1,
      recall: (before.recall * weight + recall) / (weight + 1),
    });
  }
}
