import type { Tensor1D, Tensor2D, Tensors } from '../../tensor/backend.ts';
import { type DenseOps, denseOps } from '../../tensor/dense-ops.ts';
import type { Network } from '../dense/network.ts';
import { layerNorm } from './layer-norm.ts';
import { hasProjection, type MlpShape, mlpParameters } from './shape.ts';

/**
 * A residual layer on stored vectors: z = P x + elu(LN(x) W + b) V + c, where P is the identity if z is as wide as x. Five matrix products
 * forward and back (seven with P), all others are one pass over a batch.
 * @param ops the tests' way to the plain twin
 */
export function createMlp(shape: MlpShape, tensors: Tensors, ops: DenseOps = denseOps(tensors)): Network<Float32Array> {
  const { tf } = tensors;
  const { inputs, dimensions } = shape;
  const projected = hasProjection(shape);
  const room = new RowRoom(inputs);
  return {
    dimensions,
    parameters: mlpParameters(shape),
    forward(batch, weight) {
      const [raw, normal] = [room.take(batch.length), room.take(batch.length)];
      batch.forEach((vector, row) => {
        raw.set(vector, row * inputs);
        layerNorm(vector, normal, row * inputs);
      });
      const x = tf.tensor2d(raw, [batch.length, inputs]);
      const n = tf.tensor2d(normal, [batch.length, inputs]);
      const outer = weight<Tensor2D>('outer');
      const [hidden, output] = tf.tidy((): [Tensor2D, Tensor2D] => {
        const h = ops.elu(ops.addBias(ops.product(n, weight('inner')), weight<Tensor1D>('innerBias')));
        const skip = projected ? ops.product(x, weight('projection')) : x;
        return [h, ops.addBias(ops.add(ops.product(h, outer), skip), weight<Tensor1D>('outerBias'))];
      });
      return {
        output,
        backward(gradient, add) {
          const onHidden = ops.eluGradient(ops.product(gradient, outer, { transposeB: true }), hidden);
          add('outer', ops.product(hidden, gradient, { transposeA: true }));
          add('outerBias', ops.biasGradient(gradient));
          add('inner', ops.product(n, onHidden, { transposeA: true }));
          add('innerBias', ops.biasGradient(onHidden));
          if (projected) add('projection', ops.product(x, gradient, { transposeA: true }));
        },
        dispose() {
          tf.dispose([x, n, hidden, output]);
          room.giveBack(raw, normal);
        },
      };
    },
  };
}

/**
 * Room for batches of rows that goes from pass to pass: fresh memory of some megabytes costs more than what is written into it. A pass has
 * its own until it is disposed, because tensors may look into the array that they were made of.
 */
class RowRoom {
  readonly #width: number;
  #free: Float32Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** @returns shape [count, width], with whatever was there */
  take(count: number): Float32Array {
    const length = count * this.#width;
    const at = this.#free.findIndex((room) => room.length === length);
    return at < 0 ? new Float32Array(length) : (this.#free.splice(at, 1)[0] as Float32Array);
  }

  /** Keeps rows of one size only: those of the latest pass. */
  giveBack(...rows: readonly Float32Array[]): void {
    this.#free = [...this.#free.filter(({ length }) => length === rows[0]?.length), ...rows];
  }
}
