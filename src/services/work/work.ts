import type { Logger } from '../../platform/logger.ts';

/*
 * Work is what runs in a child process: a pure function of its spec that reads and writes files and never touches the
 * database. Everything crosses the process by structured clone (typed arrays included), so specs, events and results are
 * plain data. A QuartetError keeps its code on the way back.
 */

export interface WorkContext<Event> {
  /**
   * Sends one event to the parent, in order. The promise resolves as soon as there is room for more (64 unhandled events
   * may be on the way) and never rejects: await it in a loop that can outrun its reader, ignore it for the odd event.
   */
  emit(event: Event): Promise<void>;
  /** Aborted when the work is no longer wanted. What has not stopped 800 ms later is killed. */
  readonly signal: AbortSignal;
  /** Aborted when the work is to stop where it can be taken up again. Work without such a place ignores it. */
  readonly pause?: AbortSignal;
  /** An empty directory of this execution's own, on the volume of the artifacts, removed when its job has ended. */
  readonly workDir: string;
  readonly logger: Logger;
}

export type Work<Spec, Event, Result> = (spec: Spec, context: WorkContext<Event>) => Promise<Result>;
