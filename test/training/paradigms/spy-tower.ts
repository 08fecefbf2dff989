import type { TrainableEncoder } from '../../../src/encoders/encoder.ts';
import type { Tensors } from '../../../src/tensor/backend.ts';

/** An encoder that looks embeddings up and writes down what it was asked. What is prepared is the row to look up. */
export interface SpyTower extends TrainableEncoder<number> {
  /** Unit rows, to be changed at will. */
  readonly rows: number[][];
  /** Rows of each forward pass with the gradients they got, none where none came back. */
  readonly passes: { readonly batch: readonly number[]; gradient: number[][] | null }[];
  /** Rows of each momentum copy that was made. */
  readonly copies: number[][][];
}

export function spyTower({ tf }: Tensors, rows: number[][]): SpyTower {
  const passes: SpyTower['passes'] = [];
  const copies: SpyTower['copies'] = [];
  const width = rows[0]!.length;
  const never = () => {
    throw new Error('a paradigm does not do that');
  };
  return {
    rows,
    passes,
    copies,
    dimensions: width,
    forward(batch) {
      const pass: SpyTower['passes'][number] = { batch: [...batch], gradient: null };
      passes.push(pass);
      const embeddings = tf.tensor2d(batch.map((row) => rows[row]!));
      return {
        embeddings,
        backward: (gradient) => {
          pass.gradient = gradient.arraySync();
        },
        dispose: () => embeddings.dispose(),
      };
    },
    encodePrepared: (batch) => Float32Array.from(batch.flatMap((row) => rows[row]!)),
    gradientNorm: never,
    applyGradients: never,
    momentumCopy() {
      const copy = rows.map((row) => [...row]);
      copies.push(copy);
      return {
        update(m) {
          for (const [r, row] of copy.entries()) copy[r] = row.map((v, d) => m * v + (1 - m) * rows[r]![d]!);
        },
        encodePrepared: (batch) => Float32Array.from(batch.flatMap((row) => unit(copy[row]!))),
        state: () => ({ copy: Float32Array.from(copy.flat()) }),
        restore: never,
        dispose: () => undefined,
      };
    },
    state: never,
    restore: never,
    dispose: never,
  };
}

export function unit(row: readonly number[]): number[] {
  const norm = Math.hypot(...row);
  return row.map((x) => x / norm);
}
