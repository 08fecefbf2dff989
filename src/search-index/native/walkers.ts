import { availableParallelism } from 'node:os';
import type { GraphQuery } from '../graph.ts';
import type { Neighbours } from '../nearest.ts';
import type { Addon, AddonGraph } from './addon.ts';

/** Walks given to the threads at a time; others wait here. */
const PLACES = 64;
/** Numbers of the longest query that has a place, and hits of the largest answer: what is larger is rare, and goes another way. */
const WIDEST = 2_048;
const DEEPEST = 128;
/** What addon.cc says of a walk for which there was no memory. */
const FAILED = -2;

interface Waiting {
  readonly graph: AddonGraph;
  readonly query: Float32Array;
  readonly asked: GraphQuery;
  resolve(found: Neighbours | null): void;
  reject(error: unknown): void;
}

/**
 * Single searches, walked by threads beside this one (walkers.h), of which there is one fewer than cores: this thread has the rest of a
 * search to do. Queries and hits lie in memory that both sides see, in places of a fixed size, so that nothing is made for the
 * hand-over but a promise.
 */
export class Walkers {
  readonly #addon: Addon;
  readonly #queries = new Float32Array(PLACES * WIDEST);
  readonly #rows = new Int32Array(PLACES * DEEPEST);
  readonly #scores = new Float32Array(PLACES * DEEPEST);
  readonly #found = new Int32Array(PLACES);
  readonly #done = new Int32Array(PLACES);
  readonly #free = Array.from({ length: PLACES }, (_, place) => place);
  /** By place. They keep what is walked alive, the allowed rows among it. */
  readonly #walking: (Waiting | undefined)[] = new Array(PLACES).fill(undefined);
  readonly #waiting: Waiting[] = [];

  constructor(addon: Addon, threads = Math.max(1, availableParallelism() - 1)) {
    this.#addon = addon;
    const memory = [this.#queries, this.#rows, this.#scores, this.#found] as const;
    addon.startWalkers(() => this.#take(), threads, ...memory, PLACES);
  }

  /** Whether such a query has a place. */
  static takes(dimensions: number, k: number): boolean {
    return dimensions <= WIDEST && k <= DEEPEST;
  }

  /** @returns null when the budget was spent */
  search(graph: AddonGraph, query: Float32Array, asked: GraphQuery): Promise<Neighbours | null> {
    return new Promise((resolve, reject) => {
      const waiting = { graph, query, asked, resolve, reject };
      const place = this.#free.pop();
      if (place === undefined) this.#waiting.push(waiting);
      else this.#begin(place, waiting);
    });
  }

  #begin(place: number, waiting: Waiting): void {
    const { graph, query, asked } = waiting;
    this.#queries.set(query, place * WIDEST);
    try {
      graph.walk(place, asked.k, asked.ef, asked.allowed === null ? null : asked.allowed.words, asked.budget);
      this.#walking[place] = waiting;
    } catch (error) {
      // Released meanwhile, say.
      this.#free.push(place);
      waiting.reject(error);
    }
  }

  #take(): void {
    const count = this.#addon.takeWalks(this.#done);
    for (let at = 0; at < count; at++) {
      const place = this.#done[at] as number;
      const { resolve, reject } = this.#walking[place] as Waiting;
      this.#walking[place] = undefined;
      const found = this.#found[place] as number;
      if (found === FAILED) reject(new Error('not enough memory for a search'));
      else resolve(found < 0 ? null : this.#hitsAt(place * DEEPEST, found));
      this.#free.push(place);
    }
    while (this.#waiting.length > 0 && this.#free.length > 0) {
      this.#begin(this.#free.pop() as number, this.#waiting.shift() as Waiting);
    }
  }

  #hitsAt(from: number, count: number): Neighbours {
    return { rows: this.#rows.slice(from, from + count), scores: this.#scores.slice(from, from + count) };
  }
}
