import type { OptimizerSpec } from '../../src/domain/training.ts';
import type { Forward, MomentumTower, NamedArrays, TrainableEncoder } from '../../src/encoders/encoder.ts';
import type { Random } from '../../src/platform/random.ts';
import type { Tensor2D, Tensors } from '../../src/tensor/backend.ts';
import { createDenseOptimizer, type DenseOptimizer } from '../../src/tensor/optimizers/dense-optimizer.ts';

const ADAM: OptimizerSpec = { name: 'adamw', weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** The smallest encoder that is one: the mean of a table's rows, normalised; a dense optimizer over the whole table. */
export class TableEncoder implements TrainableEncoder<Int32Array> {
  readonly dimensions: number;
  readonly table: Float32Array;
  readonly #tensors: Tensors;
  readonly #optimizer: DenseOptimizer;

  constructor(tensors: Tensors, random: Random, rows: number, dimensions: number, optimizer: OptimizerSpec = ADAM) {
    this.#tensors = tensors;
    this.dimensions = dimensions;
    this.#optimizer = createDenseOptimizer(optimizer, [{ name: 'table', length: rows * dimensions, decays: true }]);
    this.table = this.#optimizer.parametersOf('table');
    this.table.set(this.table.map(() => random.normal()));
  }

  forward(batch: readonly Int32Array[]): Forward {
    const D = this.dimensions;
    const { unit, norms } = this.#embed(batch, this.table);
    const embeddings = this.#tensors.tf.tensor2d(unit, [batch.length, D]);
    return {
      embeddings,
      backward: (gradient: Tensor2D) => {
        const { gradients } = this.#optimizer;
        const dUnit = gradient.dataSync<'float32'>();
        for (const [i, tokens] of batch.entries()) {
          let along = 0;
          for (let d = 0; d < D; d++) along += (dUnit[i * D + d] as number) * (unit[i * D + d] as number);
          for (let d = 0; d < D; d++) {
            const at = i * D + d;
            const dMean = ((dUnit[at] as number) - along * (unit[at] as number)) / (norms[i] as number) / tokens.length;
            for (const token of tokens) gradients[token * D + d] = (gradients[token * D + d] as number) + dMean;
          }
        }
      },
      dispose: () => embeddings.dispose(),
    };
  }

  encodePrepared(batch: readonly Int32Array[]): Float32Array {
    return this.#embed(batch, this.table).unit;
  }

  momentumCopy(): MomentumTower<Int32Array> & { readonly table: Float32Array } {
    const table = this.table.slice();
    return {
      table,
      update: (m) => table.set(table.map((v, i) => m * v + (1 - m) * (this.table[i] as number))),
      encodePrepared: (batch) => this.#embed(batch, table).unit,
      state: () => ({ table }),
      restore: (state) => table.set(state.table as Float32Array),
      dispose: () => undefined,
    };
  }

  gradientNorm(): number {
    return this.#optimizer.gradientNorm();
  }

  applyGradients(learningRate: number, scale?: number): number {
    const norm = this.gradientNorm();
    this.#optimizer.step(learningRate, scale);
    return norm;
  }

  state(): NamedArrays {
    return this.#optimizer.state();
  }

  restore(state: NamedArrays): void {
    this.#optimizer.restore(state as ReturnType<DenseOptimizer['state']>);
  }

  dispose(): void {}

  #embed(batch: readonly Int32Array[], table: Float32Array): { unit: Float32Array; norms: Float64Array } {
    const D = this.dimensions;
    const unit = new Float32Array(batch.length * D);
    const norms = new Float64Array(batch.length);
    for (const [i, tokens] of batch.entries()) {
      const row = unit.subarray(i * D, (i + 1) * D);
      for (const token of tokens) {
        for (let d = 0; d < D; d++) row[d] = (row[d] as number) + (table[token * D + d] as number) / tokens.length;
      }
      norms[i] = Math.hypot(...row);
      for (let d = 0; d < D; d++) row[d] = (row[d] as number) / (norms[i] as number);
    }
    return { unit, norms };
  }
}
