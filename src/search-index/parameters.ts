import { QuartetError } from '../domain/errors.ts';
import type { VectorStorage } from './graph.ts';

/** Default, minimum and maximum of everything a caller may set about an index, in one place. */
export const INDEX_BOUNDS = {
  /** Links of a point in every layer but the lowest, which has twice as many. More: better recall, more memory, slower build. */
  m: { default: 16, min: 2, max: 100 },
  /**
   * Candidates kept while a point looks for its links. More: a better graph, a slower build. On MedQuAD (15,809 answers searched
   * with questions, m 16, efSearch 64) recall@10 is 0.917 with 200, 0.955 with 400, 0.967 with 800; each doubles the time.
   */
  efConstruction: { default: 400, min: 4, max: 1_000 },
  /**
   * Candidates kept by a search that does not say. More: better recall, slower. There, with efConstruction 400: recall@10 0.930
   * with 32, 0.955 with 64, 0.971 with 128, 0.977 with 256; each takes about half as long again.
   */
  efSearch: { default: 128, min: 1, max: 5_000 },
  /** Hits of one search. */
  k: { default: 10, min: 1, max: 1_000 },
  /** Items that recall is measured with. */
  sample: { default: 100, min: 1, max: 1_000 },
} as const;

export interface IndexParameters {
  readonly m: number;
  readonly efConstruction: number;
  readonly efSearch: number;
  /** How vectors lie in memory. int8 takes a quarter of it; what is found is scored anew from float32 on disk. */
  readonly storage: VectorStorage;
}

type BoundName = keyof typeof INDEX_BOUNDS;

/**
 * @returns the value, or the default for null and undefined
 * @throws QuartetError BAD_INPUT naming value and bounds unless it is a whole number within them
 */
export function bounded(name: BoundName, value: number | null | undefined, field: string = name): number {
  const bound = INDEX_BOUNDS[name];
  if (value === null || value === undefined) return bound.default;
  if (!Number.isInteger(value) || value < bound.min || value > bound.max) {
    throw new QuartetError(
      'BAD_INPUT',
      `${field} must be a whole number from ${bound.min} to ${bound.max} (default ${bound.default}), got ${value}`,
      { field: ['input', field] },
    );
  }
  return value;
}

/** @throws QuartetError BAD_INPUT as `bounded` does */
export function indexParameters(
  asked: { [K in keyof IndexParameters]?: IndexParameters[K] | null | undefined },
): IndexParameters {
  return {
    m: bounded('m', asked.m),
    efConstruction: bounded('efConstruction', asked.efConstruction),
    efSearch: bounded('efSearch', asked.efSearch),
    storage: asked.storage ?? 'float32',
  };
}
