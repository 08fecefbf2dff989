import { QuartetError } from '../../domain/errors.ts';
import type { Tensors } from '../../tensor/backend.ts';
import type { DenseOptimizer } from '../../tensor/optimizers/dense-optimizer.ts';
import type { NamedArrays } from '../encoder.ts';
import { numbersSeen, type ParameterShape, type Weight } from './network.ts';
import { WeightTensors } from './weight-tensors.ts';

/** A copy of a tower's parameters that follows them: v <- m v + (1 - m) w (MoCo, 1911.05722, eq. 2). */
export class MomentumWeights {
  readonly #followed: Float32Array;
  readonly #copy: Float32Array;
  readonly #tensors: WeightTensors;
  readonly weight: Weight;

  constructor(
    tensors: Tensors,
    shapes: readonly ParameterShape[],
    { parameters, parametersOf }: Pick<DenseOptimizer, 'parameters' | 'parametersOf'>,
  ) {
    this.#followed = parameters;
    this.#copy = parameters.slice();
    const numbers = (name: string) => {
      // Where the block lies in the original it lies in the copy.
      const { byteOffset, length } = parametersOf(name);
      const from = (byteOffset - parameters.byteOffset) / 4;
      return this.#copy.subarray(from, from + length);
    };
    this.#tensors = new WeightTensors(tensors, shapes, numbersSeen(shapes, numbers));
    this.weight = (name) => this.#tensors.get(name);
  }

  update(m: number): void {
    const [copy, followed] = [this.#copy, this.#followed];
    for (let i = 0; i < copy.length; i++) copy[i] = m * (copy[i] as number) + (1 - m) * (followed[i] as number);
    this.#tensors.drop();
  }

  state(): NamedArrays {
    return { copy: this.#copy };
  }

  /** @throws QuartetError CORRUPT_ARTIFACT when the copy is of another encoder */
  restore({ copy }: NamedArrays): void {
    if (copy?.length !== this.#copy.length) {
      throw new QuartetError(
        'CORRUPT_ARTIFACT',
        `the momentum copy has ${copy?.length ?? 'no'} numbers, this encoder needs ${this.#copy.length}: it belongs to another encoder`,
      );
    }
    this.#copy.set(copy);
    this.#tensors.drop();
  }

  dispose(): void {
    this.#tensors.drop();
  }
}
