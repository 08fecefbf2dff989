import type { Snapshot } from '../../data/snapshot.ts';
import { SPLIT_CODES } from '../../data/snapshot.ts';
import { groupJudgements, type Judgements } from '../../evaluation/judgements.ts';
import type { Labels } from '../../evaluation/retrieval.ts';
import { createRandom } from '../../platform/random.ts';
import type { PairSource, Pairs } from '../../training/batches.ts';

/** Queries validated on at most: the standard error of nDCG is then below 0.007. */
const VALIDATION_QUERIES = 5_000;
/** Items ranked at most while training; all positives are always among them. */
export const VALIDATION_ITEMS = 50_000;

export interface TrainingData {
  /** By relevance: each TRAIN query with each item of a grade above zero. */
  readonly pairs: PairSource;
  /** What the query rows of pairs are rows of. */
  readonly querySide: QuerySide;
  /** Whether all items of a pair's label are positives of it, and not those of `positivesOf`. */
  readonly labelsArePositives: boolean;
  /** Item rows of a grade above zero, of any query. */
  positivesOf(queryRow: number): Int32Array;
  /** Item rows judged irrelevant, with grade zero, to a query. */
  negativesOf(queryRow: number): Int32Array;
  /** Snapshot rows of what quality is measured on while training; null without a query to measure. */
  readonly validation: ValidationData | null;
}

export type QuerySide = 'queries' | 'items';

export interface ValidationData {
  /** What `queryRows` are rows of: a training on items may be validated on queries. */
  readonly querySide: QuerySide;
  readonly queryRows: Int32Array;
  readonly itemRows: Int32Array;
  /** Of `queryRows` by position, items by position in `itemRows`. */
  readonly judgements: Judgements | Labels;
}

/** A division by judgements. */
export interface JudgedData extends TrainingData {
  readonly pairs: Pairs;
  readonly validation: (ValidationData & { readonly judgements: Judgements }) | null;
}

/**
 * Divides a snapshot into pairs to train on and a validation set. Validated are the VALIDATION queries, or, where there are
 * none, a sample of the TRAIN queries, which are then not trained on. Both this sample and that of the corpus, when it is
 * larger than 50,000 items, are drawn by the seed and depend on nothing else.
 * @param fraction share of TRAIN queries held out when there is no VALIDATION query; 0 holds out none
 */
export function divideForTraining(snapshot: Snapshot, fraction: number, seed: number): JudgedData {
  const { splits } = snapshot.queries;
  const positives = judgedByQuery(snapshot, (grade) => grade > 0);
  const negatives = judgedByQuery(snapshot, (grade) => grade === 0);
  const withPositives = (split: number) =>
    indicesWhere(
      splits.length,
      (row) => splits[row] === split && (positives.offsets[row + 1] as number) > (positives.offsets[row] as number),
    );
  const trainable = withPositives(SPLIT_CODES.TRAIN);
  const given = withPositives(SPLIT_CODES.VALIDATION);
  const heldOut =
    given.length > 0 ? new Int32Array(0) : sample(trainable, Math.round(fraction * trainable.length), seed);
  const validated = given.length > 0 ? sample(given, given.length, seed) : heldOut;
  const held = new Set(heldOut);
  const rows: number[] = [];
  const items: number[] = [];
  for (const query of trainable) {
    if (held.has(query)) continue;
    for (const item of rowsOf(positives, query)) {
      rows.push(query);
      items.push(item);
    }
  }
  return {
    pairs: { queryRows: Int32Array.from(rows), itemRows: Int32Array.from(items) },
    querySide: 'queries',
    labelsArePositives: false,
    positivesOf: (query) => rowsOf(positives, query),
    negativesOf: (query) => rowsOf(negatives, query),
    validation: validated.length === 0 ? null : validationOn(validated, positives, snapshot.items.count, seed),
  };
}

function judgedByQuery({ queries, relevance }: Snapshot, wanted: (grade: number) => boolean): Judgements {
  const { queryRows, itemRows, grades } = relevance;
  const judged = indicesWhere(grades.length, (i) => wanted(grades[i] as number));
  const pick = (column: ArrayLike<number>) => judged.map((i) => column[i] as number);
  return groupJudgements(queries.count, pick(queryRows), pick(itemRows), pick(grades));
}

function rowsOf({ offsets, itemRows }: Judgements, query: number): Int32Array {
  return itemRows.subarray(offsets[query], offsets[query + 1]);
}

function validationOn(
  queryRows: Int32Array,
  positives: Judgements,
  items: number,
  seed: number,
): NonNullable<JudgedData['validation']> {
  const itemRows = corpus(queryRows, positives, items, seed);
  const position = new Map(Array.from(itemRows, (row, at) => [row, at]));
  const judged: [number, number, number][] = [];
  for (const [at, query] of queryRows.entries()) {
    for (let i = positives.offsets[query] as number; i < (positives.offsets[query + 1] as number); i++) {
      judged.push([at, position.get(positives.itemRows[i] as number) as number, positives.grades[i] as number]);
    }
  }
  const column = (n: 0 | 1 | 2) => judged.map((row) => row[n]);
  const judgements = groupJudgements(queryRows.length, column(0), column(1), column(2));
  return { querySide: 'queries', queryRows, itemRows, judgements };
}

/** All items, or the positives of the queries and as many others, drawn at random, as make the bound. Ascending. */
function corpus(queryRows: Int32Array, positives: Judgements, items: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: items }, (_, row) => row);
  if (items <= VALIDATION_ITEMS) return all;
  const chosen = new Set<number>();
  for (const query of queryRows) for (const item of rowsOf(positives, query)) chosen.add(item);
  for (const row of createRandom(seed).shuffle(all)) {
    if (chosen.size >= VALIDATION_ITEMS) break;
    chosen.add(row);
  }
  return Int32Array.from(chosen).sort();
}

/** @returns at most VALIDATION_QUERIES of the rows, ascending */
export function sample(rows: Int32Array, wanted: number, seed: number): Int32Array {
  const size = Math.min(wanted, VALIDATION_QUERIES);
  return createRandom(seed).shuffle(rows.slice()).subarray(0, size).sort();
}

function indicesWhere(length: number, holds: (index: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < length; i++) if (holds(i)) found.push(i);
  return Int32Array.from(found);
}
