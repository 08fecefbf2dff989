import type { TrainableEncoder } from '../../src/encoders/index.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { createParadigm } from '../../src/training/paradigms/index.ts';
import type { Tensors } from '../../src/training/tensors.ts';

/** A training step as the product's loop does it: paradigm, loss, backward, optimizer; towers share weights. */
export function inBatchStep<Prepared>(
  tower: TrainableEncoder<Prepared>,
  batch: number,
  tensors: Tensors,
  learningRate: number,
) {
  const { paradigm: spec } = resolveTrainingConfig({ paradigm: { name: 'in-batch-negatives', temperature: 0.05 } });
  const rows = Int32Array.from({ length: batch }, (_, row) => row);
  const paradigm = createParadigm<Prepared>(spec, {
    tensors,
    queryTower: tower,
    keyTower: tower,
    positivesOf: (row) => Int32Array.of(row),
    negativesOf: () => new Int32Array(0),
    items: {
      count: batch,
      prepared() {
        throw new Error('in-batch training asks for no other items');
      },
    },
    seed: 1,
  });
  return {
    step(queries: readonly Prepared[], keys: readonly Prepared[]): void {
      paradigm.step({ queries, keys, queryRows: rows, keyRows: rows, progress: 0 });
      tower.applyGradients(learningRate);
    },
    dispose(): void {
      paradigm.dispose();
      tower.dispose();
    },
  };
}
