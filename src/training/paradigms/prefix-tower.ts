import type { TrainableEncoder } from '../../encoders/encoder.ts';
import type { Tensor2D, Tensors } from '../../tensor/backend.ts';

/** Below this squared length a prefix counts as zero and stays so. */
const TINY = 1e-24;

export interface Prefix {
  /** Leading dimensions kept. */
  readonly width: number;
  /** Multiplies the gradient that goes back. */
  readonly weight: number;
}

/**
 * A tower seen through the leading dimensions of its embeddings, made unit length again: y = x / |x| for x the first `width` numbers, so
 * dL/dx = (dL/dy - y (y . dL/dy)) / |x|, and zero for the numbers cut off. Weights and everything about them stay the tower's.
 */
export function prefixTower<Prepared>(
  { tf }: Tensors,
  tower: TrainableEncoder<Prepared>,
  { width, weight }: Prefix,
): TrainableEncoder<Prepared> {
  const full = tower.dimensions;
  return {
    ...delegated(tower),
    dimensions: width,
    forward(batch) {
      const whole = tower.forward(batch);
      const [unit, inverse] = tf.tidy(() => {
        const cut = tf.slice2d(whole.embeddings, [0, 0], [-1, width]);
        const inverse = tf.rsqrt(tf.maximum(tf.sum(tf.square(cut), 1, true), TINY)) as Tensor2D;
        return [tf.mul(cut, inverse) as Tensor2D, inverse];
      });
      return {
        embeddings: unit,
        backward(gradient) {
          const upstream = tf.tidy(() => {
            const along = tf.sum(tf.mul(gradient, unit), 1, true);
            const cut = tf.mul(tf.mul(tf.sub(gradient, tf.mul(unit, along)), inverse), weight) as Tensor2D;
            const widen: [[number, number], [number, number]] = [
              [0, 0],
              [0, full - width],
            ];
            return width === full ? cut : tf.pad2d(cut, widen);
          });
          whole.backward(upstream);
          upstream.dispose();
        },
        dispose() {
          tf.dispose([unit, inverse]);
          whole.dispose();
        },
      };
    },
    encodePrepared: (batch) => prefixesOf(tower.encodePrepared(batch), full, width),
  };
}

/** The first `width` of each row's numbers, made unit length again. @param rows shape [n, full] */
export function prefixesOf(rows: Float32Array, full: number, width: number): Float32Array {
  if (width === full) return rows;
  const count = rows.length / full;
  const cut = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const prefix = rows.subarray(row * full, row * full + width);
    let squares = 0;
    for (const value of prefix) squares += value * value;
    const inverse = 1 / Math.sqrt(Math.max(squares, TINY));
    for (let d = 0; d < width; d++) cut[row * width + d] = (prefix[d] as number) * inverse;
  }
  return cut;
}

function delegated<Prepared>(tower: TrainableEncoder<Prepared>): TrainableEncoder<Prepared> {
  return {
    dimensions: tower.dimensions,
    forward: (batch) => tower.forward(batch),
    encodePrepared: (batch) => tower.encodePrepared(batch),
    gradientNorm: () => tower.gradientNorm(),
    applyGradients: (learningRate, scale) => tower.applyGradients(learningRate, scale),
    momentumCopy: () => tower.momentumCopy(),
    state: () => tower.state(),
    restore: (state) => tower.restore(state),
    dispose: () => tower.dispose(),
  };
}
