import { createRandom } from '../platform/random.ts';
import { RowSet } from './row-set.ts';

/** Full batches looked into for a place before a pair is put where its item or query is already. */
const SWAPS_TRIED = 32;

/** What one step trains on: indices into the training pairs. */
export interface BatchSampler {
  readonly batchesPerEpoch: number;
  /** @returns pair indices of the batch of a step, counted from the start of the run */
  batch(step: number): Int32Array;
}

/**
 * Cuts each epoch's random permutation of the pairs into ceil(N / batchSize) batches whose sizes differ by at most one, so
 * that every pair is seen once an epoch and no step is left with a handful of pairs. A batch larger than the data is the
 * data. A pair whose query or item is in its batch already moves to the next batch with room that has neither (or changes
 * places with a pair of a full one); only where no batch can take it does a batch hold an item or query twice, and then
 * the false-negative mask keeps them from being each other's negatives.
 *
 * The batch of a step is a function of (pairs, seed, step) and of nothing that came before: a resumed run needs no state.
 * An epoch costs a pass over the pairs with two hash look-ups each; the present epoch is kept.
 *
 * @param queryRows shape [N]
 * @param itemRows shape [N]
 */
export function createBatchSampler(
  { queryRows, itemRows }: { readonly queryRows: Int32Array; readonly itemRows: Int32Array },
  batchSize: number,
  seed: number,
): BatchSampler {
  const batchesPerEpoch = Math.ceil(queryRows.length / batchSize);
  let presentEpoch = -1;
  let batches: Int32Array[] = [];
  return {
    batchesPerEpoch,
    batch(step) {
      const epoch = Math.floor(step / batchesPerEpoch);
      if (epoch !== presentEpoch) {
        const order = permutation(queryRows.length, seed, epoch);
        batches = new EpochPacker(queryRows, itemRows, batchesPerEpoch).pack(order);
        presentEpoch = epoch;
      }
      return batches[step % batchesPerEpoch] as Int32Array;
    },
  };
}

function permutation(length: number, seed: number, epoch: number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  // Seeds are below 2^31: the epoch in the high half keeps the streams of two seeds apart.
  return createRandom((BigInt(epoch + 1) << 32n) | BigInt(seed)).shuffle(order);
}

/** Places the pairs of one epoch. */
class EpochPacker {
  readonly #queryRows: Int32Array;
  readonly #itemRows: Int32Array;
  readonly #batches: Int32Array[];
  readonly #sizes: Int32Array;
  /** From a batch to the next one that may have room, compressed as it is walked; `count` stands for none. */
  readonly #nextOpen: Int32Array;
  readonly #queriesIn: RowSet;
  readonly #itemsIn: RowSet;
  /** In how many batches an item row is: one that is in all of them need not be tried again. */
  readonly #spread: Int32Array;

  constructor(queryRows: Int32Array, itemRows: Int32Array, count: number) {
    const pairs = queryRows.length;
    this.#queryRows = queryRows;
    this.#itemRows = itemRows;
    this.#batches = Array.from({ length: count }, (_, b) => {
      return new Int32Array(Math.floor(((b + 1) * pairs) / count) - Math.floor((b * pairs) / count));
    });
    this.#sizes = new Int32Array(count);
    this.#nextOpen = Int32Array.from({ length: count + 1 }, (_, b) => b);
    this.#queriesIn = new RowSet(pairs);
    this.#itemsIn = new RowSet(pairs);
    this.#spread = new Int32Array(itemRows.reduce((highest, row) => Math.max(highest, row), 0) + 1);
  }

  pack(order: Int32Array): Int32Array[] {
    const count = this.#batches.length;
    const leftOver: number[] = [];
    for (let i = 0; i < order.length; i++) {
      const pair = order[i] as number;
      const home = Math.min(count - 1, Math.floor((i * count) / order.length));
      const found = this.#isEverywhere(pair)
        ? undefined
        : (this.#findFree(pair, home, count) ?? this.#findFree(pair, 0, home));
      if (found === undefined) leftOver.push(pair);
      else this.#put(pair, found);
    }
    for (const pair of leftOver) this.#placeLast(pair);
    return this.#batches;
  }

  /** The first batch in [from, to) with room and without the pair's rows. */
  #findFree(pair: number, from: number, to: number): number | undefined {
    for (let b = this.#openFrom(from); b < to; b = this.#openFrom(b + 1)) {
      if (!this.#conflicts(pair, b)) return b;
    }
    return undefined;
  }

  #openFrom(batch: number): number {
    let open = batch;
    while (this.#nextOpen[open] !== open) open = this.#nextOpen[open] as number;
    for (let b = batch; b !== open; ) {
      const next = this.#nextOpen[b] as number;
      this.#nextOpen[b] = open;
      b = next;
    }
    return open;
  }

  #conflicts(pair: number, batch: number): boolean {
    return (
      this.#itemsIn.has(batch, this.#itemRows[pair] as number) ||
      this.#queriesIn.has(batch, this.#queryRows[pair] as number)
    );
  }

  #isEverywhere(pair: number): boolean {
    return this.#spread[this.#itemRows[pair] as number] === this.#batches.length;
  }

  #put(pair: number, batch: number): void {
    const rows = this.#batches[batch] as Int32Array;
    const size = this.#sizes[batch] as number;
    rows[size] = pair;
    this.#sizes[batch] = size + 1;
    if (size + 1 === rows.length) this.#nextOpen[batch] = batch + 1;
    this.#enter(pair, batch);
  }

  #enter(pair: number, batch: number): void {
    const item = this.#itemRows[pair] as number;
    if (!this.#itemsIn.has(batch, item)) this.#spread[item] = (this.#spread[item] as number) + 1;
    this.#itemsIn.add(batch, item);
    this.#queriesIn.add(batch, this.#queryRows[pair] as number);
  }

  #leave(pair: number, batch: number): void {
    const item = this.#itemRows[pair] as number;
    this.#itemsIn.remove(batch, item);
    if (!this.#itemsIn.has(batch, item)) this.#spread[item] = (this.#spread[item] as number) - 1;
    this.#queriesIn.remove(batch, this.#queryRows[pair] as number);
  }

  /** Every batch with room has the pair's query or item already: change places with a pair of a full batch. */
  #placeLast(pair: number): void {
    const open = this.#openFrom(0);
    let tried = 0;
    for (let b = 0; b < this.#batches.length && tried < SWAPS_TRIED && !this.#isEverywhere(pair); b++) {
      const rows = this.#batches[b] as Int32Array;
      if (this.#sizes[b] !== rows.length || this.#conflicts(pair, b)) continue;
      tried++;
      const at = rows.findIndex((other) => !this.#conflicts(other, open));
      if (at < 0) continue;
      const moved = rows[at] as number;
      this.#leave(moved, b);
      rows[at] = pair;
      this.#enter(pair, b);
      this.#put(moved, open);
      return;
    }
    this.#put(pair, open);
  }
}
