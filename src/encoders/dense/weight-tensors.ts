import type { Tensor, Tensors } from '../../tensor/backend.ts';
import type { ParameterShape } from './network.ts';

/** A network's weights as tensors, made when first asked for and again after every change. */
export class WeightTensors {
  readonly #tensors: Tensors;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  readonly #numbers: (name: string) => Float32Array;
  readonly #made = new Map<string, Tensor>();

  /** @param numbers the parameter's present numbers: a view will do */
  constructor(tensors: Tensors, parameters: readonly ParameterShape[], numbers: (name: string) => Float32Array) {
    this.#tensors = tensors;
    this.#shapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
    this.#numbers = numbers;
  }

  get<T extends Tensor>(name: string): T {
    let tensor = this.#made.get(name);
    if (tensor === undefined) {
      const { tf } = this.#tensors;
      const shape = this.#shapes.get(name);
      if (shape === undefined) throw new RangeError(`the network has no parameter ${name}`);
      // Kept, because a tidy around a pass must not take it away.
      tensor = tf.keep(tf.tensor(this.#numbers(name), [...shape], 'float32'));
      this.#made.set(name, tensor);
    }
    return tensor as T;
  }

  /** The numbers have changed, or nobody needs them any more. */
  drop(): void {
    for (const tensor of this.#made.values()) tensor.dispose();
    this.#made.clear();
  }
}
