import { eachValue } from './attribute-values.ts';
import { type AttributeTest, type Filter, type ItemAttributes, isWithin } from './filter.ts';
import { matches } from './matches.ts';
import { Postings } from './postings.ts';
import { RowSet } from './row-set.ts';

/** Answers kept: the same few filters come again and again. At a million rows 125 KB each. */
const REMEMBERED = 32;

/** One attribute: where it is there at all, where as a value of its own, where within a list. */
interface Column {
  readonly present: number[];
  readonly single: Postings;
  readonly elements: Postings;
}

/**
 * Label and metadata of the rows of one index version by column, to turn a filter into the set of rows that pass. Rows are
 * first added, all of them; what changes afterwards is replaced row by row, and looked at one by one. Rows that were never added, or were
 * taken away, pass no filter, not even `not`: their item is gone.
 */
export class AttributeIndex {
  readonly #columns = new Map<string, Column>();
  readonly #known: RowSet;
  readonly #replaced = new Map<number, ItemAttributes>();
  readonly #answers = new Map<string, RowSet>();
  #entries = 0;
  #values = 0;

  /** @param rows N of the index */
  constructor(rows: number) {
    this.#known = new RowSet(rows);
  }

  get rows(): number {
    return this.#known.rows;
  }

  /** Rows that have an item. */
  get known(): RowSet {
    return this.#known;
  }

  /** Rows replaced since: each costs a filter some microseconds, so past some thousands a new index is the better one. */
  get replaced(): number {
    return this.#replaced.size;
  }

  /** Bytes in memory, about, without the texts of long values. */
  get bytes(): number {
    return this.#entries * 8 + this.#values * 64 + (this.#answers.size + 1) * this.#known.words.byteLength;
  }

  /** Adds a row, once, before the first `select`. */
  add(row: number, item: ItemAttributes): void {
    if (this.#known.has(row)) throw new RangeError(`row ${row} was added before`);
    this.#known.add(row);
    eachValue(item, (attribute, value, element) => {
      const column = this.#column(attribute);
      if (column.present.at(-1) !== row) column.present.push(row);
      this.#entries++;
      if (value === undefined) return;
      const postings = element ? column.elements : column.single;
      const before = postings.values;
      postings.add(value, row);
      this.#values += postings.values - before;
    });
  }

  /** Gives a row other attributes, or takes it away (null). */
  replace(row: number, item: ItemAttributes | null): void {
    this.#answers.clear();
    if (item === null) {
      this.#known.remove(row);
      this.#replaced.delete(row);
    } else {
      this.#known.add(row);
      this.#replaced.set(row, item);
    }
  }

  /** @returns the rows that pass, not to be changed */
  select(filter: Filter): RowSet {
    const key = JSON.stringify(filter);
    const remembered = this.#answers.get(key);
    if (remembered !== undefined) {
      this.#answers.delete(key);
      this.#answers.set(key, remembered);
      return remembered;
    }
    const selected = this.#evaluate(filter).and(this.#known);
    for (const [row, item] of this.#replaced) {
      if (matches(filter, item)) selected.add(row);
      else selected.remove(row);
    }
    this.#answers.set(key, selected);
    if (this.#answers.size > REMEMBERED) this.#answers.delete(this.#answers.keys().next().value as string);
    return selected;
  }

  #evaluate(filter: Filter): RowSet {
    if ('and' in filter) {
      return filter.and.reduce((rows, part) => rows.and(this.#evaluate(part)), RowSet.all(this.rows));
    }
    if ('or' in filter) {
      return filter.or.reduce((rows, part) => rows.or(this.#evaluate(part)), new RowSet(this.rows));
    }
    if ('not' in filter) return this.#evaluate(filter.not).complement();
    const column = this.#columns.get(filter.attribute);
    return column === undefined ? new RowSet(this.rows) : this.#testColumn(column, filter.test);
  }

  #testColumn({ present, single, elements }: Column, test: AttributeTest): RowSet {
    const found = new RowSet(this.rows);
    switch (test.kind) {
      case 'exists':
        for (const row of present) found.add(row);
        break;
      case 'in':
        for (const value of test.values) {
          single.collect(value, found);
          elements.collect(value, found);
        }
        break;
      case 'range':
        for (const postings of [single, elements]) {
          postings.collectWhere((value) => isWithin(value, test.range), found);
        }
        break;
      case 'contains': {
        const part = test.value;
        elements.collect(part, found);
        if (typeof part === 'string') {
          single.collectWhere((value) => typeof value === 'string' && value.includes(part), found);
        }
        break;
      }
      default:
        test satisfies never;
    }
    return found;
  }

  #column(attribute: string): Column {
    let column = this.#columns.get(attribute);
    if (column === undefined) {
      column = { present: [], single: new Postings(), elements: new Postings() };
      this.#columns.set(attribute, column);
    }
    return column;
  }
}
