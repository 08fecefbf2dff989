import { nextTurn } from '../platform/turns.ts';
import { Nearest } from './nearest.ts';

/*
 * What changed since an index was built, kept beside it. The graph itself is never written to: hnswlib forbids changes while
 * it is searched, so there is nothing to forbid. Deleted and changed rows are left out of its answers, new and changed items
 * (the tail) are compared one by one.
 *
 * Reading and writing at the same time is safe by construction: a change is applied in one synchronous step once all its
 * vectors are there, and vectors are only ever added, in blocks that stay where they are. A search that gives way to the event
 * loop in the middle of the tail goes on with the items and vectors of its start: it never sees half of one, nor one twice.
 */

/** Label and metadata, for filters. */
export interface TailItem {
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export type OverlayChange =
  | { readonly id: number; readonly kind: 'gone' }
  | ({ readonly id: number; readonly kind: 'described' } & TailItem)
  | ({
      readonly id: number;
      readonly kind: 'content' /** shape [D], unit norm */;
      readonly vector: Float32Array;
    } & TailItem);

export interface TailNeighbours {
  /** Item ids, nearest first. */
  readonly ids: readonly number[];
  readonly scores: Float32Array;
  /** Items that may be hits. */
  readonly accepted: number;
}

/** The part of an index that the overlay lies over. */
export interface BaseRows {
  readonly dimensions: number;
  rowOf(itemId: number): number | null;
}

const BLOCK_ROWS = 1_024;
/** Multiply-adds between two turns of the event loop: about 5 ms. */
const WORK_PER_TURN = 4_000_000;
/** Slots without an item that are put up with, beside as many as there are items. */
const SPARE_SLOTS = 4_096;

export class Overlay {
  readonly #base: BaseRows;
  readonly #dropped = new Set<number>();
  /** Slot of each item of the tail. */
  #slots = new Map<number, number>();
  #tail = new Map<number, TailItem>();
  #blocks: Float32Array[] = [];
  /** Item of each slot, 0 where it went or has a newer slot. */
  #ids: number[] = [];

  constructor(base: BaseRows) {
    this.#base = base;
  }

  /** Rows of the index that are no hits any more: their item is gone, or is in the tail with other content. */
  get dropped(): ReadonlySet<number> {
    return this.#dropped;
  }

  /** Items that are compared one by one. */
  get tail(): number {
    return this.#slots.size;
  }

  get bytes(): number {
    return this.#blocks.length * BLOCK_ROWS * this.#base.dimensions * 4 + this.#slots.size * 200;
  }

  has(itemId: number): boolean {
    return this.#slots.has(itemId);
  }

  /** @returns shape [D], null for an item that is not in the tail */
  vector(itemId: number): Float32Array | null {
    const slot = this.#slots.get(itemId);
    return slot === undefined ? null : this.#vectorAt(this.#blocks, slot);
  }

  /** @returns null for an item that is not in the tail */
  item(itemId: number): TailItem | null {
    return this.#tail.get(itemId) ?? null;
  }

  /** Notes that an item is gone though nobody said so (found out by looking for it). */
  drop(itemId: number): void {
    this.apply([{ id: itemId, kind: 'gone' }]);
  }

  apply(changes: readonly OverlayChange[]): void {
    for (const change of changes) {
      if (change.kind === 'described') {
        if (this.#tail.has(change.id)) this.#tail.set(change.id, change);
        continue;
      }
      const row = this.#base.rowOf(change.id);
      if (row !== null) this.#dropped.add(row);
      const old = this.#slots.get(change.id);
      if (old !== undefined) {
        this.#ids[old] = 0;
        this.#slots.delete(change.id);
        this.#tail.delete(change.id);
      }
      if (change.kind === 'content') this.#append(change.id, change.vector, change);
    }
    if (this.#ids.length > 2 * this.#slots.size + SPARE_SLOTS) this.#compact();
  }

  /**
   * Exact search in the tail, giving way to the event loop every few milliseconds.
   * @param query shape [D], unit norm  @param accepts which items may be hits; null: all
   * @returns at most k, fewer only when there are fewer
   */
  async nearest(
    query: Float32Array,
    k: number,
    accepts: ((itemId: number, item: TailItem) => boolean) | null,
  ): Promise<TailNeighbours> {
    const nearest = new Nearest(Math.min(k, this.#slots.size));
    const pause = Math.max(1, Math.floor(WORK_PER_TURN / query.length));
    // Held on to: a compaction meanwhile makes new ones. Which slots count is settled now: an item whose slot was passed already and that
    // changes meanwhile would be there once more in a new one.
    const blocks = this.#blocks;
    const ids = this.#ids.length < pause ? this.#ids : this.#ids.slice();
    const found = new Map<number, number>();
    let accepted = 0;
    const width = query.length;
    for (let slot = 0; slot < ids.length; slot++) {
      if (slot % pause === pause - 1) await nextTurn();
      const id = ids[slot] as number;
      if (id === 0) continue;
      if (accepts !== null) {
        const item = this.#tail.get(id);
        if (item === undefined || !accepts(id, item)) continue;
      }
      accepted++;
      const score = dot(query, blocks[Math.floor(slot / BLOCK_ROWS)] as Float32Array, (slot % BLOCK_ROWS) * width);
      if (score < nearest.threshold) continue;
      found.set(slot, id);
      nearest.offer(slot, score);
    }
    const { rows, scores } = nearest.take();
    return { ids: Array.from(rows, (slot) => found.get(slot) as number), scores, accepted };
  }

  #append(id: number, vector: Float32Array, { label, metadata }: TailItem): void {
    const slot = this.#ids.length;
    if (slot % BLOCK_ROWS === 0) this.#blocks.push(new Float32Array(BLOCK_ROWS * this.#base.dimensions));
    this.#vectorAt(this.#blocks, slot).set(vector);
    this.#ids.push(id);
    this.#slots.set(id, slot);
    this.#tail.set(id, { label, metadata });
  }

  /** Moves what is left into new blocks. */
  #compact(): void {
    const blocks = this.#blocks;
    const tail = this.#tail;
    const left = [...this.#slots];
    this.#blocks = [];
    this.#ids = [];
    this.#slots = new Map();
    this.#tail = new Map();
    for (const [id, slot] of left) this.#append(id, this.#vectorAt(blocks, slot), tail.get(id) as TailItem);
  }

  #vectorAt(blocks: readonly Float32Array[], slot: number): Float32Array {
    const { dimensions } = this.#base;
    const start = (slot % BLOCK_ROWS) * dimensions;
    return (blocks[Math.floor(slot / BLOCK_ROWS)] as Float32Array).subarray(start, start + dimensions);
  }
}

/** In the order of additions that exact search uses, so that equal vectors have equal scores. @param from of the row in `rows` */
function dot(a: Float32Array, rows: Float32Array, from: number): number {
  const whole = a.length - (a.length % 4);
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  for (let i = 0; i < whole; i += 4) {
    s += (a[i] as number) * (rows[from + i] as number);
    t += (a[i + 1] as number) * (rows[from + i + 1] as number);
    u += (a[i + 2] as number) * (rows[from + i + 2] as number);
    v += (a[i + 3] as number) * (rows[from + i + 3] as number);
  }
  for (let i = whole; i < a.length; i++) s += (a[i] as number) * (rows[from + i] as number);
  return s + t + (u + v);
}
