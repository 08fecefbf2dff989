const TICK_MS = 5;

/** Milliseconds, one number for each tick of 5 ms. */
export interface LoopTimes {
  /** How late the tick came: what a request would have waited. */
  readonly late: readonly number[];
  /** What this thread has computed since the tick before, the system's work for it included. */
  readonly busy: readonly number[];
}

/** Watches the event loop of this process. @returns what ends it */
export function watchEventLoop(): () => LoopTimes {
  const late: number[] = [];
  const busy: number[] = [];
  let time = performance.now();
  let cpu = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(cpu);
    late.push(Math.max(0, now - time - TICK_MS));
    busy.push((user + system) / 1_000);
    cpu = process.threadCpuUsage();
    time = performance.now();
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return { late, busy };
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** As the control of `event-loop.ts`: an event loop that has nothing to do, from its start until it is asked for its times. */
if (import.meta.main) {
  const stop = watchEventLoop();
  process.once('message', () => {
    const { late } = stop();
    process.send?.({ max: percentile(late, 1), p99: percentile(late, 0.99) });
    process.disconnect();
  });
}
