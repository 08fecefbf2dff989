import type { NamedAttrMap, NamedTensorMap } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D, Tensors } from './backend.ts';
import { matrixProduct } from './matrix-product.ts';

type Shape4D = readonly [number, number, number, number];

/**
 * Convolutions without bias and what backward passes need of them. Images are [B, H, W, C], filters [k, k, C in, C out], padding is TensorFlow's
 * SAME: ceil(H / stride) rows come out, and of an odd number of padded rows the last one goes below. Results belong to the
 * present `tf.tidy`.
 */
export interface ConvOps {
  convolve(x: Tensor4D, filter: Tensor4D, stride: number): Tensor4D;
  /** dL/dx. @param shape of x */
  inputGradient(shape: Shape4D, filter: Tensor4D, gradient: Tensor4D, stride: number): Tensor4D;
  /** dL/dfilter. @param shape of the filter */
  filterGradient(x: Tensor4D, shape: Shape4D, gradient: Tensor4D, stride: number): Tensor4D;
}

/**
 * The filter's gradient is a matrix product for each place of the filter where the backend has no kernel for it (wasm), and for filters
 * of 1 x 1, where that is one product: native TensorFlow's kernel (2.21, oneDNN) writes beyond its memory there for a stride of 2 and 8
 * channels, which ends the process.
 */
export function convOps(tensors: Tensors): ConvOps {
  const { tf } = tensors;
  return {
    convolve: (x, filter, stride) => tf.conv2d(x, filter, stride, 'same'),
    // A transposed convolution is, by definition, the gradient of a convolution with respect to its input.
    inputGradient: (shape, filter, gradient, stride) =>
      tf.conv2dTranspose(gradient, filter, [...shape] as [number, number, number, number], stride, 'same'),
    filterGradient: (x, shape, gradient, stride) =>
      tensors.name === 'wasm' || (shape[0] === 1 && shape[1] === 1)
        ? filterGradientByProducts(tensors, x, shape, gradient, stride)
        : (tf
            .engine()
            .runKernel(
              'Conv2DBackpropFilter',
              { x, dy: gradient } as unknown as NamedTensorMap,
              { strides: stride, pad: 'same', dataFormat: 'NHWC', filterShape: [...shape] } as unknown as NamedAttrMap,
            ) as Tensor4D),
  };
}

/** The twin in plain ops: dL/dfilter[i, j] = (x shifted by i, j and thinned by the stride)^T dL/dy, over all pixels of the batch. */
export function filterGradientByProducts(
  tensors: Tensors,
  x: Tensor4D,
  shape: Shape4D,
  gradient: Tensor4D,
  stride: number,
): Tensor4D {
  const { tf } = tensors;
  const [, height, width, channels] = x.shape;
  const [batch, rows, columns, filters] = gradient.shape;
  return tf.tidy(() => {
    const around = (size: number, out: number, filter: number): [number, number] => {
      const total = Math.max((out - 1) * stride + filter - size, 0);
      return [Math.floor(total / 2), Math.ceil(total / 2) + stride - 1];
    };
    const padded = tf.pad4d(x, [[0, 0], around(height, rows, shape[0]), around(width, columns, shape[1]), [0, 0]]);
    const flat = tf.reshape(gradient, [batch * rows * columns, filters]) as Tensor2D;
    const products: Tensor2D[] = [];
    for (let i = 0; i < shape[0]; i++) {
      for (let j = 0; j < shape[1]; j++) {
        const end = [batch, i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1, channels];
        const seen =
          stride === 1
            ? tf.slice4d(padded, [0, i, j, 0], [batch, rows, columns, channels])
            : tf.stridedSlice(padded, [0, i, j, 0], end, [1, stride, stride, 1]);
        const pixels = tf.reshape(seen, [batch * rows * columns, channels]) as Tensor2D;
        products.push(matrixProduct(tensors, pixels, flat, { transposeA: true }));
      }
    }
    return tf.reshape(tf.stack(products), [...shape] as [number, number, number, number]);
  });
}
