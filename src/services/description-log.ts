import type { TailItem } from '../search-index/overlay.ts';

export interface Description extends TailItem {
  readonly id: number;
}

/** Kept at most; who has not looked for longer reads everything anew. */
const MOST_KEPT = 20_000;

/** Items whose label or metadata changed, in the order in which an index heard of it. */
export class DescriptionLog {
  #kept: Description[] = [];
  /** Of the first that is kept. */
  #first = 0;

  /** Where the next one will be. */
  get end(): number {
    return this.#first + this.#kept.length;
  }

  append(changes: readonly Description[]): void {
    this.#kept.push(...changes);
    if (this.#kept.length <= MOST_KEPT) return;
    const gone = this.#kept.length - MOST_KEPT / 2;
    this.#kept = this.#kept.slice(gone);
    this.#first += gone;
  }

  /** @param position an earlier `end` @returns what came since; null when some of it is forgotten */
  since(position: number): readonly Description[] | null {
    return position < this.#first ? null : this.#kept.slice(position - this.#first);
  }
}
