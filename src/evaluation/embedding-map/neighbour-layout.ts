import { UMAP } from 'umap-js';

export interface LayoutTask {
  /** The k nearest of each point, the point itself first: shape [n][k]. */
  readonly neighbours: readonly (readonly number[])[];
  /** Their distances, ascending from 0: shape [n][k]. */
  readonly distances: readonly (readonly number[])[];
  /** Where the points begin, shape [n, 2]. */
  readonly start: Float32Array;
  readonly minDistance: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Half the width of the square in which the points begin: UMAP's own. */
const START_WIDTH = 10;

/**
 * UMAP (McInnes, Healy and Melville, 1802.03426): moves points until the graph of their neighbours in the plane resembles the given one
 * (umap-js, by its authors' group). Points begin at their principal axes and not anywhere: what lies far apart in the large stays so, and
 * maps of different seeds look alike (Kobak and Linderman 2021, "Initialization is critical for preserving global data structure").
 * @param onEpoch called between two rounds with those done and all; a throw ends it
 * @returns shape [n, 2]
 */
export async function neighbourLayout(
  { neighbours, distances, start, minDistance, random }: LayoutTask,
  onEpoch: (done: number, total: number) => Promise<void>,
): Promise<Float32Array> {
  const n = neighbours.length;
  const nNeighbors = neighbours[0]?.length ?? 0;
  const umap = new UMAP({ nComponents: 2, nNeighbors, minDist: minDistance, random });
  umap.setPrecomputedKNN(neighbours as number[][], distances as number[][]);
  // With its neighbours given it looks at no vector, only at their number.
  const total = umap.initializeFit(Array.from({ length: n }, () => []));
  const points = umap.getEmbedding();
  const scale =
    START_WIDTH /
    Math.max(
      1e-12,
      start.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    );
  for (const [at, point] of points.entries()) {
    // A hair's breadth apart: equal points would never part.
    point[0] = (start[2 * at] as number) * scale + (random() - 0.5) * 1e-3;
    point[1] = (start[2 * at + 1] as number) * scale + (random() - 0.5) * 1e-3;
  }
  for (let epoch = 0; epoch < total; epoch++) {
    await onEpoch(epoch, total);
    umap.step();
  }
  return Float32Array.from(umap.getEmbedding().flat());
}
