import type { OptimizerSpec } from '../../domain/training.ts';

/**
 * The optimizers once more in float64, as the paper prints them: the slow twin that tests hold the kernels against.
 * AdamW: Loshchilov and Hutter (1711.05101), algorithm 2; SGD with momentum: algorithm 1. The schedule multiplier is in `learningRate`.
 */
export class PlainOptimizer {
  readonly #spec: OptimizerSpec;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(spec: OptimizerSpec, size: number) {
    this.#spec = spec;
    this.#first = new Float64Array(size);
    this.#second = new Float64Array(size);
  }

  /** Changes `parameters` in place. @param decays whether parameter i decays */
  step(
    parameters: Float64Array,
    gradients: ArrayLike<number>,
    learningRate: number,
    decays: (index: number) => boolean,
  ): void {
    this.#steps++;
    for (let i = 0; i < parameters.length; i++) {
      const keep = 1 - (decays(i) ? learningRate * this.#spec.weightDecay : 0);
      parameters[i] = keep * (parameters[i] as number) - learningRate * this.#direction(i, gradients[i] as number);
    }
  }

  #direction(i: number, gradient: number): number {
    const spec = this.#spec;
    if (spec.name === 'sgd') {
      this.#first[i] = spec.momentum * (this.#first[i] as number) + gradient;
      return this.#first[i] as number;
    }
    this.#first[i] = spec.beta1 * (this.#first[i] as number) + (1 - spec.beta1) * gradient;
    this.#second[i] = spec.beta2 * (this.#second[i] as number) + (1 - spec.beta2) * gradient ** 2;
    const mean = (this.#first[i] as number) / (1 - spec.beta1 ** this.#steps);
    const variance = (this.#second[i] as number) / (1 - spec.beta2 ** this.#steps);
    return mean / (Math.sqrt(variance) + spec.epsilon);
  }
}
