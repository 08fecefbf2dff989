import {
  CancelRunDocument,
  QuartetClient,
  SearchDocument,
  StartTrainingDocument,
  UpsertItemsDocument,
} from '../../src/client/index.ts';
import { median } from '../median.ts';
import type { Slice } from './drift.ts';
import type { Installation } from './installation.ts';

export interface Rates {
  readonly searchesPerSecond: number;
  readonly upsertsPerSecond: number;
}

/** Of one upsert. Half of them are items that are there and change. */
const ITEMS = 10;

/** Clients at fixed rates, whatever the answers take; and one training after another, each followed to its end. */
export class Traffic {
  readonly #installation: Installation;
  readonly #rates: Rates;
  readonly #client: QuartetClient;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #end = new AbortController();
  #trainings: Promise<void> = Promise.resolve();
  #search: number[] = [];
  #upsert: number[] = [];
  #events = 0;
  #errors = 0;
  #sent = 0;
  firstError: string | null = null;

  constructor(installation: Installation, rates: Rates) {
    this.#installation = installation;
    this.#rates = rates;
    this.#client = new QuartetClient({ url: installation.url, retry: { attempts: 1 }, reconnect: { attempts: 1 } });
  }

  async start(): Promise<void> {
    const { searchesPerSecond, upsertsPerSecond } = this.#rates;
    this.#timers.push(
      setInterval(() => this.#go(() => this.#searchOnce()), 1_000 / searchesPerSecond),
      setInterval(() => this.#go(() => this.#upsertOnce()), 1_000 / upsertsPerSecond),
    );
    this.#trainings = this.#train();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#end.abort();
    await Promise.all([...this.#underWay, this.#trainings]);
  }

  /** What happened since it was asked last. */
  take(): Omit<Slice, 'rssMiB'> {
    const [search, upsert, events, errors] = [this.#search, this.#upsert, this.#events, this.#errors];
    this.#search = [];
    this.#upsert = [];
    this.#events = 0;
    this.#errors = 0;
    const p99 = [...search].sort((a, b) => a - b)[Math.floor(search.length * 0.99)] ?? Number.NaN;
    return {
      searches: search.length,
      upserts: upsert.length,
      events,
      errors,
      searchP50Ms: round(median(search)),
      searchP99Ms: round(p99),
      upsertP50Ms: round(median(upsert)),
    };
  }

  #go(once: () => Promise<void>): void {
    const one = once().catch((error) => this.#count(error));
    this.#underWay.add(one);
    void one.finally(() => this.#underWay.delete(one));
  }

  #count(error: unknown): void {
    this.#errors++;
    this.firstError ??= String(error);
  }

  async #searchOnce(): Promise<void> {
    const begun = performance.now();
    const text = this.#installation.question(this.#sent++ * 7_919);
    const input = { target: { datasetName: 'load' }, query: { text }, k: 10 };
    const { search } = await this.#client.query(SearchDocument, { input });
    if (search.hits.length !== 10) throw new Error(`${search.hits.length} hits instead of ten`);
    this.#search.push(performance.now() - begun);
  }

  async #upsertOnce(): Promise<void> {
    const begun = performance.now();
    const turn = this.#sent++;
    const items = Array.from({ length: ITEMS }, (_, i) => ({
      externalId: `load-${(turn * ITEMS + i) % 1_000}`,
      text: `${this.#installation.question(turn + i)} changed ${turn}`,
    }));
    await this.#client.mutate(UpsertItemsDocument, { datasetId: this.#installation.datasetId, items });
    this.#upsert.push(performance.now() - begun);
  }

  async #train(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      try {
        const { datasetId } = this.#installation;
        const { run } = await this.#client.mutate(StartTrainingDocument, { datasetId, epochs: 10, batchSize: 256 });
        const cancel = () => void this.#client.mutate(CancelRunDocument, { runId: run.id }).catch(() => {});
        signal.addEventListener('abort', cancel, { once: true });
        for await (const _ of this.#client.runEvents(run.id)) this.#events++;
        signal.removeEventListener('abort', cancel);
      } catch (error) {
        this.#count(error);
      }
    }
  }
}

const round = (ms: number) => Math.round(ms * 10) / 10;
