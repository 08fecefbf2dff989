import type { Batch, ParadigmContext } from './paradigm.ts';
import { relatedColumns, rowsByMark } from './related-columns.ts';

/** Pairs whose keys the batch is compared with: the batch itself, or pairs of earlier steps. */
export interface Columns {
  readonly queryRows: Int32Array;
  readonly itemRows: Int32Array;
}

/** Positions i * C + j of a batch's rows and some columns. */
export interface Relations {
  /** Neither negatives nor positives. */
  readonly hidden: Int32Array;
  /** Positives beside the row's own; none of them hidden. */
  readonly positives: Int32Array;
}

/**
 * Takes out the pairs of a row with its own column: row i and column j where the block's rows and columns are counted from
 * somewhere within the batch.
 */
export function withoutOwn(
  { hidden, positives }: Relations,
  { columns, firstRow = 0, firstColumn = 0 }: { columns: number; firstRow?: number; firstColumn?: number },
): Relations {
  const isOther = (at: number) => Math.floor(at / columns) + firstRow !== (at % columns) + firstColumn;
  return { hidden: hidden.filter(isOther), positives: positives.filter(isOther) };
}

/** Which side of the batch looks for keys: its queries, for items, or its items, for queries. */
export type Side = 'query' | 'key';

/**
 * Finds the columns that are no negatives of a batch's rows. Hidden are known positives of a query, by item id, and with
 * `maskEqualLabel` the keys whose item has the label of the row's item. Where positives go by label (supervised contrastive,
 * 2004.11362) these are positives instead, unless they are hidden by id.
 * @returns what looks at columns; made once a batch, so that many blocks cost a look-up a column each
 */
export function relationsOf(
  side: Side,
  { queryRows, keyRows }: Pick<Batch, 'queryRows' | 'keyRows'>,
  { positivesOf, items, labelsArePositives = false }: ParadigmContext,
  { maskEqualLabel }: { readonly maskEqualLabel: boolean },
): (columns: Columns) => Relations {
  const { labels } = items;
  const byLabel = labels !== undefined && (maskEqualLabel || labelsArePositives);
  /** Items that a pair's query must not be held against. */
  const itemsOf = (queryRow: number, itemRow: number) =>
    labelsArePositives ? positivesOf(queryRow) : [itemRow, ...positivesOf(queryRow)];
  const labelOf = (itemRow: number) => {
    const label = labels?.[itemRow] ?? -1;
    return label < 0 ? [] : [label];
  };
  const rows = keyRows.length;
  const byItem = rowsByMark(rows, (i) =>
    side === 'key' ? [keyRows[i] as number] : new Set(itemsOf(queryRows[i] as number, keyRows[i] as number)),
  );
  const withLabel = byLabel ? rowsByMark(rows, (i) => labelOf(keyRows[i] as number)) : NO_ROWS;

  return (columns) => {
    const count = columns.itemRows.length;
    const hidden = relatedColumns(byItem, count, (j) =>
      side === 'query'
        ? [columns.itemRows[j] as number]
        : new Set(itemsOf(columns.queryRows[j] as number, columns.itemRows[j] as number)),
    );
    if (!byLabel) return { hidden, positives: NONE };
    const alike = relatedColumns(withLabel, count, (j) => labelOf(columns.itemRows[j] as number));
    const already = new Set(hidden);
    const more = alike.filter((at) => !already.has(at));
    if (labelsArePositives) return { hidden, positives: more };
    return { hidden: Int32Array.from([...hidden, ...more]), positives: NONE };
  };
}

const NONE = new Int32Array(0);
const NO_ROWS: ReadonlyMap<number, readonly number[]> = new Map();
