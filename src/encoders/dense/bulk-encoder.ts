import type { Tensors } from '../../tensor/backend.ts';
import type { Network } from './network.ts';
import { UnitRowKernel } from './unit-rows.ts';
import { WeightTensors } from './weight-tensors.ts';

/** Inputs that go through the network at a time. */
const CHUNK = 256;

/**
 * Inference with trained numbers on a tensor backend: for many inputs far faster than by kernels, from which it differs in the last digits.
 * The weights stay on the backend as long as the process lives.
 * @param prepare what the network reads of an input
 */
export function encodeInBulk<Input, Prepared>(
  network: Network<Prepared>,
  numbers: (name: string) => Float32Array,
  tensors: Tensors,
  prepare: (input: Input) => Prepared,
): (inputs: readonly Input[]) => Float32Array {
  const weights = new WeightTensors(tensors, network.parameters, numbers);
  const unit = new UnitRowKernel(network.dimensions);
  return (inputs) => {
    const embeddings = new Float32Array(inputs.length * network.dimensions);
    for (let from = 0; from < inputs.length; from += CHUNK) {
      const pass = network.forward(inputs.slice(from, from + CHUNK).map(prepare), (name) => weights.get(name));
      embeddings.set(unit.forward(pass.output.dataSync<'float32'>()).rows, from * network.dimensions);
      pass.dispose();
    }
    return embeddings;
  };
}
