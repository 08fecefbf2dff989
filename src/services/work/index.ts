import type { Work } from './work.ts';

/**
 * Every kind of work by name, loaded only in the process that does it: the server that forks a training never loads
 * TensorFlow. Each module exports its function as `work`.
 */
const LOADERS = {
  train: () => import('./train.ts'),
  'build-index': () => import('./build-index.ts'),
  'map-index': () => import('./map-index.ts'),
  evaluate: () => import('./evaluate.ts'),
  'compare-encoders': () => import('./compare-encoders.ts'),
  'mine-negatives': () => import('./mine-negatives.ts'),
  'parse-import': () => import('./parse-import.ts'),
} as const;

export type WorkName = keyof typeof LOADERS;
type WorkOf<N extends WorkName> = Awaited<ReturnType<(typeof LOADERS)[N]>>['work'];

export type WorkSpec<N extends WorkName> = WorkOf<N> extends Work<infer Spec, infer _E, infer _R> ? Spec : never;
export type WorkEvent<N extends WorkName> = WorkOf<N> extends Work<infer _S, infer Event, infer _R> ? Event : never;
export type WorkResult<N extends WorkName> = WorkOf<N> extends Work<infer _S, infer _E, infer Result> ? Result : never;

export async function loadWork<N extends WorkName>(name: N): Promise<WorkOf<N>> {
  const module = await LOADERS[name]();
  return module.work as WorkOf<N>;
}
