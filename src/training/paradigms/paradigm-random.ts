import { createRandom, type Random } from '../../platform/random.ts';

/** Keeps a paradigm's stream apart from those of the same seed that make weights and batches. */
const STREAM = 1n << 63n;

/** @param seed of the run, below 2^31 */
export function paradigmRandom(seed: number): Random {
  return createRandom(STREAM | BigInt(seed));
}
