import { QuartetError } from '../../domain/errors.ts';
import type { OptimizerSpec } from '../../domain/training.ts';
import { createKernels } from '../kernels/kernels.ts';

/** One named block of parameters. Weight decay is for matrices: a bias or a gain that is pulled to zero only learns it back. */
export interface ParameterBlock {
  readonly name: string;
  readonly length: number;
  readonly decays: boolean;
}

type State = Readonly<Record<string, Float32Array | Int32Array>>;

/**
 * All dense parameters of an encoder in one flat vector, with their gradients and the optimizer's moments, in the memory of a
 * kernel instance: a step is one pass of SIMD over four vectors and no tensor op, the same on every backend to the last bit.
 *
 * The memory never grows after creation, so views stay good; but tfjs copies an array into a tensor only when the tensor is
 * first used, so hand it a `slice()` of a view that will have changed by then.
 */
export interface DenseOptimizer {
  /** All parameters: a view to read and, before the first step, to write. */
  readonly parameters: Float32Array;
  /** dL/dparameters: a view for backward passes to add to. */
  readonly gradients: Float32Array;
  /** Views of one block. */
  parametersOf(block: string): Float32Array;
  gradientsOf(block: string): Float32Array;
  /** L2 norm of the gradients. */
  gradientNorm(): number;
  /**
   * One step down the gradients times `scale`, which are then cleared.
   * @param scale below 1 where the gradient is clipped
   */
  step(learningRate: number, scale?: number): void;
  /** Parameters, moments and the number of steps. Views. */
  state(): State;
  /** @throws QuartetError CORRUPT_ARTIFACT when the state is of other parameters or of another optimizer */
  restore(state: State): void;
}

export function createDenseOptimizer(spec: OptimizerSpec, blocks: readonly ParameterBlock[]): DenseOptimizer {
  const kernels = createKernels();
  const { memory } = kernels;
  let size = 0;
  // The kernels take four numbers at a time; the padding has no gradient and stays 0.
  const placed = blocks.map((block) => {
    const offset = size;
    size += Math.ceil(block.length / 4) * 4;
    return { ...block, offset, padded: size - offset };
  });
  const byName = new Map(placed.map((block) => [block.name, block]));
  const [at, gradientsAt, firstAt] = [0, 1, 2].map(() => memory.allocate(size * 4)) as [number, number, number];
  const secondAt = spec.name === 'adamw' ? memory.allocate(size * 4) : 0;
  const parameters = memory.float32(at, size);
  const gradients = memory.float32(gradientsAt, size);
  const first = memory.float32(firstAt, size);
  const steps = Int32Array.of(0);
  const own: State =
    spec.name === 'adamw'
      ? { parameters, first, second: memory.float32(secondAt, size), steps }
      : { parameters, velocity: first, steps };

  const view = (whole: Float32Array, name: string) => {
    const block = byName.get(name);
    if (block === undefined) throw new RangeError(`there is no parameter block ${name}`);
    return whole.subarray(block.offset, block.offset + block.length);
  };

  return {
    parameters,
    gradients,
    parametersOf: (name) => view(parameters, name),
    gradientsOf: (name) => view(gradients, name),
    gradientNorm: () => Math.sqrt(kernels.sumOfSquares(gradientsAt, size)),
    step(learningRate, scale = 1) {
      const t = (steps[0] as number) + 1;
      steps[0] = t;
      for (const { offset, padded, decays } of placed) {
        const [p, g, m, v] = [at, gradientsAt, firstAt, secondAt].map((start) => start + offset * 4) as Four;
        const decay = decays ? learningRate * spec.weightDecay : 0;
        if (spec.name === 'sgd') kernels.momentumStep(p, m, g, padded, scale, learningRate, spec.momentum, decay);
        else {
          const { beta1, beta2, epsilon } = spec;
          const [meanFix, varianceFix] = [1 / (1 - beta1 ** t), 1 / (1 - beta2 ** t)];
          const rates = [scale, learningRate, beta1, beta2, epsilon, meanFix, varianceFix, decay] as const;
          kernels.adamStep(p, m, v, g, padded, ...rates);
        }
      }
      gradients.fill(0);
    },
    state: () => own,
    restore(state) {
      for (const [name, target] of Object.entries(own)) {
        const source = state[name];
        if (source?.length !== target.length) {
          throw new QuartetError(
            'CORRUPT_ARTIFACT',
            `the state of the optimizer ${spec.name} has ${source?.length ?? 'no'} numbers in ${name}, this encoder needs ${target.length}: it belongs to another encoder or optimizer`,
          );
        }
        target.set(source);
      }
      gradients.fill(0);
    },
  };
}

type Four = [number, number, number, number];
