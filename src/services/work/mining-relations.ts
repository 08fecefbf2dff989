import { RELATION } from '../../mining/select.ts';
import type { MiningTask } from './mining-task.ts';

const { none: NONE, marked: MARKED, 'equal-text': EQUAL_TEXT, 'equal-label': EQUAL_LABEL } = RELATION;
/** What is known of an item whoever asks, a bit each, and above them its relation to the query that is looked at. */
const PAIRED = 1;
const HAS_TWIN = 2;
const LABELLED = 4;
const RELATION_SHIFT = 3;

export interface AskedQuery {
  readonly queryRow: number;
  readonly positives: Int32Array;
  /** The one of them that scores best. */
  readonly best: number;
}

/** How the candidates of a query are known, by position: numbers in `RELATIONS`, and whether some query is trained towards them. */
export interface Known {
  readonly relations: Uint8Array;
  readonly paired: Uint8Array;
}

/**
 * Says how candidates are known to a query. All that there is to know of an item lies in one byte, so that a candidate costs one look into
 * memory; what a query marks it takes off again, so that none pays for the size of the corpus.
 * @returns for some item rows what is known of them, in arrays that the next call writes over
 */
export function relationsBetween(task: MiningTask): (query: AskedQuery, rows: ArrayLike<number>) => Known {
  const { textClasses, labels, equalsOf, selfOf, markedOf } = task;
  const facts = task.paired.map(
    (paired, row) =>
      (paired === 1 ? PAIRED : 0) |
      ((textClasses[row] as number) >= 0 ? HAS_TWIN : 0) |
      ((labels[row] as number) >= 0 ? LABELLED : 0),
  );
  const put = (row: number, relation: number) => {
    const known = facts[row] as number;
    // The first relation that holds stays.
    if (known >> RELATION_SHIFT === NONE) facts[row] = known | (relation << RELATION_SHIFT);
  };
  const takeOff = (row: number) => {
    facts[row] = (facts[row] as number) & ((1 << RELATION_SHIFT) - 1);
  };
  const [classes, ofLabels] = [new Set<number>(), new Set<number>()];
  let [relations, paired] = [new Uint8Array(0), new Uint8Array(0)];

  return ({ queryRow, positives, best }, rows) => {
    const self = selfOf(queryRow);
    const marked = markedOf(queryRow);
    const equals = equalsOf(queryRow);
    const equalRow = equals !== null && 'row' in equals ? equals.row : -1;
    if (self >= 0) put(self, RELATION.self);
    put(best, RELATION['best-positive']);
    for (const row of positives) {
      put(row, RELATION['other-positive']);
      if ((textClasses[row] as number) >= 0) classes.add(textClasses[row] as number);
      if ((labels[row] as number) >= 0) ofLabels.add(labels[row] as number);
    }
    if (equalRow >= 0) put(equalRow, EQUAL_TEXT);
    else if (equals !== null && 'textClass' in equals) classes.add(equals.textClass);
    for (const row of marked) put(row, MARKED);

    if (relations.length !== rows.length) {
      [relations, paired] = [new Uint8Array(rows.length), new Uint8Array(rows.length)];
    }
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const known = facts[row] as number;
      let relation = known >> RELATION_SHIFT;
      if ((known & HAS_TWIN) !== 0 && (relation === NONE || relation === MARKED)) {
        if (classes.has(textClasses[row] as number)) relation = EQUAL_TEXT;
      }
      if ((known & LABELLED) !== 0 && relation === NONE && ofLabels.has(labels[row] as number)) relation = EQUAL_LABEL;
      relations[i] = relation;
      paired[i] = known & PAIRED;
    }

    for (const row of positives) takeOff(row);
    for (const row of marked) takeOff(row);
    if (self >= 0) takeOff(self);
    if (equalRow >= 0) takeOff(equalRow);
    classes.clear();
    ofLabels.clear();
    return { relations, paired };
  };
}
