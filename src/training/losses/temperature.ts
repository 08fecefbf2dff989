/** Largest scale, as in CLIP (2103.00020, section 2.5): beyond 100 training was unstable. */
const MAX_LOG_SCALE = Math.log(100);
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Divisor of cosine similarities, held as the logarithm of its inverse, the scale. */
export interface Temperature {
  /** 1 / temperature, from 1 to 100 */
  readonly scale: number;
  /** @param gradient dL/d(ln scale) */
  accumulate(gradient: number): void;
  /** Size of what was accumulated. */
  gradientNorm(): number;
  /**
   * One step of Adam (1412.6980, algorithm 1) on ln scale, which is then clamped to [0, ln 100].
   * @param factor multiplies the gradient first, default 1
   */
  applyGradient(learningRate: number, factor?: number): void;
  /** Logarithm, both moments, number of steps. A copy. */
  state(): Float32Array;
  restore(state: Float32Array): void;
}

/** @param initial temperature to start from, 0.01 to 1 */
export function createTemperature(initial: number): Temperature {
  // Everything is kept in float32, so that a checkpoint holds it exactly.
  const state = Float32Array.of(-Math.log(initial), 0, 0, 0);
  let gradient = 0;
  return {
    get scale() {
      return Math.exp(state[0] as number);
    },
    accumulate(more) {
      gradient += more;
    },
    gradientNorm: () => Math.abs(gradient),
    applyGradient(learningRate, factor = 1) {
      gradient *= factor;
      const [logScale, first, second, steps] = state as unknown as [number, number, number, number];
      state[1] = BETA1 * first + (1 - BETA1) * gradient;
      state[2] = BETA2 * second + (1 - BETA2) * gradient * gradient;
      state[3] = steps + 1;
      const corrected = (state[1] as number) / (1 - BETA1 ** (steps + 1));
      const spread = Math.sqrt((state[2] as number) / (1 - BETA2 ** (steps + 1)));
      const moved = logScale - (learningRate * corrected) / (spread + EPSILON);
      state[0] = Math.min(MAX_LOG_SCALE, Math.max(0, moved));
      gradient = 0;
    },
    state: () => state.slice(),
    restore(saved) {
      state.set(saved);
      gradient = 0;
    },
  };
}
