import type { Graph, GraphEngine, NewGraph, VectorStorage } from './graph.ts';
import { HnswlibGraph } from './hnswlib-graph.ts';
import { nativeAddon } from './native/addon.ts';
import { NativeGraph } from './native/native-graph.ts';

/** @returns the addon where it was compiled and loads */
export function bestEngine(): GraphEngine {
  return nativeAddon() === null ? 'hnswlib-node' : 'native';
}

export function newGraph(shape: NewGraph, engine: GraphEngine): Graph {
  return engine === 'native' ? NativeGraph.create(shape) : HnswlibGraph.create(shape);
}

/** Loads a file that was checked, off the main thread. @throws Error when it can't be loaded after all */
export async function loadGraph(
  path: string,
  shape: { readonly dimensions: number; readonly storage: VectorStorage },
  engine: GraphEngine,
): Promise<Graph> {
  return engine === 'native' ? await NativeGraph.load(path, shape) : await HnswlibGraph.load(path, shape);
}
