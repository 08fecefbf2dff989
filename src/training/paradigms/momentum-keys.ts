import type { MomentumEncoderSpec } from '../../domain/training.ts';
import type { NamedArrays } from '../../encoders/encoder.ts';
import type { Tensor2D } from '../../tensor/backend.ts';
import type { KeyBlock } from '../losses/streamed-info-nce.ts';
import { KeyQueue } from './key-queue.ts';
import { relationsOf, type Side, withoutOwn } from './pair-relations.ts';
import type { Batch, ParadigmContext } from './paradigm.ts';

/** Columns of the batch that are held against it at a time. */
const BLOCK_COLUMNS = 1_024;

/** The keys beside its own positive that a row is compared with. */
export interface KeySource {
  /** @param keys of the batch, shape [B, D]. @returns what is the source's, or belongs to the present `tf.tidy` */
  blocks(batch: Batch, keys: Tensor2D): KeyBlock[];
  /** After the loss. */
  after(batch: Batch, keys: Float32Array): void;
  /** Keys of earlier steps. */
  size(): number;
  state(): NamedArrays;
  restore(state: NamedArrays): void;
  dispose(): void;
}

/**
 * Keys of earlier steps. More of them than there are items would only be older copies, so a queue is no longer than that.
 * @param side which side looks for them
 */
export function queuedKeys(spec: MomentumEncoderSpec, context: ParadigmContext, side: Side): KeySource {
  const { tensors, items, queryTower } = context;
  const queue = new KeyQueue(tensors, Math.min(spec.queueSize, items.count), queryTower.dimensions);
  return {
    blocks(batch) {
      const relations = relationsOf(side, batch, context, spec);
      return queue.blocks().map((block) => ({ keys: block.keys, ...relations(block) }));
    },
    after: ({ queryRows, keyRows }, keys) => queue.enqueue({ keys, queryRows, itemRows: keyRows }),
    size: () => queue.size,
    state: () => queue.state(),
    restore: (state) => queue.restore(state),
    dispose: () => queue.dispose(),
  };
}

/** The other keys of the batch. */
export function inBatchKeys(spec: MomentumEncoderSpec, context: ParadigmContext, side: Side): KeySource {
  const { tf } = context.tensors;
  return {
    blocks(batch, keys) {
      const relations = relationsOf(side, batch, context, spec);
      const starts = Array.from({ length: Math.ceil(keys.shape[0] / BLOCK_COLUMNS) }, (_, b) => b * BLOCK_COLUMNS);
      return starts.map((from) => {
        const to = Math.min(keys.shape[0], from + BLOCK_COLUMNS);
        const columns = { queryRows: batch.queryRows.subarray(from, to), itemRows: batch.keyRows.subarray(from, to) };
        const { hidden, positives } = withoutOwn(relations(columns), { columns: to - from, firstColumn: from });
        // The loss counts a row's own positive apart from the blocks.
        const own = Array.from({ length: to - from }, (_, j) => (from + j) * (to - from) + j);
        return {
          keys: tf.slice2d(keys, [from, 0], [to - from, -1]),
          hidden: Int32Array.from([...hidden, ...own]),
          positives,
        };
      });
    },
    after() {},
    size: () => 0,
    state: () => ({}),
    restore() {},
    dispose() {},
  };
}
