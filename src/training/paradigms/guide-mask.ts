import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { matrixProduct } from '../../tensor/matrix-product.ts';
import type { Guide } from './guide.ts';
import type { Relations, Side } from './pair-relations.ts';

/** Looks at one batch. */
export interface GuideMask {
  /** Adds what the guide hides among rows [from, to). */
  extend(side: Side, from: number, to: number, relations: Relations): Relations;
  dispose(): void;
}

/**
 * Hides likely false negatives, as in GISTEmbed (2402.16829, section 3): a column that the guide finds more alike to the row than
 * the row's own positive, by its cosines and a margin,
 *
 *   hidden: cos(row, column) > cos(row, own) - margin
 *
 * What is positive or hidden already stays so.
 * @param itemRows of the keys, shape [C]; key i is query i's
 */
export function guideMask(
  tensors: Tensors,
  guide: Guide,
  margin: number,
  { queryRows, itemRows }: { readonly queryRows: Int32Array; readonly itemRows: Int32Array },
): GuideMask {
  const { tf } = tensors;
  const queries = tf.tensor2d(guide.queries(queryRows), [queryRows.length, guide.dimensions]);
  const keys = tf.tensor2d(guide.items(itemRows), [itemRows.length, guide.dimensions]);
  const own = tf.slice2d(keys, [0, 0], [queryRows.length, -1]);
  return {
    extend(side, from, to, { hidden, positives }) {
      const [rows, columns] = side === 'query' ? [queries, keys] : [own, queries];
      const cosines = tf.tidy(() => {
        const block = tf.slice2d(rows, [from, 0], [to - from, -1]) as Tensor2D;
        return matrixProduct(tensors, block, columns, { transposeB: true }).dataSync<'float32'>();
      });
      const width = columns.shape[0];
      const settled = new Set([...hidden, ...positives]);
      const more: number[] = [];
      for (let i = 0; i < to - from; i++) {
        const bound = cosines[i * width + from + i]! - margin;
        for (let j = 0; j < width; j++) {
          const at = i * width + j;
          if (j !== from + i && cosines[at]! > bound && !settled.has(at)) more.push(at);
        }
      }
      return { hidden: Int32Array.from([...hidden, ...more]), positives };
    },
    dispose: () => tf.dispose([queries, keys, own]),
  };
}
