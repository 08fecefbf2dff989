import type { Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { SECOND } from '../platform/clock.ts';

/*
 * One scrape for all processes of a group, whichever the connection came to: that one asks the process that started them, which asks each
 * for what it has measured and hands back all of it. What a process had counted that is gone, or is too busy to say it now, stays in the
 * sums as it was when it was last asked: a counter that falls would look like one that began anew.
 */

/** What one process has measured, as prom-client's JSON. */
export type Measured = Awaited<ReturnType<AggregatorRegistry<never>['getMetricsAsJSON']>>;

/** How a process of a group gets what all have measured. */
export interface MeasuringGroup {
  /** Says from now on, when it is asked, what this process has measured. */
  answer(own: () => Promise<Measured>): void;
  /** What every process has measured, this one among them. @throws Error when whoever started the group does not answer */
  all(): Promise<{ readonly processes: number; readonly measured: readonly Measured[] }>;
}

type Message =
  | { readonly kind: 'scrape' | 'measure'; readonly id: number }
  | { readonly kind: 'measured'; readonly id: number; readonly measured: Measured }
  | { readonly kind: 'scraped'; readonly id: number; readonly processes: number; readonly measured: Measured[] };

/** A process that says nothing for so long is counted as it was. */
const PATIENCE = SECOND;

/** In a process of a group. */
export function joinMeasuring(): MeasuringGroup {
  const waiting = new Map<number, (found: { processes: number; measured: readonly Measured[] }) => void>();
  let asked = 0;
  let own: () => Promise<Measured> = async () => [];
  process.on('message', (message: Message) => {
    if (message.kind === 'scraped') waiting.get(message.id)?.(message);
    if (message.kind !== 'measure') return;
    const { id } = message;
    // Whoever asked may be gone by now.
    void own().then((measured) => process.send?.({ kind: 'measured', id, measured } satisfies Message, () => {}));
  });
  return {
    answer(measure) {
      own = measure;
    },
    async all() {
      const id = ++asked;
      const { promise, resolve, reject } = Promise.withResolvers<{
        processes: number;
        measured: readonly Measured[];
      }>();
      const late = setTimeout(() => reject(new Error('the group did not say what it has measured')), 2 * PATIENCE);
      waiting.set(id, resolve);
      try {
        process.send?.({ kind: 'scrape', id } satisfies Message, () => {});
        return await promise;
      } finally {
        clearTimeout(late);
        waiting.delete(id);
      }
    },
  };
}

/** In the process that started them: asks all for one. */
export class GroupMeasurements {
  readonly #last = new Map<Worker, Measured>();
  readonly #answers = new Map<number, (measured: Measured) => void>();
  /** What processes had counted that are gone. */
  #gone: Measured = [];
  #asked = 0;

  /** @param worker one that listens */
  add(worker: Worker): void {
    this.#last.set(worker, []);
    worker.on('message', (message: Message) => {
      if (message.kind === 'measured') this.#answers.get(message.id)?.(message.measured);
      if (message.kind === 'scrape') void this.#gather(worker, message.id);
    });
    worker.once('exit', () => void this.#keep(worker));
  }

  async #gather(asker: Worker, id: number): Promise<void> {
    const fresh = await Promise.all([...this.#last.keys()].map((worker) => this.#ask(worker)));
    const measured = [...this.#last.values(), this.#gone];
    const processes = fresh.filter(Boolean).length;
    asker.send({ kind: 'scraped', id, processes, measured } satisfies Message, () => {});
  }

  /** @returns whether it answered in time */
  async #ask(worker: Worker): Promise<boolean> {
    const id = ++this.#asked;
    const { promise, resolve } = Promise.withResolvers<Measured | null>();
    this.#answers.set(id, resolve);
    const late = setTimeout(() => resolve(null), PATIENCE);
    worker.send({ kind: 'measure', id } satisfies Message, (error) => error && resolve(null));
    const measured = await promise;
    clearTimeout(late);
    this.#answers.delete(id);
    if (measured !== null && this.#last.has(worker)) this.#last.set(worker, measured);
    return measured !== null;
  }

  async #keep(worker: Worker): Promise<void> {
    const last = this.#last.get(worker) ?? [];
    this.#last.delete(worker);
    // Names of types, as prom-client sends them, whatever its enum says.
    const counted = last.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
    this.#gone = await AggregatorRegistry.aggregate([this.#gone, counted]).getMetricsAsJSON();
  }
}
