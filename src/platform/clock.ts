/** Durations in milliseconds, so that a setting reads as `8 * MINUTE`. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since the epoch. Injected where a test must decide what time it is. */
export type Clock = () => number;
export const systemClock: Clock = () => Date.now();
