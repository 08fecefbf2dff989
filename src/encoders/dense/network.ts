import type { Tensor, Tensor2D } from '../../tensor/backend.ts';
import { centreOutputs } from './centre.ts';

/** One named parameter of a network. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whether weight decay is for it: for matrices, not for biases and gains. */
  readonly decays: boolean;
  /** Whether the network sees it less the mean of each output's weights: see `centreOutputs`. Default false. */
  readonly centred?: boolean;
}

/** Where a network finds its weights: the encoder's own, or those of a momentum copy. */
export type Weight = <T extends Tensor>(name: string) => T;

/** One run of a network over a batch. */
export interface Pass {
  /** shape [B, D], rows of any length. Owned by the pass. */
  readonly output: Tensor2D;
  /**
   * Gives dL/dparameter of each parameter to `add`, within a `tf.tidy` of the caller.
   * @param gradient dL/dOutput, shape [B, D]
   */
  backward(gradient: Tensor2D, add: (name: string, gradient: Tensor) => void): void;
  dispose(): void;
}

/** A network of dense parameters, without its weights. Letters: B batch, D embedding dimensions. */
export interface Network<Prepared> {
  /** D, a multiple of 8 */
  readonly dimensions: number;
  readonly parameters: readonly ParameterShape[];
  forward(batch: readonly Prepared[], weight: Weight): Pass;
}

/** A network's numbers as it computes with them: copies where it wants them centred, else as they are. @param numbers as they are trained */
export function numbersSeen(
  parameters: readonly ParameterShape[],
  numbers: (name: string) => Float32Array,
): (name: string) => Float32Array {
  const centred = new Map(parameters.filter((p) => p.centred).map(({ name, shape }) => [name, shape.at(-1) as number]));
  return (name) => {
    const outputs = centred.get(name);
    if (outputs === undefined) return numbers(name);
    const seen = numbers(name).slice();
    centreOutputs(seen, outputs);
    return seen;
  };
}
