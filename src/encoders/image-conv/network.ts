import type { Tensor, Tensor1D, Tensor2D, Tensor4D, Tensors } from '../../tensor/backend.ts';
import { convOps } from '../../tensor/conv-ops.ts';
import { denseOps } from '../../tensor/dense-ops.ts';
import type { Network, Weight } from '../dense/network.ts';
import { type PreparedImage, readerOf } from './prepare.ts';
import { type Block, type ConvShape, convBlocks, convParameters, hasShortcut } from './shape.ts';

/** What a block keeps for its backward pass. */
interface BlockPass {
  readonly block: Block;
  /** elu of the block's input */
  readonly active: Tensor4D;
  /** elu of the first convolution */
  readonly inner: Tensor4D;
}

type Add = (name: string, gradient: Tensor) => void;
type Shape4D = [number, number, number, number];

/**
 * A small residual network: a stem of 3 x 3, three blocks x + conv(elu(conv(elu(x)))) (He et al. 2016, 1603.05027, figure 1b, without batch
 * normalisation), the mean over all pixels, a linear projection. No statistic joins the images of a batch, so nothing leaks from an
 * image's positive to it, and the keys of a momentum encoder need no shuffling.
 */
export function createConvNet(shape: ConvShape, tensors: Tensors): Network<PreparedImage> {
  const { tf } = tensors;
  const { height, width, channels, dimensions } = shape;
  const [conv, dense] = [convOps(tensors), denseOps(tensors)];
  const read = readerOf(shape);
  const blocks = convBlocks(shape);
  const parameters = convParameters(shape);
  const sizes = new Map(parameters.map(({ name, shape: size }) => [name, size as Shape4D]));

  const biased = (x: Tensor4D, name: string, stride: number, weight: Weight) =>
    dense.addBias(conv.convolve(x, weight(name), stride), weight<Tensor1D>(`${name}.bias`));

  const forwardBlock = (block: Block, x: Tensor4D, weight: Weight): [BlockPass, Tensor4D] => {
    const { name, stride } = block;
    const active = dense.elu(x);
    const inner = dense.elu(biased(active, `${name}.first`, stride, weight));
    const skip = hasShortcut(block) ? conv.convolve(active, weight(`${name}.shortcut`), stride) : x;
    return [{ block, active, inner }, dense.add(biased(inner, `${name}.second`, 1, weight), skip)];
  };

  /** @returns dL/dx from dL/dy */
  const backwardBlock = (
    { block, active, inner }: BlockPass,
    gradient: Tensor4D,
    weight: Weight,
    add: Add,
  ): Tensor4D => {
    const { name, stride } = block;
    const [first, second, shortcut] = [`${name}.first`, `${name}.second`, `${name}.shortcut`];
    const filter = (of: string, x: Tensor4D, onOutput: Tensor4D, by: number) =>
      add(of, conv.filterGradient(x, sizes.get(of) as Shape4D, onOutput, by));
    filter(second, inner, gradient, 1);
    add(`${second}.bias`, dense.biasGradient(gradient));
    const onInner = dense.eluGradient(conv.inputGradient(inner.shape, weight(second), gradient, 1), inner);
    filter(first, active, onInner, stride);
    add(`${first}.bias`, dense.biasGradient(onInner));
    const onActive = conv.inputGradient(active.shape, weight(first), onInner, stride);
    if (!hasShortcut(block)) return dense.add(dense.eluGradient(onActive, active), gradient);
    filter(shortcut, active, gradient, stride);
    const both = dense.add(onActive, conv.inputGradient(active.shape, weight(shortcut), gradient, stride));
    return dense.eluGradient(both, active);
  };

  return {
    dimensions,
    parameters,
    forward(batch, weight) {
      const kept = tf.tidy(() => {
        const x = tf.tensor4d(read(batch), [batch.length, height, width, channels]);
        const passes: BlockPass[] = [];
        let signal = biased(x, 'stem', 1, weight);
        for (const block of blocks) {
          const [pass, next] = forwardBlock(block, signal, weight);
          passes.push(pass);
          signal = next;
        }
        const last = dense.elu(signal);
        const pooled = tf.mean(last, [1, 2]) as Tensor2D;
        const output = dense.addBias(dense.product(pooled, weight('projection')), weight<Tensor1D>('projection.bias'));
        return { x, actives: passes.map((p) => p.active), inners: passes.map((p) => p.inner), last, pooled, output };
      });
      const { x, actives, inners, last, pooled, output } = kept;
      return {
        output,
        backward(gradient, add) {
          add('projection', dense.product(pooled, gradient, { transposeA: true }));
          add('projection.bias', dense.biasGradient(gradient));
          const [count, rows, columns, filters] = last.shape;
          const onPooled = dense.product(gradient, weight('projection'), { transposeB: true });
          const spread = tf.tile(tf.reshape(tf.div(onPooled, rows * columns), [count, 1, 1, filters]), [
            1,
            rows,
            columns,
            1,
          ]);
          let onSignal = dense.eluGradient(spread as Tensor4D, last);
          for (let b = blocks.length - 1; b >= 0; b--) {
            const pass = { block: blocks[b] as Block, active: actives[b] as Tensor4D, inner: inners[b] as Tensor4D };
            const on = onSignal;
            // Each block's own tensors go before the next is begun: they are as large as its pictures.
            onSignal = tf.tidy(() => backwardBlock(pass, on, weight, add));
            on.dispose();
          }
          add('stem', conv.filterGradient(x, sizes.get('stem') as Shape4D, onSignal, 1));
          add('stem.bias', dense.biasGradient(onSignal));
        },
        dispose: () => tf.dispose(kept),
      };
    },
  };
}
