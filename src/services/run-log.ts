import { type QualityMetric, qualityOf } from '../domain/quality.ts';
import type { RetrievalMetrics, RunEventBody } from '../domain/training.ts';

type Evaluation = Extract<RunEventBody, { kind: 'evaluation' }>;

/** What the log of a run said when a worker took it. */
export interface LogState {
  readonly lastSequence: number;
  /** Highest step reported so far by each series of events, by `seriesOf`. */
  readonly reportedSteps: ReadonlyMap<string, number>;
  readonly evaluations: readonly RunEventBody[];
  /** What the best evaluation is best by. */
  readonly metric: QualityMetric;
}

/**
 * Keeps the log of a run single-valued over crashes. A run that is picked up repeats the steps since its last checkpoint,
 * with the same numbers (a resume is bit for bit the uninterrupted run), so an event whose step the log has passed already
 * says nothing new and is left out. Nothing is ever taken back: sequence numbers grow without gaps, and whoever follows
 * sees one curve.
 */
export class RunLog {
  #lastSequence: number;
  readonly #metric: QualityMetric;
  readonly #reportedBefore: ReadonlyMap<string, number>;
  #unwritten: RunEventBody[] = [];
  #baseline: RetrievalMetrics | null = null;
  #best: Evaluation | null = null;

  constructor({ lastSequence, reportedSteps, evaluations, metric }: LogState) {
    this.#metric = metric;
    this.#lastSequence = lastSequence;
    this.#reportedBefore = reportedSteps;
    for (const event of evaluations) this.#note(event);
  }

  get baseline(): RetrievalMetrics | null {
    return this.#baseline;
  }

  /** The best evaluation on the validation split after the start, by the run's metric; the earlier one of equals. */
  get best(): { step: number; metrics: RetrievalMetrics } | null {
    return this.#best;
  }

  /** Takes an event to be written, unless an earlier attempt has told it already. */
  add(event: RunEventBody): void {
    if ('step' in event && event.step <= (this.#reportedBefore.get(seriesOf(event)) ?? -1)) return;
    this.#unwritten.push(event);
    this.#note(event);
  }

  /** What is to be written next, from sequence number `first` on. They count as written from now on. */
  takeUnwritten(): { first: number; events: readonly RunEventBody[] } {
    const events = this.#unwritten;
    const first = this.#lastSequence + 1;
    this.#unwritten = [];
    this.#lastSequence += events.length;
    return { first, events };
  }

  #note(event: RunEventBody): void {
    if (event.kind !== 'evaluation' || event.split !== 'VALIDATION') return;
    if (event.baseline) this.#baseline ??= event.metrics;
    else if (this.#best === null || this.#quality(event) > this.#quality(this.#best)) this.#best = event;
  }

  #quality({ metrics }: Evaluation): number {
    return qualityOf(metrics, this.#metric);
  }
}

function seriesOf(event: RunEventBody): string {
  return event.kind === 'evaluation' ? `${event.kind} ${event.split}` : event.kind;
}
