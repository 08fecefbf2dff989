import type { Random } from '../../platform/random.ts';
import { ELU_GAIN } from '../../tensor/dense-ops.ts';
import { type ConvShape, convParameters } from './shape.ts';

/**
 * First weights: normal with variance `ELU_GAIN` / inputs, 1 / inputs where no elu comes before; the second
 * convolution of each block and all biases zero (Fixup: Zhang et al. 2019, 1901.09321, section 3), so that a block starts as its skip and
 * signals keep their size without any batch normalisation.
 */
export function initialiseConv(shape: ConvShape, numbers: (name: string) => Float32Array, random: Random): void {
  for (const { name, shape: size } of convParameters(shape)) {
    const values = numbers(name);
    if (name.endsWith('.second') || name.endsWith('.bias')) {
      values.fill(0);
      continue;
    }
    const inputs = size.slice(0, -1).reduce((product, n) => product * n, 1);
    const deviation = Math.sqrt((name === 'stem' ? 1 : ELU_GAIN) / inputs);
    for (let i = 0; i < values.length; i++) values[i] = random.normal() * deviation;
  }
}
