/** Of what one process takes on; each can be set by a variable of the environment (src/config/variables.ts). */
export interface Limits {
  /** Levels of fields in a document, fragments counted where they are used. */
  readonly depth: number;
  /** Fields of a document that are given another name. */
  readonly aliases: number;
  /** Lexical tokens of a document; the largest of our own has some 600. */
  readonly tokens: number;
  /** Of one operation, in the points of src/api/limits/prices.ts. */
  readonly cost: number;
  /** Points that one key may spend in a minute. */
  readonly budget: number;
  /** Bytes of the body of a GraphQL request; larger texts would also hold up the event loop while parsed. */
  readonly bodyBytes: number;
  /** Bytes of one upload. */
  readonly uploadBytes: number;
  /** Seconds after which a query is ended. */
  readonly seconds: number;
  /** GraphQL requests that are worked on at the same time. */
  readonly requests: number;
  /** GraphQL requests that wait for their turn beside these. */
  readonly waiting: number;
}

/** Default, minimum and maximum of each. */
export const LIMIT_BOUNDS: Readonly<Record<keyof Limits, readonly [number, number, number]>> = {
  depth: [12, 4, 100],
  aliases: [200, 0, 10_000],
  tokens: [10_000, 1_000, 1_000_000],
  cost: [100_000, 1_000, 10_000_000],
  budget: [2_000_000, 1_000, 1_000_000_000],
  bodyBytes: [4 * 2 ** 20, 64 * 2 ** 10, 256 * 2 ** 20],
  uploadBytes: [64 * 2 ** 30, 2 ** 20, 2 ** 50],
  seconds: [30, 1, 3_600],
  requests: [64, 1, 10_000],
  waiting: [512, 0, 100_000],
};

export const DEFAULT_LIMITS: Limits = Object.freeze(
  Object.fromEntries(Object.entries(LIMIT_BOUNDS).map(([name, [usual]]) => [name, usual])) as unknown as Limits,
);
