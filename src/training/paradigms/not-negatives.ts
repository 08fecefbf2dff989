import type { ParadigmContext } from './paradigm.ts';

/** Item rows that are no negatives of a pair's query; may name one twice. */
export type NotNegatives = (queryRow: number, keyRow: number) => Int32Array;

/**
 * Which items a query must not be held against: its known positives and, where positives go by label, all items with the label
 * of the pair's item. Those are kept out of the draw: of all positives a pair has one, its own.
 */
export function notNegatives({ items, positivesOf, labelsArePositives = false }: ParadigmContext): NotNegatives {
  const { labels } = items;
  if (!labelsArePositives || labels === undefined) return positivesOf;
  const rowsByLabel = Map.groupBy(labels.keys(), (row) => labels[row]!);
  return (queryRow, keyRow) => {
    const label = labels[keyRow]!;
    const known = positivesOf(queryRow);
    return label < 0 ? known : Int32Array.from([...known, ...rowsByLabel.get(label)!]);
  };
}
