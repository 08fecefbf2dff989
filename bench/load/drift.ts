import { median } from '../median.ts';

export interface Slice {
  readonly searches: number;
  readonly upserts: number;
  readonly events: number;
  readonly errors: number;
  /** Milliseconds from request to answer. */
  readonly searchP50Ms: number;
  readonly searchP99Ms: number;
  readonly upsertP50Ms: number;
  /** Of the server's process. */
  readonly rssMiB: number;
}

/** How much the last third of the slices has of the first third: 1 is flat. Medians, the first slice left out: it warms up. */
export function driftOf(slices: readonly Slice[]): { latency: number; rss: number } {
  const warm = slices.slice(1);
  const third = Math.max(1, Math.floor(warm.length / 3));
  const growth = (of: (slice: Slice) => number) =>
    Math.round((100 * median(warm.slice(-third).map(of))) / median(warm.slice(0, third).map(of))) / 100;
  return { latency: growth(({ searchP50Ms }) => searchP50Ms), rss: growth(({ rssMiB }) => rssMiB) };
}
