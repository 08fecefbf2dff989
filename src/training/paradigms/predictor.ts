import type { NamedArrays } from '../../encoders/encoder.ts';
import type { Random } from '../../platform/random.ts';
import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { denseOps, ELU_GAIN } from '../../tensor/dense-ops.ts';
import { matrixProduct } from '../../tensor/matrix-product.ts';
import { createDenseOptimizer } from '../../tensor/optimizers/dense-optimizer.ts';

const ADAM = { name: 'adamw', weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/**
 * A small network between the query tower and the loss that is thrown away after training (MoCo v3, 2104.02057, section 3;
 * BYOL, 2006.07733): y = normalise(z + W2 elu(W1 z + b1) + b2). The paper's has 4,096 hidden units and batch norm and starts
 * at random; this one is residual with W2 = 0 at first, so that it starts as the identity, and needs no batch statistics.
 */
export interface Predictor {
  /** @param inputs shape [B, D], unit rows */
  forward(inputs: Tensor2D): PredictorPass;
  gradientNorm(): number;
  applyGradients(learningRate: number, scale: number): void;
  state(): NamedArrays;
  restore(state: NamedArrays): void;
}

export interface PredictorPass {
  /** shape [B, D], unit rows */
  readonly outputs: Tensor2D;
  /** Adds to the gradients of the weights. @returns dL/dinputs, shape [B, D]; the caller disposes it */
  backward(gradient: Tensor2D): Tensor2D;
  dispose(): void;
}

/** @param width D; there are 2 D hidden units */
export function createPredictor(tensors: Tensors, width: number, random: Random): Predictor {
  const { tf } = tensors;
  const dense = denseOps(tensors);
  const hidden = 2 * width;
  const optimizer = createDenseOptimizer(ADAM, [
    { name: 'w1', length: width * hidden, decays: true },
    { name: 'b1', length: hidden, decays: false },
    { name: 'w2', length: hidden * width, decays: true },
    { name: 'b2', length: width, decays: false },
  ]);
  const spread = Math.sqrt(ELU_GAIN / width);
  const first = optimizer.parametersOf('w1');
  for (let i = 0; i < first.length; i++) first[i] = random.normal() * spread;
  // Views of the optimizer change with its steps: each pass works on a copy.
  const matrix = (name: string, rows: number, columns: number) =>
    tf.tensor2d(optimizer.parametersOf(name).slice(), [rows, columns]);
  const row = (name: string) => tf.tensor1d(optimizer.parametersOf(name).slice());

  return {
    forward(inputs) {
      const [w1, w2, units, inverse, outputs] = tf.tidy(() => {
        const w1 = matrix('w1', width, hidden);
        const w2 = matrix('w2', hidden, width);
        const units = dense.elu(tf.add(matrixProduct(tensors, inputs, w1), row('b1')) as Tensor2D);
        const sum = tf.addN([inputs, tf.add(matrixProduct(tensors, units, w2), row('b2'))]);
        const inverse = tf.rsqrt(tf.sum(tf.square(sum), 1, true));
        return [w1, w2, units, inverse, tf.mul(sum, inverse)];
      }) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D, Tensor2D];
      return {
        outputs,
        backward(gradient) {
          const [dInputs, ...parts] = tf.tidy(() => {
            const along = tf.sum(tf.mul(outputs, gradient), 1, true);
            const dSum = tf.mul(inverse, tf.sub(gradient, tf.mul(outputs, along))) as Tensor2D;
            const dUnits = dense.eluGradient(matrixProduct(tensors, dSum, w2, { transposeB: true }), units);
            return [
              tf.add(dSum, matrixProduct(tensors, dUnits, w1, { transposeB: true })),
              matrixProduct(tensors, inputs, dUnits, { transposeA: true }),
              tf.sum(dUnits, 0),
              matrixProduct(tensors, units, dSum, { transposeA: true }),
              tf.sum(dSum, 0),
            ];
          }) as [Tensor2D, ...Tensor2D[]];
          for (const [i, name] of ['w1', 'b1', 'w2', 'b2'].entries()) {
            const total = optimizer.gradientsOf(name);
            const part = (parts[i] as Tensor2D).dataSync<'float32'>();
            for (let n = 0; n < total.length; n++) total[n] = (total[n] as number) + (part[n] as number);
          }
          tf.dispose(parts);
          return dInputs;
        },
        dispose: () => tf.dispose([w1, w2, units, inverse, outputs]),
      };
    },
    gradientNorm: () => optimizer.gradientNorm(),
    applyGradients: (learningRate, scale) => optimizer.step(learningRate, scale),
    state: () => optimizer.state(),
    restore: (state) => optimizer.restore(state as Parameters<typeof optimizer.restore>[0]),
  };
}
