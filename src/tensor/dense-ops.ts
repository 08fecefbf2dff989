import type { RawOp, Tensor, Tensor1D, Tensor2D, Tensors } from './backend.ts';
import { matrixProduct } from './matrix-product.ts';

/*
 * The few large ops that hand-written backward passes are made of: on native TensorFlow one op each, elsewhere plain ops of
 * tfjs. Tests hold the two together. Letters: B rows, I and O widths. Results belong to the present `tf.tidy`.
 */
export interface DenseOps {
  /** op(a) op(b), where op transposes or does not. */
  product(a: Tensor2D, b: Tensor2D, transpose?: { transposeA?: boolean; transposeB?: boolean }): Tensor2D;
  /** x + bias, added to every row; shapes [..., O] and [O]. */
  addBias<T extends Tensor>(x: T, bias: Tensor1D): T;
  add<T extends Tensor>(a: T, b: T): T;
  /**
   * x where it is positive, e^x - 1 elsewhere: Clevert et al. 2016 (1511.07289), eq. 15 with alpha = 1. Its slope is continuous. That of a
   * rectifier jumps at 0, where two backends whose sums differ in the last bit take different gradients and then part for good.
   */
  elu<T extends Tensor>(x: T): T;
  /** dL/dx where y = elu(x). */
  eluGradient<T extends Tensor>(gradient: T, y: T): T;
  /** Sums over all but the last axis: dL/dbias from dL/dy. Shape [O]. */
  biasGradient(gradient: Tensor): Tensor1D;
}

/**
 * 1 / E elu(z)^2 for a standard normal z, where a rectifier has 2: weights of variance ELU_GAIN / inputs keep the size of a signal (He et
 * al. 2015, 1502.01852, eq. 10).
 */
export const ELU_GAIN = 1.55;

export function denseOps(tensors: Tensors): DenseOps {
  return tensors.raw === undefined ? plainDenseOps(tensors) : nativeDenseOps(tensors, tensors.raw);
}

const FLOAT = { T: { type: 'float32' } } as const;
const ROWS = { ...FLOAT, data_format: 'NHWC' } as const;

function nativeDenseOps(tensors: Tensors, raw: RawOp): DenseOps {
  const run = <T extends Tensor>(op: string, attributes: Parameters<RawOp>[1], ...inputs: Tensor[]) =>
    raw(op, attributes, inputs)[0] as T;
  return {
    product: (a, b, transpose) => matrixProduct(tensors, a, b, transpose),
    addBias: (x, bias) => run('BiasAdd', ROWS, x, bias),
    add: (a, b) => run('AddV2', FLOAT, a, b),
    elu: (x) => run('Elu', FLOAT, x),
    eluGradient: (gradient, y) => run('EluGrad', FLOAT, gradient, y),
    biasGradient: (gradient) => run('BiasAddGrad', ROWS, gradient),
  };
}

/** The twin in plain ops. */
export function plainDenseOps({ tf, ...tensors }: Tensors): DenseOps {
  const { raw: _, ...plain } = { tf, ...tensors };
  return {
    product: (a, b, transpose) => matrixProduct(plain, a, b, transpose),
    addBias: (x, bias) => tf.add(x, bias),
    add: (a, b) => tf.add(a, b),
    elu: (x) => tf.elu(x),
    eluGradient: (gradient, y) => tf.mul(gradient, tf.add(tf.minimum(y, 0), 1)),
    biasGradient: (gradient) => tf.sum(gradient, gradient.shape.map((_, axis) => axis).slice(0, -1)),
  };
}
