import { createBatchSampler } from './batch-sampler.ts';
import type { Batch, Sample } from './paradigms/paradigm.ts';

/** N pairs: query row i and item row i belong together. */
export interface Pairs {
  readonly queryRows: Int32Array;
  readonly itemRows: Int32Array;
}

/** The pairs to train on: the same in every epoch, or other ones, equally many, in each. A function of nothing but the epoch. */
export type PairSource = Pairs | ((epoch: number) => Pairs);

export function pairsOfEpoch(source: PairSource, epoch: number): Pairs {
  return typeof source === 'function' ? source(epoch) : source;
}

/** Where batches come from. */
export interface BatchTask<Prepared> {
  readonly pairs: PairSource;
  /** @param batch number of the batch, for a task that shows each time another view of the row */
  query(row: number, batch: number): Prepared;
  item(row: number, batch: number): Prepared;
  /** Makes ready elsewhere what `query` and `item` will be asked for; nothing depends on whether it does. */
  prepareBatch?(batch: number, rows: BatchRows): Promise<void>;
  readonly config: { readonly batchSize: number; readonly seed: number };
}

/** Rows of the pairs of one batch. */
export interface BatchRows {
  readonly queryRows: Int32Array;
  readonly keyRows: Int32Array;
}

/** Pairs looked at: all comparisons among them take some tens of milliseconds. */
const SAMPLE = 256;

export interface Batches<Prepared> {
  readonly perEpoch: number;
  /**
   * Resolves when the batches [from, to) are prepared, and lets those up to `ahead` be prepared meanwhile. @throws what preparing throws
   */
  ready(from: number, to: number, ahead: number): Promise<void>;
  /** @param number of the batch, counted from the start of the run: like everything of it a function of seed and number */
  at(number: number): Omit<Batch<Prepared>, 'progress'>;
  /** At most 256 pairs of the first batch. */
  sample(): Sample<Prepared>;
}

export function createBatches<Prepared>(task: BatchTask<Prepared>): Batches<Prepared> {
  const { batchSize, seed } = task.config;
  let pairs = pairsOfEpoch(task.pairs, 0);
  let sampler = createBatchSampler(pairs, batchSize, seed);
  const perEpoch = sampler.batchesPerEpoch;
  let present = 0;
  const rowsOf = (number: number): BatchRows => {
    const epoch = Math.floor(number / perEpoch);
    if (epoch !== present && typeof task.pairs === 'function') {
      pairs = task.pairs(epoch);
      sampler = createBatchSampler(pairs, batchSize, seed);
    }
    present = epoch;
    const chosen = sampler.batch(number);
    const queryRows = chosen.map((pair) => pairs.queryRows[pair] as number);
    const keyRows = chosen.map((pair) => pairs.itemRows[pair] as number);
    return { queryRows, keyRows };
  };
  /** Batches that were asked for before their time. */
  const begun = new Map<number, { readonly rows: BatchRows; readonly done: Promise<void> }>();
  const prepare = (number: number): Promise<void> => {
    const known = begun.get(number);
    if (known !== undefined || task.prepareBatch === undefined) return known?.done ?? Promise.resolve();
    const rows = rowsOf(number);
    const done = task.prepareBatch(number, rows);
    // Whoever waits for the batch gets the error; until then nobody does.
    done.catch(() => {});
    begun.set(number, { rows, done });
    return done;
  };
  const at = (number: number) => {
    const { queryRows, keyRows } = begun.get(number)?.rows ?? rowsOf(number);
    begun.delete(number);
    return {
      queries: Array.from(queryRows, (row) => task.query(row, number)),
      keys: Array.from(keyRows, (row) => task.item(row, number)),
      queryRows,
      keyRows,
      item: (row: number) => task.item(row, number),
    };
  };
  return {
    perEpoch,
    async ready(from, to, ahead) {
      for (let number = from; number < to; number++) await prepare(number);
      for (let number = to; number < ahead; number++) prepare(number);
    },
    at,
    sample() {
      const { queries, keys, queryRows, keyRows } = at(0);
      return {
        queries: queries.slice(0, SAMPLE),
        keys: keys.slice(0, SAMPLE),
        queryRows: queryRows.subarray(0, SAMPLE),
        keyRows: keyRows.subarray(0, SAMPLE),
        batchSize: queries.length,
      };
    },
  };
}
