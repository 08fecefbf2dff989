import { type MapQuality, type MapSettings, TRUSTWORTHINESS_K } from '../../domain/embedding-map.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { Rows } from '../../evaluation/diagnostics/index.ts';
import { neighbourLayout } from '../../evaluation/embedding-map/neighbour-layout.ts';
import { principalAxes } from '../../evaluation/embedding-map/principal-axes.ts';
import { trustworthiness } from '../../evaluation/embedding-map/trustworthiness.ts';
import { createRandom } from '../../platform/random.ts';
import { ExactScan } from '../../search-index/exact.ts';
import { readCard } from '../../search-index/index-card.ts';
import { readItemIds } from '../../search-index/item-ids.ts';
import type { Neighbours } from '../../search-index/nearest.ts';
import { chooseSample } from '../../search-index/recall.ts';
import { VectorFile } from '../../search-index/vector-file.ts';
import { breathe, type LinkProgress, linkRows, progressOf } from './link-graph.ts';
import type { Work, WorkContext } from './work.ts';

export interface MapIndexSpec extends MapSettings {
  readonly indexDir: string;
  /** Those to draw, ascending; those that the index lacks are passed over. Null: a sample of the index, all of it where it is no larger. */
  readonly itemIds: readonly number[] | null;
}

export interface MapIndexResult extends MapQuality {
  /** Items of the index, of which those below were chosen. */
  readonly items: number;
  /** shape [n], ascending */
  readonly itemIds: Int32Array;
  /** shape [n, 2] */
  readonly coordinates: Float32Array;
}

type Context = WorkContext<LinkProgress>;

/** Of the neighbour graph: enough that practically every true neighbour is found. */
const GRAPH = { m: 16, efConstruction: 200, ef: 128 } as const;
/** Points whose neighbours are looked at to measure the map: the error of the measure is about a hundredth then. */
const LOOKED = 500;
/** Searches, or reads, between two looks at the signal. */
const BLOCK = 256;

/** Draws a sample of an index's vectors in the plane. The same index, items drawn and settings give the same map. */
export const work: Work<MapIndexSpec, LinkProgress, MapIndexResult> = async (spec, context) => {
  const card = await readCard(spec.indexDir);
  const ids = await readItemIds(spec.indexDir, card);
  const chosen = spec.itemIds === null ? chooseSample(card.count, spec.seed, spec.sample) : rowsOf(spec.itemIds, ids);
  const rows = await readRows(spec.indexDir, chosen, context);
  const axes = principalAxes(rows);
  await breathe(context);
  const isPca = spec.method === 'pca';
  const coordinates = isPca ? axes.coordinates : await umapOf(rows, axes.coordinates, spec, context);
  const n = chosen.length;
  // The formula wants k below half of the points.
  const k = Math.min(TRUSTWORTHINESS_K, Math.floor((n - 1) / 2));
  const looked = chooseSample(n, spec.seed, LOOKED);
  return {
    items: card.count,
    itemIds: chosen.map((row) => ids[row] as number),
    coordinates,
    explainedVariance: isPca ? axes.explainedVariance : null,
    trustworthiness: trustworthiness(rows, coordinates, { looked, k }),
  };
};

/** @param itemIds ascending, as `ids` is */
function rowsOf(itemIds: readonly number[], ids: Int32Array): Int32Array {
  const rows: number[] = [];
  let row = 0;
  for (const id of itemIds) {
    while (row < ids.length && (ids[row] as number) < id) row++;
    if (ids[row] === id) rows.push(row);
  }
  return Int32Array.from(rows);
}

async function readRows(dir: string, chosen: Int32Array, context: Context): Promise<Rows> {
  const card = await readCard(dir);
  const { dimensions } = card;
  const file = await VectorFile.open(dir, card);
  try {
    const values = new Float32Array(chosen.length * dimensions);
    for (const [at, row] of chosen.entries()) {
      if (at % BLOCK === 0) await breathe(context);
      values.set(file.vector(row), at * dimensions);
    }
    return { values, dimensions };
  } finally {
    await file.close();
  }
}

async function umapOf(rows: Rows, start: Float32Array, spec: MapIndexSpec, context: Context): Promise<Float32Array> {
  const n = rows.values.length / rows.dimensions;
  const { neighbors, minDistance, seed } = spec;
  if (n <= neighbors) {
    throw new QuartetError('NOT_READY', `a UMAP of ${neighbors} neighbors wants more items than the ${n} there are`);
  }
  const found = await nearestOfEach(rows, neighbors, { seed, context });
  const random = createRandom(seed);
  let report = progressOf(context, n, 1);
  return await neighbourLayout({ ...found, start, minDistance, random: random.next }, async (done, total) => {
    if (done === 0) report = progressOf(context, n, total);
    await report(1);
  });
}

/** By a graph of the sample, built on one thread so that it is the same each time. */
async function nearestOfEach(
  { values, dimensions }: Rows,
  k: number,
  { seed, context }: { readonly seed: number; readonly context: Context },
): Promise<{ neighbours: number[][]; distances: number[][] }> {
  const n = values.length / dimensions;
  const vector = (row: number) => values.subarray(row * dimensions, (row + 1) * dimensions);
  const source = { ...GRAPH, dimensions, storage: 'float32', seed, threads: 1 } as const;
  const order = createRandom(seed).shuffle(Int32Array.from({ length: n }, (_, row) => row));
  const read = (row: number, into: Float32Array) => into.set(vector(row));
  const graph = await linkRows(order, { ...source, writer: { read } }, () => breathe(context));
  const neighbours: number[][] = [];
  const distances: number[][] = [];
  for (let row = 0; row < n; row++) {
    if (row % BLOCK === 0) await breathe(context);
    const found = graph.search(vector(row), k, GRAPH.ef);
    // A graph may find fewer than there are.
    const others = othersOf(found.rows.length < k ? allNearest(vector(row), values, k) : found, row, k - 1);
    neighbours.push([row, ...others.map(({ other }) => other)]);
    distances.push([0, ...others.map(({ distance }) => distance)]);
  }
  return { neighbours, distances };
}

function allNearest(vector: Float32Array, values: Float32Array, k: number): Neighbours {
  const scan = new ExactScan(vector, vector.length, k);
  scan.add(values, 0);
  return scan.take()[0] as Neighbours;
}

/** @returns the k first that are another row, with Euclidean distances of unit vectors, ascending */
function othersOf({ rows, scores }: Neighbours, row: number, k: number): { other: number; distance: number }[] {
  const found = Array.from(rows, (other, at) => ({
    other,
    distance: Math.sqrt(Math.max(0, 2 - 2 * (scores[at] as number))),
  }));
  return found.filter(({ other }) => other !== row).slice(0, k);
}
