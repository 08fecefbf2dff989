import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot } from '../../data/snapshot.ts';
import type { TrainableModel } from '../../encoders/index.ts';
import { pairsOfEpoch } from '../../training/batches.ts';
import type { LoadedContents } from './contents.ts';
import type { QuerySide, TrainingData } from './training-data.ts';

/** Rows prepared between two looks at the abort signal. */
const PREPARED_AT_ONCE = 256;

export interface Prepared {
  readonly queries: readonly unknown[];
  readonly items: unknown[];
}

interface Preparing {
  readonly data: TrainingData;
  readonly model: TrainableModel;
  readonly signal: AbortSignal;
}

/** By row; rows that nothing looks at stay empty. */
export async function prepareContents(
  { items, queries }: Snapshot,
  contents: LoadedContents,
  { data, model, signal }: Preparing,
): Promise<Prepared> {
  const prepareRows = async (count: number, wanted: readonly (Int32Array | undefined)[], side: QuerySide) => {
    const needed = new Uint8Array(count);
    for (const rows of wanted) for (const row of rows ?? []) needed[row] = 1;
    const prepared = new Array<unknown>(count);
    for (let row = 0; row < count; row++) {
      if (needed[row] === 1) prepared[row] = model.prepare(contents.content(side, row));
      if (row % PREPARED_AT_ONCE === 0) {
        await nextTurn();
        signal.throwIfAborted();
      }
    }
    return prepared;
  };
  const { validation } = data;
  const pairs = pairsOfEpoch(data.pairs, 0);
  const onSide = (side: QuerySide) => [
    data.querySide === side ? pairs.queryRows : undefined,
    validation?.querySide === side ? validation.queryRows : undefined,
  ];
  const itemRows = [pairs.itemRows, validation?.itemRows, ...onSide('items')];
  return {
    items: await prepareRows(items.count, itemRows, 'items'),
    queries: await prepareRows(queries.count, onSide('queries'), 'queries'),
  };
}
