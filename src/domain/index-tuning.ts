/** A graph that was built and measured to choose parameters by. */
export interface GraphTrial {
  readonly m: number;
  readonly efConstruction: number;
  /** The smallest of those tried with which the recall was reached; the largest where none reached it. */
  readonly efSearch: number;
  /** Items in the graph. */
  readonly count: number;
  /** Share of the true ten nearest found at efSearch. */
  readonly recallAt10: number;
  /** Milliseconds of a search at efSearch, in one thread. */
  readonly searchMs: number;
  readonly buildSeconds: number;
}

/** How the parameters of an index were chosen. */
export interface IndexTuning {
  readonly targetRecall: number;
  /** Whether the index reaches it. */
  readonly reached: boolean;
  /** Graphs of a sample of the items, each setting once; then the graph of all of them: the last one is the index itself. */
  readonly trials: readonly GraphTrial[];
}
