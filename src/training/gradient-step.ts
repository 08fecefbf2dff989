import type { Paradigm } from './paradigms/paradigm.ts';
import { distinctTowers, type Towers } from './training-state.ts';

export interface GradientStep {
  readonly learningRate: number;
  /** null: no bound */
  readonly clipNorm: number | null;
  /** Batches whose gradients were added up: the step goes down their mean. */
  readonly accumulated: number;
}

/**
 * One optimizer step of everything that has gradients. With a bound c the gradient g of all of it together becomes
 * g min(1, c / |g|), as in Pascanu et al. 2013 (1211.5063), algorithm 1: its direction stays, which clipping each part alone
 * would turn.
 * @returns |g|, the L2 norm before clipping
 */
export function applyGradients<Prepared>(
  { paradigm, ...towers }: Towers<Prepared> & { readonly paradigm: Paradigm<Prepared> },
  { learningRate, clipNorm, accumulated }: GradientStep,
): number {
  const parts = distinctTowers(towers);
  const own = paradigm.gradientNorm();
  // The norm of a tower's gradient costs a pass of its own before the step, and nothing during it.
  const norm = clipNorm === null ? 0 : Math.hypot(own, ...parts.map((tower) => tower.gradientNorm())) / accumulated;
  const scale = (clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1) / accumulated;
  const norms = parts.map((tower) => tower.applyGradients(learningRate, scale));
  paradigm.applyGradients(learningRate, scale);
  return clipNorm === null ? Math.hypot(own, ...norms) / accumulated : norm;
}
