import type { VectorStorage } from '../../search-index/graph.ts';
import type { HnswBuilder } from '../../search-index/hnsw.ts';
import type { Neighbours } from '../../search-index/nearest.ts';
import { recallOf } from '../../search-index/recall.ts';
import { candidatesFor, rescore } from '../../search-index/rescore.ts';

/** Nearest that recall is measured on. */
export const RECALL_K = 10;

/** What a graph is asked to find. */
export interface RecallSample {
  /** shape [Q, D], unit rows */
  readonly queries: Float32Array;
  readonly dimensions: number;
  /** The row that each query is, to be passed over; -1 for none. */
  readonly rows: Int32Array;
  /** The true nearest of each, RECALL_K + 1: the nearest of a row is itself. */
  readonly truth: readonly Neighbours[];
}

/** Reads the float32 vector of a row. */
export type ReadRow = (row: number, into: Float32Array) => void;

/** A graph whose rows are all in, asked as the index that it becomes will be. */
export class MeasuredGraph {
  readonly #graph: HnswBuilder;
  readonly #storage: VectorStorage;
  readonly #read: ReadRow;
  readonly #sample: RecallSample;

  constructor(graph: HnswBuilder, of: { storage: VectorStorage; read: ReadRow; sample: RecallSample }) {
    this.#graph = graph;
    this.#storage = of.storage;
    this.#read = of.read;
    this.#sample = of.sample;
  }

  /** recall@10 at so many candidates; null when no query has anything to find. */
  recall(ef: number): number | null {
    return this.#recallOf((query) => this.#search(query, ef));
  }

  /** Of int8: the share of the true ten nearest that are not even among the candidates of a search that misses nothing. */
  recallLoss(): number | null {
    if (this.#storage === 'float32') return null;
    const depth = candidatesFor(RECALL_K + 1, this.#graph.count);
    const kept = this.#recallOf((query) => this.#rescored(query, this.#graph.scan(query, depth).rows));
    return kept === null ? null : 1 - kept;
  }

  /** Milliseconds of a search in one thread: the median of three rounds. */
  searchMs(ef: number): number {
    const queries = this.#queries();
    const rounds = Array.from({ length: 3 }, () => {
      const begun = performance.now();
      for (const query of queries) this.#search(query, ef);
      return (performance.now() - begun) / Math.max(1, queries.length);
    });
    return rounds.sort((a, b) => a - b)[1] as number;
  }

  #search(query: Float32Array, ef: number): Neighbours {
    const k = RECALL_K + 1;
    if (this.#storage === 'float32') return this.#graph.search(query, k, Math.max(ef, k));
    const depth = candidatesFor(k, this.#graph.count);
    return this.#rescored(query, this.#graph.search(query, depth, Math.max(ef, depth)).rows);
  }

  #rescored(query: Float32Array, rows: Int32Array): Neighbours {
    return rescore(query, rows, RECALL_K + 1, this.#read);
  }

  #recallOf(answer: (query: Float32Array) => Neighbours): number | null {
    const { rows, truth } = this.#sample;
    return recallOf({ rows, truth, answers: this.#queries().map(answer), k: RECALL_K });
  }

  #queries(): Float32Array[] {
    const { queries, dimensions, rows } = this.#sample;
    return Array.from(rows, (_, at) => queries.subarray(at * dimensions, (at + 1) * dimensions));
  }
}
