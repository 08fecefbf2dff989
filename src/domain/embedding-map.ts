/** Maps of an index: its vectors drawn in the plane, for a scatter plot. */
const MAP_METHODS = ['pca', 'umap'] as const;

/**
 * `pca`: the two directions along which the vectors spread most; distances mean something, clusters may lie on top of each other.
 * `umap`: neighbours stay neighbours (McInnes, Healy and Melville, 1802.03426); distances between clusters mean little.
 */
export type MapMethod = (typeof MAP_METHODS)[number];

export interface MapSettings {
  readonly method: MapMethod;
  /** Items drawn: of each label in proportion, but at least one; by chance where there are more labels, all where there are fewer items. */
  readonly sample: number;
  /** Of the choice, and of UMAP. */
  readonly seed: number;
  /** UMAP's n_neighbors: few show what is near, many the whole. */
  readonly neighbors: number;
  /** UMAP's min_dist: how close points may lie in a map whose clusters are about 1 wide. */
  readonly minDistance: number;
}

/** Default, minimum and maximum of each number. */
export const MAP_SETTINGS = {
  sample: { default: 10_000, min: 10, max: 20_000 },
  seed: { default: 1, min: 0, max: 2_147_483_647 },
  neighbors: { default: 15, min: 2, max: 100 },
  minDistance: { default: 0.1, min: 0, max: 0.99 },
} as const;

/** Fewer items make no map. */
export const FEWEST_MAPPED = 10;
/** Neighbours whose faithfulness is measured. */
export const TRUSTWORTHINESS_K = 12;

/** How well a map shows what it was made from. */
export interface MapQuality {
  /** Shares of the variance that lie along x and along y, 0 to 1; null for `umap`. */
  readonly explainedVariance: readonly [number, number] | null;
  /** trustworthiness@k with k = `TRUSTWORTHINESS_K`, or less in a map of few points; 0 to 1. */
  readonly trustworthiness: number;
}
