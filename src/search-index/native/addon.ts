import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What addon.cc exports. It checks the types and lengths of its arguments and throws; it never ends the process. */
export interface AddonGraph {
  readonly count: number;
  load(path: string): Promise<void>;
  add(vector: Float32Array, row: number): void;
  addMany(vectors: Float32Array, rows: Int32Array, threads: number): Promise<void>;
  search(
    query: Float32Array,
    k: number,
    ef: number,
    allowed: Uint32Array | null,
    budget: number,
    rows: Int32Array,
    scores: Float32Array,
  ): number;
  searchMany(
    queries: Float32Array,
    k: number,
    ef: number,
    allowed: Uint32Array | null,
    budget: number,
    rows: Int32Array,
    scores: Float32Array,
    counts: Int32Array,
    threads: number,
  ): Promise<void>;
  walk(place: number, k: number, ef: number, allowed: Uint32Array | null, budget: number): void;
  scan(
    query: Float32Array,
    k: number,
    allowed: Uint32Array | null,
    first: number,
    last: number,
    rows: Int32Array,
    scores: Float32Array,
  ): number;
  vector(row: number, into: Float32Array): void;
  write(path: string): Promise<void>;
  release(): Promise<void>;
}

export interface Addon {
  readonly NativeGraph: new (dimensions: number, int8: boolean, ...building: number[]) => AddonGraph;
  startWalkers(
    done: () => void,
    threads: number,
    queries: Float32Array,
    rows: Int32Array,
    scores: Float32Array,
    found: Int32Array,
    places: number,
  ): void;
  takeWalks(places: Int32Array): number;
}

/** Where scripts/setup puts it. */
const FILE = fileURLToPath(new URL('../../../node_modules/.quartet/graph.node', import.meta.url));
let addon: Addon | null | undefined;

/** @returns null where the set-up could not compile it, or it does not load */
export function nativeAddon(): Addon | null {
  if (addon === undefined) {
    try {
      addon = createRequire(import.meta.url)(FILE) as Addon;
    } catch {
      addon = null;
    }
  }
  return addon;
}
