import type { Snapshot } from '../../data/snapshot.ts';
import { createRandom } from '../../platform/random.ts';
import type { Pairs } from '../../training/batches.ts';
import {
  divideForTraining,
  sample,
  type TrainingData,
  VALIDATION_ITEMS,
  type ValidationData,
} from './training-data.ts';

/*
 * Training on items alone, where both sides of a pair are items: two of one label, or one item twice, of which two views are made.
 * Rows of queries are item rows then. An item is neither positive nor negative of itself.
 */

interface Division {
  readonly validationFraction: number;
  readonly seed: number;
}

/**
 * Pairs by label. In each epoch the items of a label stand in a ring in another random order, and each is paired with the next: so
 * every item is once a query and once a key, never its own, and every batch holds pairs of equal labels. A label that only one item
 * has makes no pair. Held out for validation is a sample of the labelled items, which is held against all others.
 *
 * Where sides are shown as views, an item that will mostly find others of its label in its batch anyway is paired with itself instead
 * (2004.11362, section 3.1): a positive that is like it from the start, beside those that have to be learned to be.
 * @param views null where sides are shown as they are
 */
export function divideByLabel(
  snapshot: Snapshot,
  { validationFraction, seed }: Division,
  views: { readonly batchSize: number } | null = null,
): TrainingData {
  const { labels } = snapshot.items;
  const validation = heldOutItems(snapshot, validationFraction, seed);
  const held = new Set(validation?.queryRows);
  const byLabel = Map.groupBy(labels.keys(), (row) => (held.has(row) ? -1 : (labels[row] as number)));
  const groups = [...byLabel].filter(([label, rows]) => label >= 0 && rows.length > 1).map(([, rows]) => rows);
  const trained = groups.reduce((sum, rows) => sum + rows.length, 0);
  const isInCompany = (alike: number) => views !== null && ((alike - 1) * views.batchSize) / trained >= 1;
  const pairs = (epoch: number): Pairs => {
    const random = createRandom((BigInt(epoch + 1) << 32n) | BigInt(seed));
    const shuffled = groups.map((rows) => random.shuffle(rows.slice()));
    const keysOf = (rows: readonly number[]) =>
      isInCompany(rows.length) ? rows : [...rows.slice(1), rows[0] as number];
    return { queryRows: Int32Array.from(shuffled.flat()), itemRows: Int32Array.from(shuffled.flatMap(keysOf)) };
  };
  return { ...ofItems, pairs, labelsArePositives: true, validation };
}

/**
 * Each item with itself. Validated on judged queries like a training by relevance, where there are any; else, where items have
 * labels, on a sample of these, which is then not trained on.
 */
export function divideForViews(snapshot: Snapshot, { validationFraction, seed }: Division): TrainingData {
  const judged = divideForTraining(snapshot, validationFraction, seed).validation;
  const validation = judged ?? heldOutItems(snapshot, validationFraction, seed);
  const held = new Set(judged === null ? validation?.queryRows : []);
  const rows = Int32Array.from({ length: snapshot.items.count }, (_, row) => row).filter((row) => !held.has(row));
  return { ...ofItems, pairs: { queryRows: rows, itemRows: rows }, labelsArePositives: false, validation };
}

const ofItems = {
  querySide: 'items',
  positivesOf: (row: number) => Int32Array.of(row),
  negativesOf: () => new Int32Array(0),
} as const;

/** Labelled items as queries against all others, or as many as make the bound. @returns null without any */
export function heldOutItems({ items }: Snapshot, fraction: number, seed: number): ValidationData | null {
  const { labels } = items;
  const all = Int32Array.from({ length: items.count }, (_, row) => row);
  const labelled = all.filter((row) => (labels[row] as number) >= 0);
  const queryRows = sample(labelled, Math.round(fraction * labelled.length), seed);
  if (queryRows.length === 0) return null;
  const held = new Set(queryRows);
  const others = all.filter((row) => !held.has(row));
  const itemRows = createRandom(seed).shuffle(others).subarray(0, VALIDATION_ITEMS).sort();
  const labelsOf = (rows: Int32Array) => rows.map((row) => labels[row] as number);
  const judgements = { queryLabels: labelsOf(queryRows), itemLabels: labelsOf(itemRows) };
  return { querySide: 'items', queryRows, itemRows, judgements };
}
