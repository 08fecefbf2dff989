import type { OptimizerSpec } from '../domain/training.ts';
import type { Random } from '../platform/random.ts';
import type { Tensors } from '../tensor/backend.ts';
import type { Provenance } from './card.ts';
import type { Content } from './content.ts';
import type { TrainableEncoder } from './encoder.ts';

/** An encoder about to be trained, with all that surrounds its weights. */
export interface TrainableModel<Prepared = unknown> {
  readonly tower: TrainableEncoder<Prepared>;
  /** Does once for each content what does not depend on weights. @throws QuartetError BAD_INPUT when it can't be read */
  prepare(content: Content): Prepared;
  /** Another view of what was prepared, for positives by augmentation; absent where an encoder makes none. */
  view?(prepared: Prepared, random: Random): Prepared;
  /** Writes the encoder with its present weights, so that `loadEncoder` reads it. */
  save(dir: string, provenance: Provenance): Promise<void>;
  /** The same with weights of its own, equal to the present ones: what one prepares the other reads. */
  twin(): TrainableModel<Prepared>;
  dispose(): void;
}

/** How a kind of encoder comes to its first weights, from all that it may learn from. */
export type LearnModel<Spec> = (
  spec: Spec,
  contents: Iterable<Content>,
  random: Random,
  tensors: Tensors,
  optimizer: OptimizerSpec,
) => TrainableModel;

/** Gives a tower the state of another of its kind. @returns `tower` */
export function equalTo<Tower extends TrainableEncoder<never>>(other: Tower, tower: Tower): Tower {
  tower.restore(other.state());
  return tower;
}
