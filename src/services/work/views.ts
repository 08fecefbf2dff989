import { QuartetError } from '../../domain/errors.ts';
import type { TrainingConfig } from '../../domain/training.ts';
import type { TrainableModel } from '../../encoders/index.ts';
import { createRandom } from '../../platform/random.ts';
import type { BatchTask } from '../../training/batches.ts';

/** The sides of a pair: 0 of the query, 1 of the item. */
export type ViewSide = 0 | 1;

/** Makes the views of a batch's rows in other threads. */
export interface ViewThreads {
  /** @returns a view of each row, in their order, equal to what `viewsOf` makes itself */
  draw(rows: Int32Array, side: ViewSide, batch: number, seed: number): Promise<readonly unknown[]>;
}

/**
 * Whether both sides of a pair are shown as views of what they are. By augmentation they are nothing else; by label images are too, as in
 * supervised contrastive learning (2004.11362, section 3.1), or a network learns the few images of a class by heart.
 */
export function trainsOnViews({ positives, encoder }: Shown): boolean {
  return positives === 'augmentation' || (positives === 'label' && encoder?.kind === 'image-conv');
}

interface Shown extends Pick<TrainingConfig, 'positives'> {
  readonly encoder?: Pick<TrainingConfig['encoder'], 'kind'>;
}

type Views = Required<Pick<BatchTask<unknown>, 'query' | 'item'>> & Pick<BatchTask<unknown>, 'prepareBatch'>;

/**
 * Two views of each item, drawn anew in every batch. A view is a function of seed, batch, side and row alone: whoever makes it, and when, a
 * resumed run sees the same.
 */
export function viewsOf(
  item: (row: number) => unknown,
  { view }: Pick<TrainableModel, 'view'>,
  { seed }: Pick<TrainingConfig, 'seed'>,
  threads: ViewThreads | null = null,
): Views {
  if (view === undefined) {
    const message = 'this encoder makes no views of an item; choose positives by relevance or label';
    throw new QuartetError('BAD_INPUT', message, { field: ['config', 'positives'] });
  }
  /** By batch, for each side by row. */
  const ready = new Map<number, readonly [Map<number, unknown>, Map<number, unknown>]>();
  const drawn = (side: ViewSide) => (row: number, batch: number) =>
    ready.get(batch)?.[side].get(row) ?? view(item(row), createRandom(viewSeed(row, side, batch, seed)));
  const views = { query: drawn(0), item: drawn(1) };
  if (threads === null) return views;
  return {
    ...views,
    async prepareBatch(batch, { queryRows, keyRows }) {
      const [queries, items] = await Promise.all([
        threads.draw(queryRows, 0, batch, seed),
        threads.draw(keyRows, 1, batch, seed),
      ]);
      // Only this batch and the next are ever wanted.
      for (const old of ready.keys()) if (old < batch - 1) ready.delete(old);
      const byRow = (rows: Int32Array, made: readonly unknown[]) =>
        new Map(Array.from(rows, (row, i) => [row, made[i]] as const));
      ready.set(batch, [byRow(queryRows, queries), byRow(keyRows, items)]);
    },
  };
}

/** Seed of the random stream that a view is drawn by. */
export function viewSeed(row: number, side: ViewSide, batch: number, seed: number): bigint {
  // Odd multipliers spread batch and row over the 64 bits that a seed has.
  return BigInt(2 * batch + side) * 0x9e37_79b9_7f4a_7c15n + BigInt(row) * 0xd134_2543_de82_ef95n + BigInt(seed);
}
