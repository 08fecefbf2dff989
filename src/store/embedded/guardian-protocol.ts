import type { Failure } from './failure.ts';

/** What a guardian tells every user, as a line of JSON, on connecting and whenever it changes. */
export type GuardianState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface GuardianOptions {
  /** Absolute. */
  readonly dataDir: string;
  /** Root of its place. */
  readonly root: string;
  /** Time without a user after which the server stops, ms. */
  readonly grace: number;
  /** Settings that differ from the usual ones, by PostgreSQL's names. */
  readonly settings: Readonly<Record<string, string>>;
  /** Remove the whole place, data included, when the last user has left. For tests. */
  readonly ephemeral: boolean;
}

export function encodeState(state: GuardianState): string {
  return `${JSON.stringify(state)}\n`;
}

/** Exit status: another guardian holds the place, or has just removed it. */
export const ANOTHER_GUARDIAN = 3;
