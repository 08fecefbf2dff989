import type { ImagePixels } from '../content.ts';
import { denseLayersOf } from '../dense/layers.ts';
import { UnitRowKernel } from '../dense/unit-rows.ts';
import type { Encoder } from '../encoder.ts';
import { type Picture, patchesOf } from './patches.ts';
import { checkImage, readerOf } from './prepare.ts';
import { type Block, type ConvShape, convBlocks, convParameters, hasShortcut, lastFilters } from './shape.ts';

/**
 * The inference half of `image-conv`, by the project's own kernels: no tensor library, so that the server needs none. An image of 32 x 32
 * takes some tens of milliseconds, ten times what native TensorFlow takes in a batch: bulk encoding of many images is slow.
 */
export function createImageEncoder(shape: ConvShape, numbers: (name: string) => Float32Array): Encoder<ImagePixels> {
  const { height, width, channels, dimensions } = shape;
  const layers = denseLayersOf(convParameters(shape), numbers);
  const unit = new UnitRowKernel(dimensions);
  const read = readerOf(shape);

  const convolve = (x: Picture, name: string, size: number, stride: number, outputs: number): Picture => {
    const patches = patchesOf(x, size, stride);
    return { ...patches, channels: outputs, values: layers.product(patches.values, name) };
  };
  const biased = (x: Picture, name: string, stride: number, outputs: number): Picture => {
    const y = convolve(x, name, 3, stride, outputs);
    addEach(y.values, numbers(`${name}.bias`));
    return y;
  };
  const runBlock = (x: Picture, block: Block): Picture => {
    const { name, to, stride } = block;
    const active = elu(x);
    const inner = elu(biased(active, `${name}.first`, stride, to));
    const skip = hasShortcut(block) ? convolve(active, `${name}.shortcut`, 1, stride, to) : x;
    const y = biased(inner, `${name}.second`, 1, to);
    addEach(y.values, skip.values);
    return y;
  };
  const embed = (image: ImagePixels): Float32Array => {
    const values = read([checkImage(image, shape)]);
    let signal = biased({ height, width, channels, values }, 'stem', 1, shape.filters);
    for (const block of convBlocks(shape)) signal = runBlock(signal, block);
    const z = layers.product(meanOverPixels(elu(signal), lastFilters(shape)), 'projection');
    addEach(z, numbers('projection.bias'));
    return z;
  };

  return {
    kind: 'image-conv',
    reads: 'image',
    imageShape: { width, height, channels },
    dimensions,
    encode(images) {
      const outputs = new Float32Array(images.length * dimensions);
      images.forEach((image, row) => {
        outputs.set(embed(image), row * dimensions);
      });
      return unit.forward(outputs).rows;
    },
  };
}

/** Adds `values` to `target` over and over, as often as they fit. */
function addEach(target: Float32Array, values: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + (values[i % values.length] as number);
}

function elu(x: Picture): Picture {
  return { ...x, values: x.values.map((value) => (value > 0 ? value : Math.expm1(value))) };
}

function meanOverPixels({ values }: Picture, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) sums[i % channels] = (sums[i % channels] as number) + (values[i] as number);
  return Float32Array.from(sums, (sum) => (sum * channels) / values.length);
}
