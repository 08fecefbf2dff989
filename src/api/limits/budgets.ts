import { type Clock, MINUTE, systemClock } from '../../platform/clock.ts';

export interface BudgetState {
  /** Points that fill it. */
  readonly limit: number;
  /** Points left, whole ones. */
  readonly remaining: number;
  /** Milliseconds until it is full again, if nothing more is spent. */
  readonly resetMs: number;
}

interface Bucket {
  level: number;
  at: number;
}

/** Buckets that are full hold nothing to remember. */
const REMEMBERED = 10_000;

/**
 * What each key may spend: a bucket of points that fills by `perMinute` in a minute and holds as many, so that a client that
 * was quiet may hurry. What it spends at other servers counts as soon as it is known here (shared-budgets.ts).
 */
export class Budgets {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  /** Spent here, and not told to other servers yet. */
  #untold = new Map<string, number>();

  constructor(perMinute: number, clock: Clock = systemClock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** @returns ms after which there will be enough; 0: it was enough, and is spent */
  spend(key: string, points: number): number {
    const bucket = this.#bucket(key);
    // What costs more than a bucket holds would never get its turn: it takes a full one, and leaves a debt.
    const needed = Math.min(points, this.#perMinute);
    if (bucket.level < needed) return Math.ceil(((needed - bucket.level) * MINUTE) / this.#perMinute);
    bucket.level -= points;
    this.#untold.set(key, (this.#untold.get(key) ?? 0) + points);
    return 0;
  }

  /** What was spent at another server within a moment may be more than there was: a debt, of one bucket at most. */
  spentElsewhere(key: string, points: number): void {
    const bucket = this.#bucket(key);
    bucket.level = Math.max(bucket.level - points, Math.min(bucket.level, -this.#perMinute));
  }

  /** @returns what each key has spent here since this was asked last */
  takeUntold(): [key: string, points: number][] {
    const untold = [...this.#untold];
    this.#untold = new Map();
    return untold;
  }

  giveBackUntold(untold: readonly (readonly [key: string, points: number])[]): void {
    for (const [key, points] of untold) this.#untold.set(key, (this.#untold.get(key) ?? 0) + points);
  }

  state(key: string): BudgetState {
    const { level } = this.#bucket(key);
    const resetMs = Math.ceil(((this.#perMinute - level) * MINUTE) / this.#perMinute);
    return { limit: this.#perMinute, remaining: Math.max(0, Math.floor(level)), resetMs };
  }

  #bucket(key: string): Bucket {
    const now = this.#clock();
    const known = this.#buckets.get(key) ?? { level: this.#perMinute, at: now };
    const filled = (Math.max(0, now - known.at) * this.#perMinute) / MINUTE;
    known.level = Math.min(this.#perMinute, known.level + filled);
    known.at = now;
    this.#buckets.set(key, known);
    if (this.#buckets.size > REMEMBERED) this.#forgetFull(now);
    return known;
  }

  #forgetFull(now: number): void {
    for (const [key, { level, at }] of this.#buckets) {
      if (level + ((now - at) * this.#perMinute) / MINUTE >= this.#perMinute && at < now) this.#buckets.delete(key);
    }
  }
}
