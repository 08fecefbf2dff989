import type { OptimizerSpec, TextStaticSpec } from '../../domain/training.ts';
import type { Random } from '../../platform/random.ts';
import type { Tensors } from '../../tensor/backend.ts';
import type { TrainableEncoder } from '../encoder.ts';
import { type PreparedText, rowsOf, TextFeatures } from './features.ts';
import { GradientBags } from './gradient-bags.ts';
import { MomentumTable } from './momentum-table.ts';
import { restoreArrays } from './restore-arrays.ts';
import { ADAM } from './spec.ts';
import { StaticTable } from './static-table.ts';
import { createTableOptimizer } from './table-optimizer.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface TrainableTextStatic extends TrainableEncoder<PreparedText> {
  readonly kind: 'text-static';
  readonly vocabulary: Vocabulary;
  prepare(text: string): PreparedText;
  /** The table, shape [V, D]: a view, to be read before the next step. */
  vectors(): Float32Array;
}

/**
 * A text encoder to be trained: embedding = normalise(sum over the text's tokens of weight * vector). Vectors start uniform in
 * [-sqrt(3/D), sqrt(3/D)], so of length 1 or so and nearly at right angles: untrained it is a noisy word-overlap score with
 * inverse document frequencies. A linear projection after pooling would add nothing that the table can't learn; none is there.
 * Only embeddings and their gradients are tensors; table and optimizer rows live in the kernels' memory.
 * @throws QuartetError BAD_INPUT when the table does not fit into 4 GiB with its moments
 */
export function createTextStatic(
  spec: TextStaticSpec,
  vocabulary: Vocabulary,
  random: Random,
  tensors: Tensors,
  optimizerSpec: OptimizerSpec = ADAM,
): TrainableTextStatic {
  const { tf } = tensors;
  const { dimensions } = spec;
  const features = new TextFeatures(vocabulary);
  const table = new StaticTable(rowsOf(vocabulary), dimensions);
  const optimizer = createTableOptimizer(optimizerSpec, table);
  const gradients = new GradientBags(table);
  /** Those that follow the table: they must see a row before it changes. */
  const copies = new Set<MomentumTable>();
  initialise(table, random);

  return {
    kind: 'text-static',
    dimensions,
    vocabulary,
    prepare: (text) => features.prepare(text),
    vectors: () => table.vectors(),
    forward(batch) {
      const pooled = table.pool(batch);
      const embeddings = tf.tensor2d(pooled.embeddings, [batch.length, dimensions]);
      return {
        embeddings,
        backward: (gradient) => gradients.add(batch, pooled, gradient.dataSync<'float32'>()),
        dispose: () => embeddings.dispose(),
      };
    },
    encodePrepared: (batch) => table.encode(batch),
    gradientNorm: () => Math.sqrt(optimizer.squaredNorm(gradients.touched())),
    applyGradients(learningRate, scale = 1) {
      if (scale !== 1) gradients.scale(scale);
      const touched = gradients.touched();
      for (const copy of copies) copy.catchUp(touched);
      const squares = optimizer.step(touched, learningRate);
      gradients.clear();
      return Math.sqrt(squares) / scale;
    },
    momentumCopy() {
      const copy = new MomentumTable(table);
      copies.add(copy);
      return {
        update: (m) => copy.update(m),
        encodePrepared: (batch) => copy.encode(batch),
        state: () => copy.state(),
        restore: (state) => restoreArrays('the momentum copy of a text-static encoder', copy.state(), state),
        dispose: () => copies.delete(copy),
      };
    },
    state: () => ({ table: table.vectors(), ...optimizer.state() }),
    restore: (state) => restoreArrays('a text-static encoder', { table: table.vectors(), ...optimizer.state() }, state),
    dispose() {},
  };
}

function initialise(table: StaticTable, random: Random): void {
  const vectors = table.vectors();
  const scale = 2 * Math.sqrt(3 / table.width);
  for (let i = 0; i < vectors.length; i++) vectors[i] = (random.uint32() / 2 ** 32 - 0.5) * scale;
}
