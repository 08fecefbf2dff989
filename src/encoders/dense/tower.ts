import type { OptimizerSpec } from '../../domain/training.ts';
import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { createDenseOptimizer } from '../../tensor/optimizers/dense-optimizer.ts';
import type { MomentumTower, TrainableEncoder } from '../encoder.ts';
import { centreOutputs } from './centre.ts';
import { MomentumWeights } from './momentum-weights.ts';
import { type Network, numbersSeen, type Weight } from './network.ts';
import { UnitRowKernel } from './unit-rows.ts';
import { WeightTensors } from './weight-tensors.ts';

/** Inputs encoded at a time where no gradient is wanted. */
const CHUNK = 256;

export interface DenseTower<Prepared> extends TrainableEncoder<Prepared> {
  /** The present numbers of a parameter as the network sees them, to be read before the next step. */
  numbers(name: string): Float32Array;
}

/**
 * Makes a trainable encoder of a network: embedding = network(input) / |network(input)|. All parameters, their gradients and
 * the optimizer's moments lie flat in the kernels' memory, so that a step of the optimizer is one pass over them.
 * @param initialise fills the parameters
 */
export function createDenseTower<Prepared>(
  network: Network<Prepared>,
  tensors: Tensors,
  optimizerSpec: OptimizerSpec,
  initialise: (numbers: (name: string) => Float32Array) => void,
): DenseTower<Prepared> {
  const { tf } = tensors;
  const { dimensions, parameters } = network;
  const blocks = parameters.map(({ name, shape, decays }) => ({ name, decays, length: shape.reduce((a, b) => a * b) }));
  const optimizer = createDenseOptimizer(optimizerSpec, blocks);
  const unit = new UnitRowKernel(dimensions);
  const numbers = numbersSeen(parameters, (name) => optimizer.parametersOf(name));
  const weights = new WeightTensors(tensors, parameters, numbers);
  const centred = new Map(parameters.filter((p) => p.centred).map(({ name, shape }) => [name, shape.at(-1) as number]));
  const weight: Weight = (name) => weights.get(name);
  initialise((name) => optimizer.parametersOf(name));

  const encode = (batch: readonly Prepared[], using: Weight): Float32Array => {
    const embeddings = new Float32Array(batch.length * dimensions);
    for (let from = 0; from < batch.length; from += CHUNK) {
      const pass = network.forward(batch.slice(from, from + CHUNK), using);
      embeddings.set(unit.forward(pass.output.dataSync<'float32'>()).rows, from * dimensions);
      pass.dispose();
    }
    return embeddings;
  };

  return {
    dimensions,
    numbers,
    forward(batch) {
      const pass = network.forward(batch, weight);
      const shape: [number, number] = [batch.length, dimensions];
      const normalised = unit.forward(pass.output.dataSync<'float32'>());
      const embeddings: Tensor2D = tf.tensor2d(normalised.rows, shape);
      return {
        embeddings,
        backward(gradient) {
          const upstream = unit.backward(normalised, gradient.dataSync<'float32'>());
          tf.tidy(() =>
            pass.backward(tf.tensor2d(upstream, shape), (name, part) => {
              const values = part.dataSync<'float32'>();
              const outputs = centred.get(name);
              if (outputs !== undefined) centreOutputs(values, outputs);
              addTo(optimizer.gradientsOf(name), values);
            }),
          );
        },
        dispose() {
          embeddings.dispose();
          pass.dispose();
        },
      };
    },
    encodePrepared: (batch) => encode(batch, weight),
    gradientNorm: () => optimizer.gradientNorm(),
    applyGradients(learningRate, scale = 1) {
      const norm = optimizer.gradientNorm();
      optimizer.step(learningRate, scale);
      weights.drop();
      return norm;
    },
    momentumCopy(): MomentumTower<Prepared> {
      const copy = new MomentumWeights(tensors, parameters, optimizer);
      return {
        update: (m) => copy.update(m),
        encodePrepared: (batch) => encode(batch, copy.weight),
        state: () => copy.state(),
        restore: (state) => copy.restore(state),
        dispose: () => copy.dispose(),
      };
    },
    state: () => optimizer.state(),
    restore(state) {
      optimizer.restore(state as ReturnType<typeof optimizer.state>);
      weights.drop();
    },
    dispose: () => weights.drop(),
  };
}

function addTo(sum: Float32Array, part: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number);
}
