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
  relu<T extends Tensor>(x: T): T;
  /** dL/dx where y = relu(x). */
  reluGradient<T extends Tensor>(gradient: T, y: T): T;
  /** Sums over all but the last axis: dL/dbias from dL/dy. Shape [O]. */
  biasGradient(gradient: Tensor): Tensor1D;
}

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
    relu: (x) => run('Relu', FLOAT, x),
    reluGradient: (gradient, y) => run('ReluGrad', FLOAT, gradient, y),
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
    relu: (x) => tf.relu(x),
    reluGradient: (gradient, y) => tf.mul(gradient, tf.step(y)),
    biasGradient: (gradient) => tf.sum(gradient, gradient.shape.map((_, axis) => axis).slice(0, -1)),
  };
}
