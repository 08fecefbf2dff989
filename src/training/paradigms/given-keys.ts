import type { MomentumEncoderSpec } from '../../domain/training.ts';
import type { MomentumTower, NamedArrays } from '../../encoders/encoder.ts';
import type { KeyBlock } from '../losses/streamed-info-nce.ts';
import { drawHardNegatives } from './hard-negatives.ts';
import { relationsOf } from './pair-relations.ts';
import type { Batch, ParadigmContext } from './paradigm.ts';
import { paradigmRandom } from './paradigm-random.ts';

/** Hard negatives of a batch as keys of one step. */
export interface GivenKeys<Prepared> {
  /** Draws and encodes them. @returns one block for the batch's queries, or none; it belongs to the present `tf.tidy` */
  blocks(batch: Batch<Prepared>, encoder: MomentumTower<Prepared>): KeyBlock[];
  state(): NamedArrays;
  restore(state: NamedArrays): void;
}

/**
 * Draws from the negatives given for a batch's queries, evenly among these, at most a share of the batch's size. A query is held against
 * all of them, as in DPR (2004.04906, section 3.2), but for those that are positives of it.
 */
export function givenKeys<Prepared>(
  spec: Pick<MomentumEncoderSpec, 'hardFraction' | 'maskEqualLabel'>,
  context: ParadigmContext<Prepared>,
): GivenKeys<Prepared> {
  const { tensors, items, keyTower, seed } = context;
  const random = paradigmRandom(seed);
  return {
    blocks(batch, encoder) {
      const most = Math.round(spec.hardFraction * batch.queryRows.length);
      // One of each query is enough for a share of at most 1; then chance says which queries' stay.
      const drawn = drawHardNegatives(Math.min(1, most), batch, (row) => context.negativesOf(row), random);
      const itemRows = drawn.length <= most ? drawn : random.shuffle(drawn).subarray(0, most);
      if (itemRows.length === 0) return [];
      const encoded = encoder.encodePrepared(Array.from(itemRows, batch.item ?? items.prepared));
      const keys = tensors.tf.tensor2d(encoded, [itemRows.length, keyTower.dimensions]);
      // For a query a column is its item; what query it was given for plays no part.
      return [{ keys, ...relationsOf('query', batch, context, spec)({ queryRows: NONE, itemRows }) }];
    },
    state: () => (spec.hardFraction === 0 ? {} : { random: random.state() }),
    restore({ random: words }) {
      if (words !== undefined) random.restore(words as Uint32Array);
    },
  };
}

const NONE = new Int32Array(0);
