import type { DatasetKind } from '../domain/contents.ts';
import type { DatasetId, EncoderId } from '../domain/ids.ts';
import { Overlay, type OverlayChange } from '../search-index/overlay.ts';
import type { VectorIndex } from '../search-index/vector-index.ts';
import { type ItemChange, type KnownChanges, readItemChanges } from '../store/item-changes.ts';
import type { Statements } from '../store/statements.ts';
import { DescriptionLog } from './description-log.ts';
import { EMBED_BOUNDS, type EncodersService } from './encoders.ts';
import { ItemCache } from './item-cache.ts';
import { storedContent } from './stored-content.ts';

export const LIVE_LIMITS = {
  /**
   * Items compared one by one, at most: about 10 ms of a search at 256 dimensions. More new items than that wait for the
   * rebuild that they cause; searches say how many (`pending`).
   */
  tail: 50_000,
  /** From here on files are made anew: changes since they were made ... */
  rebuildChanges: 1_000,
  /** ... and their share of the items in the files. */
  rebuildShare: 0.2,
} as const;

export interface LiveIndexDeps {
  readonly sql: Statements;
  readonly encoders: Pick<EncodersService, 'embed' | 'embedStored'>;
  /** Called when the files are to be made anew; again with every further change. */
  readonly onWorn?: () => void;
  /** Default `LIVE_LIMITS`. */
  readonly limits?: { readonly [K in keyof typeof LIVE_LIMITS]: number };
}

/** What an index was made of. */
export interface IndexedState extends KnownChanges {
  readonly datasetId: DatasetId;
  readonly encoderId: EncoderId;
  readonly vectors: VectorIndex;
}

/**
 * Keeps a loaded index up with its dataset: reads what changed since its files were made, encodes it, and lays it over the
 * index. One change after another, however many ask.
 */
export class LiveIndex {
  readonly overlay: Overlay;
  /** Hits of before, for the next ones. */
  readonly items = new ItemCache();
  /** For filters. */
  readonly descriptions = new DescriptionLog();
  readonly #deps: LiveIndexDeps;
  readonly #state: IndexedState;
  #known: KnownChanges;
  #pending = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(deps: LiveIndexDeps, state: IndexedState) {
    this.#deps = deps;
    this.#state = state;
    this.#known = { revision: state.revision, lastItemId: state.lastItemId };
    this.overlay = new Overlay(state.vectors);
  }

  /** Of the dataset: everything up to it can be found. */
  get revision(): number {
    return this.#known.revision;
  }

  /** New items that can not be found yet, because there are too many to compare one by one. */
  get pending(): number {
    return this.#pending;
  }

  /** Live items that can be found. */
  get count(): number {
    return this.#state.vectors.count - this.overlay.dropped.size + this.overlay.tail;
  }

  get tombstoneRatio(): number {
    return this.overlay.dropped.size / Math.max(1, this.#state.vectors.count);
  }

  /** Resolves when all changes up to this revision of the dataset are in. */
  async reach(revision: number): Promise<void> {
    while (this.#known.revision < revision) {
      const turn = this.#turn.then(() => (this.#known.revision < revision ? this.#catchUp() : undefined));
      // The next one in line tries again.
      this.#turn = turn.catch(() => {});
      await turn;
    }
  }

  async #catchUp(): Promise<void> {
    const { sql } = this.#deps;
    const { datasetId } = this.#state;
    const limits = this.#deps.limits ?? LIVE_LIMITS;
    const room = Math.max(0, limits.tail - this.overlay.tail);
    const found = await readItemChanges(sql, datasetId, this.#known, room);
    // Its dataset is gone: nothing changes any more, and the search will say so.
    if (found === null) {
      this.#known = { ...this.#known, revision: Number.MAX_SAFE_INTEGER };
      return;
    }
    const { revision, kind, changes, unread } = found;
    const encoded = await this.#encoded(kind, changes);
    // In one step with the revision below: who sees that sees these.
    this.overlay.apply(encoded);
    this.items.forget(changes.map(({ id }) => id));
    this.descriptions.append(changes.filter((change) => change.kind === 'described'));
    this.#pending = unread;
    this.#known = { revision, lastItemId: Math.max(this.#known.lastItemId, changes.at(-1)?.id ?? 0) };
    const worn = this.overlay.tail + this.overlay.dropped.size + unread;
    if (worn >= limits.rebuildChanges && worn >= limits.rebuildShare * this.#state.vectors.count) this.#deps.onWorn?.();
  }

  async #encoded(kind: DatasetKind, changes: readonly ItemChange[]): Promise<OverlayChange[]> {
    const recoded = changes.filter((change) => change.kind === 'content');
    const { encoders } = this.#deps;
    const { encoderId } = this.#state;
    const vectors: Float32Array[] = [];
    for (let from = 0; from < recoded.length; from += EMBED_BOUNDS.texts) {
      const part = recoded.slice(from, from + EMBED_BOUNDS.texts);
      const { vectors: rows, dimensions } =
        kind === 'TEXT'
          ? // Longer ones are cut where a query is cut too.
            await encoders.embed(
              encoderId,
              part.map(({ content }) => content.slice(0, EMBED_BOUNDS.characters)),
              'item',
            )
          : await encoders.embedStored(
              encoderId,
              part.map(({ data }) => storedContent(kind, data as Buffer)),
              'item',
            );
      for (let at = 0; at < part.length; at++) vectors.push(rows.subarray(at * dimensions, (at + 1) * dimensions));
    }
    let next = 0;
    return changes.map((change) =>
      change.kind === 'content' ? { ...change, vector: vectors[next++] as Float32Array } : change,
    );
  }
}
